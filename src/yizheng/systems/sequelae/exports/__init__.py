"""导出: nothing leaves in bulk without a second person, and nothing with a name."""
