"""变更路径: which business items a change of an institution needs, and who decides on them."""
