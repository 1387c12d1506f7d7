"""Whether a document is ours and still holds: asked online, from the signed list, and of our own rows."""
