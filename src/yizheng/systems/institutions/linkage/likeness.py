"""How two names that differ are like one another: a short form, or one character mistaken for another in sound or shape.

Which characters look alike stands in ``data/look_alikes.csv``, measured on a printed face and completed by hand.
"""

from __future__ import annotations

import csv
from functools import cache

from yizheng.kernel.names.pinyin import readings, syllables
from yizheng.systems.institutions.categories import DATA

_FLAT = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_NASAL = (("ang", "an"), ("eng", "en"), ("ing", "in"))


def is_short_form(one: str, other: str) -> bool:
    """Whether the characters of the shorter all occur in the longer, in order."""
    shorter, longer = sorted((one, other), key=len)
    rest = iter(longer)
    return bool(shorter) and all(character in rest for character in shorter)


def is_miswritten(one: str, other: str) -> bool:
    """Whether exactly one character differs, and the two are alike in sound or shape."""
    if len(one) != len(other):
        return False
    differing = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(differing) == 1 and (sound_alike(*differing[0]) or look_alike(*differing[0]))


def sound_alike(one: str, other: str) -> bool:
    """Whether two characters can be read alike, tones and the pairs that are commonly confused aside."""
    return not _sounds(one).isdisjoint(_sounds(other))


def look_alike(one: str, other: str) -> bool:
    """Whether two characters are easily taken for one another."""
    return other in _look_alikes().get(one, "") or one in _look_alikes().get(other, "")


@cache
def sound(character: str) -> str:
    """How a character is read most often, without what is commonly confused; a sign that is not read stands for itself."""
    read = syllables(character, person=False)
    return _blurred(read[0]) if read else character


@cache
def _sounds(character: str) -> frozenset[str]:
    return frozenset(map(_blurred, readings(character)))


def _blurred(syllable: str) -> str:
    for exact, flat in _FLAT:
        if syllable.startswith(exact):
            syllable = flat + syllable.removeprefix(exact)
    for exact, flat in _NASAL:
        if syllable.endswith(exact):
            syllable = syllable.removesuffix(exact) + flat
    return syllable


@cache
def _look_alikes() -> dict[str, str]:
    with (DATA / "look_alikes.csv").open(encoding="utf-8", newline="") as file:
        return {row["character"]: row["alike"] for row in csv.DictReader(file)}
