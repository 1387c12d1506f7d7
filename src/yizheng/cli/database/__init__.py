"""The database: the embedded PostgreSQL or somebody else's, its roles, and whether it is up to the code."""
