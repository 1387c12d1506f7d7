"""Whether records are of one person, for every register: numbers first, then a score (Fellegi and Sunter), one person one record a file."""
