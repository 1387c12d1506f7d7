"""Management commands of the institutions."""
