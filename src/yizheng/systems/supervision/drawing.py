"""双随机: institutions to be inspected and pairs of inspectors, drawn from a public seed so that anybody can repeat it.

The n-th number of a list is the SHA-256 of seed, colon, name of the list, colon and n, taken modulo the length of what is left of
the list in its published order. Each institution gets two inspectors (行政处罚法 第四十二条); all have a turn before one is drawn again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class CannotDraw(ValueError):
    """There is too little to draw from; the words say what."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One institution with its two inspectors."""

    institution: int
    officers: tuple[int, int]


def draw(seed: str, institutions: Sequence[int], officers: Sequence[int], number: int) -> list[Visit]:
    """So many institutions, each with two different inspectors. Raises CannotDraw."""
    if not seed.strip():
        raise CannotDraw("请填写公开种子，例如当日公布的开奖号码")
    if not 0 < number <= len(institutions):
        raise CannotDraw(f"名录共有 {len(institutions)} 家机构，抽取数须在 1 和它之间")
    if len(officers) < 2:
        raise CannotDraw("至少要有两名监督员才能抽取")
    houses = _drawn(seed, "institutions", institutions, number)
    turns: list[int] = []
    rounds = 0
    while len(turns) < 2 * number:
        turns += _drawn(f"{seed}:{rounds}", "officers", officers, len(officers))
        rounds += 1
    visits = []
    for place, house in enumerate(houses):
        one, other = turns[2 * place], turns[2 * place + 1]
        if one == other:  # the end of one round and the beginning of the next
            other = next(each for each in officers if each != one)
        visits.append(Visit(house, (one, other)))
    return visits


def _drawn(seed: str, name: str, listed: Sequence[T], number: int) -> list[T]:
    left, chosen = list(listed), []
    for turn in range(number):
        made = hashlib.sha256(f"{seed}:{name}:{turn}".encode()).digest()
        chosen.append(left.pop(int.from_bytes(made) % len(left)))
    return chosen
