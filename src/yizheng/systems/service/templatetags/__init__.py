"""What the pages of the service say with few words."""
