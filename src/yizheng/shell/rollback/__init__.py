"""Rollback of a decision in any register: what follows it, its preview and the proposal."""
