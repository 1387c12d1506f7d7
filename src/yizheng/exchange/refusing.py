"""Why something of an exchange cannot be done; the words are for the person who asked."""


class NotPossible(Exception):
    """The package, the partner or its state stands against it."""
