"""Whom the office looks after: entering persons and reading who they are."""
