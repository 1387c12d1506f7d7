"""Management of the room."""
