"""Pages of the service: HTTP only."""
