"""The pages of the system."""
