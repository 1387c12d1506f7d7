"""Accounts, roles, row access, the identifier vault and the audit trail."""
