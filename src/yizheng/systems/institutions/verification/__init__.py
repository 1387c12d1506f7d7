"""校验: how often an institution is verified, and where it stands in the round of its verification."""
