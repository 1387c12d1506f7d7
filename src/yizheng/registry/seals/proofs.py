"""What a verification proves besides the seals: upper rooms say what of theirs must agree with the register."""

from collections.abc import Callable, Iterator
from itertools import islice

from yizheng.registry.seals.findings import Finding
from yizheng.registry.seals.verification import MOST_FINDINGS

Proof = Callable[[], Iterator[str]]
"""Yields a sentence for everything that is not as it must be."""

_proofs: dict[str, Proof] = {}


def proof(title: str) -> Callable[[Proof], Proof]:
    """Declare a proof under the title by which the report names it."""

    def declared(function: Proof) -> Proof:
        _proofs[title] = function
        return function

    return declared


def proved() -> dict[str, list[Finding]]:
    """Every proof with what it found, at most a thousand findings each."""
    return {
        title: [Finding(f"{title}：{sentence}") for sentence in islice(function(), MOST_FINDINGS)]
        for title, function in _proofs.items()
    }
