"""Running: everything started, watched over and stopped together."""
