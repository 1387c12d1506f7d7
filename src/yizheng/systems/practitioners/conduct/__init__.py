"""Penalties, and what else is recorded of how people of a register behave; each register declares its own laws and kinds."""
