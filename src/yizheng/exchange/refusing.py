"""Why something of an exchange cannot be done; the words are for the person who asked."""

from __future__ import annotations


class NotPossible(Exception):
    """The package, the partner or its state stands against it."""
