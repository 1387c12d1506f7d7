"""Views; HTTP only."""
