"""Pages of the register of medical institutions."""
