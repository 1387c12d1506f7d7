"""The business items of doctors, one a file."""
