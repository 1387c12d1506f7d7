"""What the platform finds wrong in what is typed: rules as declarations, the same while typing, at submission and at night."""
