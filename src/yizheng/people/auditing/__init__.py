"""The audit trail witnessed and told in words."""
