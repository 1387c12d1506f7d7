"""The systems of the platform: one folder a system, each with the same rooms."""
