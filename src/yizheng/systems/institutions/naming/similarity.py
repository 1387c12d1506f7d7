"""Names like a wanted one among all that are taken: by sound and by order, whatever the characters (细则第四十条).

An index holds the sounds of every name and the pairs of neighbouring sounds; what is rare weighs more. The names that share
most are then compared character by character. The result is advice to a reviewer.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

from yizheng.systems.institutions.linkage.likeness import sound
from yizheng.systems.institutions.linkage.writing import generic_name, name_key

_LOOKED_AT, _COMPARED = 200, 100
"""How far down the shared sounds candidates are taken, and how many of them are compared in full."""
_POSTINGS = 150_000
"""How many places of sounds are looked at, the rarest sounds first."""
_SHARE_OF_SOUND = 0.6


@dataclass(frozen=True, slots=True)
class SimilarName:
    """A name found: its place in the index, and how like it is (1 is the same)."""

    place: int
    name: str
    likeness: float


class NameIndex:
    """The names of many institutions, found by likeness."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: list[str] = []
        postings: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for place, name in enumerate(names):
            self._names.append(name)
            for feature in _features(name):
                postings[feature].append(place)
        self._places = {feature: np.frombuffer(found, dtype=np.int32) for feature, found in postings.items()}

    def nearest(self, name: str, most: int = 10) -> list[SimilarName]:
        """The names most like this one, the most alike first."""
        wanted = _features(name)
        candidates = self._candidates(wanted)
        found = [self._compared(int(place), wanted, name) for place in candidates]
        return sorted(found, key=lambda each: (-each.likeness, each.place))[:most]

    def _candidates(self, wanted: frozenset[str]) -> NDArray[np.int32]:
        """The places that share most of the rarest sounds; the common ones are left to the comparison."""
        known = sorted((each for each in wanted if each in self._places), key=lambda each: len(self._places[each]))
        looked_at: list[NDArray[np.int32]] = []
        shared = np.zeros(len(self._names), dtype=np.float32)
        for feature in known:
            places = self._places[feature]
            if looked_at and sum(map(len, looked_at)) + len(places) > _POSTINGS:
                break
            shared[places] += self._weight(feature)
            looked_at.append(places)
        if not looked_at:
            return np.empty(0, dtype=np.int32)
        places = np.concatenate(looked_at)
        weights = shared[places]
        least = np.partition(weights, -_LOOKED_AT)[-_LOOKED_AT] if len(weights) > _LOOKED_AT else 0
        chosen = np.unique(places[weights >= least])
        return chosen[np.argsort(-shared[chosen], kind="stable")][:_COMPARED]

    def _weight(self, feature: str) -> float:
        held = self._places.get(feature)
        return log((len(self._names) + 1) / (len(held) if held is not None else 1))

    def _compared(self, place: int, wanted: frozenset[str], name: str) -> SimilarName:
        other = self._names[place]
        held = _features(other)
        shared, apart = (sum(map(self._weight, part)) for part in (wanted & held, wanted ^ held))
        by_sound = 2 * shared / (2 * shared + apart) if shared else 0.0
        by_characters = SequenceMatcher(None, name_key(name), name_key(other), autojunk=False).ratio()
        return SimilarName(place, other, _SHARE_OF_SOUND * by_sound + (1 - _SHARE_OF_SOUND) * by_characters)


def _features(name: str) -> frozenset[str]:
    key = name_key(name)
    sounds: Sequence[str] = [*map(sound, key.removesuffix(generic_name(key)) or key)]
    return frozenset((*sounds, *(f"{one} {next_one}" for one, next_one in pairwise(sounds))))
