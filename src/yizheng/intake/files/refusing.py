"""A file that cannot be taken in at all, and why, in words a person can act on."""

from __future__ import annotations


class UnreadableFile(ValueError):
    """``code`` names the ground; the message says in Chinese what is wrong and what to do.

    ``headings`` are those that nobody could place, when that is the ground.
    """

    def __init__(self, code: str, message: str, headings: tuple[str, ...] = ()) -> None:
        self.code = code
        self.headings = headings
        super().__init__(message)
