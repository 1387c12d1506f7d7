"""Rights: grants of roles, what they open, and which rows they show."""
