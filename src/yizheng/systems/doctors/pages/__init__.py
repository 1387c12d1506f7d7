"""Pages of the register of doctors."""
