"""What the business items of doctors have in common, by the sort of item."""
