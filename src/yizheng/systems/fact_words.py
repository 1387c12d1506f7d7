"""登记事实的用语: how a page that shows the facts of several systems says them, each in its own system's words.

A system declares the words for its own facts; a fact of a system that declared none is told by its kind and plain values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from yizheng.people.models import Account
from yizheng.registry.models import Fact


class FactWords(Protocol):
    """What a system says of its facts."""

    def title(self, fact: Fact) -> str:
        """Whose line a version stands on, and which."""

    def value(self, fact: Fact, field: str) -> str:
        """The value of a field as a person reads it; empty when there is none."""


Reader = Callable[[Account, Sequence[Fact]], FactWords]
"""The words for these versions, with the names that the account may see."""

_readers: dict[str, Reader] = {}


class _Plain:
    def title(self, fact: Fact) -> str:
        return fact.kind_title()

    def value(self, fact: Fact, field: str) -> str:
        held = getattr(fact, field)
        return "" if held in (None, "", []) else str(held)


def declare(system: str, reader: Reader) -> None:
    """Say how the facts of a system (by its label) are told; called once when the system starts."""
    _readers[system] = reader


def words_for(account: Account, versions: Iterable[Fact]) -> Callable[[Fact], FactWords]:
    """The words for each of these versions; a reader of a system is asked once for all of its versions."""
    by_system: defaultdict[str, list[Fact]] = defaultdict(list)
    for each in versions:
        by_system[_system(each)].append(each)
    made = {
        system: _readers[system](account, found) if system in _readers else _Plain()
        for system, found in by_system.items()
    }
    return lambda fact: made[_system(fact)]


def _system(fact: Fact) -> str:
    return fact._meta.app_label  # noqa: SLF001
