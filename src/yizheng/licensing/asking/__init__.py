"""Parts of forms that several items ask."""
