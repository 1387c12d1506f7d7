"""Accounts: opened, registered by their owners, kept by administrators."""
