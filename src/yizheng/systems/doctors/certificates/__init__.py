"""What the certificates of doctors print, their kinds and their numbers."""
