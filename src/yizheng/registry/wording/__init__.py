"""The register in words: what its kinds declare, told to readers and machines."""
