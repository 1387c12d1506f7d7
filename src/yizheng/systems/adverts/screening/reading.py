"""A text as a reader takes it in, whatever it is disguised as: full width, traditional, invisible and inserted signs.

Two views share one set of places: ``plain`` keeps blanks and signs, which hours and telephone numbers need; ``tight`` holds the
characters alone, so that what is written 根 · 治 or 根*治 is read as one word. What an item has explained is ``taken``.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from yizheng.kernel.names.folding import fold_character, is_han
from yizheng.kernel.signs import INVISIBLE

UNREADABLE = "■"
"""Stands for every character that was lost: ■, █, the replacement character."""
BOUNDARY = "\n"
"""What stands in the left text where something was taken."""
_LOST = frozenset("■█▇▉▓\ufffd")
_TAG = re.compile(r"<(?:[a-z/!][^<>]*)>")
_ENTITY = re.compile(r"&(?:#x?[0-9a-f]{1,6}|[a-z]{2,8});")
_CYRILLIC = dict(zip("аеорсухівнкмтοαρν", "aeopcyxibhkmtoapv", strict=True))
_KEPT = frozenset("%‰")


@lru_cache(maxsize=16384)
def fold(character: str) -> str:
    """One character as it is compared: simplified, half-width, small, without accents; nothing where nobody sees it."""
    if ord(character) in INVISIBLE:
        return ""
    if character in _LOST:
        return UNREADABLE
    folded = fold_character(character)
    return "".join(_CYRILLIC.get(each, each) for each in folded)


def folded(text: str) -> str:
    """The content characters of a text, folded."""
    return "".join(part for character in text for part in fold(character) if is_content(part))


def is_content(character: str) -> bool:
    """Whether a folded character is more than a blank or a sign."""
    return is_han(character) or character.isalnum() or character in _KEPT or character == UNREADABLE


@dataclass(slots=True)
class Reading:
    """One text being read."""

    text: str
    plain: str = ""
    origin: list[int] = field(default_factory=list)
    """The place in the text of each character of ``plain``."""
    tight: str = ""
    at: list[int] = field(default_factory=list)
    """The place in ``plain`` of each character of ``tight``."""
    taken: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        plain: list[str] = []
        for place, character in enumerate(self.text):
            for part in fold(character):
                plain.append(part)
                self.origin.append(place)
        self.plain = _without_markup("".join(plain))
        self.at = [place for place, character in enumerate(self.plain) if is_content(character)]
        self.tight = "".join(self.plain[place] for place in self.at)
        self.taken = bytearray(len(self.plain))

    def open_tight(self) -> str:
        """The tight view with boundaries where something was taken; places stay."""
        return "".join(
            BOUNDARY if self.taken[place] else character for place, character in zip(self.at, self.tight, strict=True)
        )

    def open_plain(self) -> str:
        """The plain view with boundaries where something was taken; places stay."""
        return "".join(
            BOUNDARY if taken else character for character, taken in zip(self.plain, self.taken, strict=True)
        )

    def take_tight(self, first: int, last: int) -> None:
        """Take the characters of the tight view from ``first`` up to ``last``, and the signs between them."""
        self.take_plain(self.at[first], self.at[last - 1] + 1)

    def take_plain(self, first: int, last: int) -> None:
        """Take a stretch of the plain view."""
        self.taken[first:last] = b"\1" * (last - first)

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where a stretch of the tight view stands in the text."""
        return self.origin[self.at[first]], self.origin[self.at[last - 1]] + 1

    def tight_place(self, place: int) -> int:
        """The place in the tight view of the first character at or after a place of the plain one."""
        return bisect_left(self.at, place)

    def edged(self, first: int, last: int) -> bool:
        """Whether a stretch of the tight view is set off on both sides: by a sign, by what was taken, or by an end."""
        return self.edge(first - 1, first) and self.edge(last - 1, last)

    def edge(self, before: int, after: int) -> bool:
        """Whether two neighbours of the tight view are set off from one another."""
        if before < 0 or after >= len(self.at):
            return True
        one, other = self.at[before], self.at[after]
        return other - one > 1 or bool(self.taken[one] or self.taken[other])

    def runs(self) -> Iterator[tuple[int, int]]:
        """The stretches of the tight view that nothing explains."""
        for found in re.finditer(f"[^{BOUNDARY}]+", self.open_tight()):
            yield found.span()


def _without_markup(text: str) -> str:
    """Tags and character references as blanks or their character; every place stays."""
    text = _TAG.sub(lambda found: "\n" * len(found.group()), text)
    return _ENTITY.sub(lambda found: html.unescape(found.group())[:1].lower().ljust(len(found.group())), text)
