"""Backup, restore and the drill that proves them: base backups, the archived log, and what must lie apart from both."""
