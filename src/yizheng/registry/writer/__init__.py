"""The one writer: versions spliced and written in a handful of statements."""
