"""抽样: subjects drawn for comparison with their papers, at least thirty and at least one in a hundred of each slice.

The draw follows from the digest of the slice alone, so that anybody can repeat it: the n-th number is the SHA-256 of digest, colon and
n, taken modulo the number of subjects in their order; a subject drawn twice is passed over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from math import ceil

LEAST, SHARE = 30, 100
AGREEMENT = 0.99
"""The share of sampled subjects that must agree for a slice to pass."""


def size(subjects: int) -> int:
    """How many of so many subjects are drawn."""
    return min(subjects, max(LEAST, ceil(subjects / SHARE)))


def drawn(digest: str, subjects: Sequence[int], number: int) -> list[int]:
    """So many of the subjects, which are given in order."""
    chosen: dict[int, None] = {}
    turn = 0
    while len(chosen) < min(number, len(subjects)):
        made = hashlib.sha256(f"{digest}:{turn}".encode()).digest()
        chosen.setdefault(subjects[int.from_bytes(made) % len(subjects)])
        turn += 1
    return list(chosen)
