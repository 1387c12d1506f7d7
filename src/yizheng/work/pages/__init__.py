"""Pages of the room of work: HTTP only."""
