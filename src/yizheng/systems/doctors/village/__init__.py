"""Village doctors (乡村医生): what is read and written in their own register."""
