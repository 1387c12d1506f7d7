"""A batch that cannot be dealt with so, in words for the person."""


class Refused(Exception):
    """The verb does not fit the batch, or the person; the message says why and what to do."""
