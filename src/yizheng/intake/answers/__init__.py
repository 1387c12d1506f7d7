"""回执: the user's own file with a column of errors, in its own kind and encoding; what was right stays as it was."""
