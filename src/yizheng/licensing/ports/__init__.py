"""Ports by which a lower room learns from an upper one."""
