"""对照关系: whose a record of a file is. Numbers first, then a score, and what is in between a person decides."""
