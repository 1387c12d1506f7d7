"""Keys and ciphers of the vault."""
