"""The kernel: what is true of codes, numbers, days, names and statutes without any database or web framework."""
