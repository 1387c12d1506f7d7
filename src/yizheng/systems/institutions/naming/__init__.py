"""名称: what the name of an institution may be, and who must approve it."""
