"""Examinations: what is measured, how a cell of a file is read, what cannot be, and how files are taken in."""
