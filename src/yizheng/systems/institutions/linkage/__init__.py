"""比对: whether two records are of one institution."""
