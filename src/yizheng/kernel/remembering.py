"""What one piece of work asks again and again is found out once: a memory that lasts as long as a block and no longer.

Outside of its block a memory holds nothing and every question is asked anew, so nothing read is ever older than the work
that reads it. Blocks nest; the outermost one is the memory.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """A memory of answers by key."""

    def __init__(self, name: str) -> None:
        self._kept: ContextVar[dict[K, V] | None] = ContextVar(name, default=None)

    @contextmanager
    def block(self) -> Iterator[None]:
        """Remember from here to the end of the block."""
        if self._kept.get() is not None:
            yield
            return
        token = self._kept.set({})
        try:
            yield
        finally:
            self._kept.reset(token)

    def ask(self, key: K, find: Callable[[], V]) -> V:
        """The answer to ``key``: what is remembered, else what ``find`` finds."""
        kept = self._kept.get()
        if kept is None:
            return find()
        if key not in kept:
            kept[key] = find()
        return kept[key]

    def learn(self, answers: Mapping[K, V]) -> None:
        """Remember answers that were found for many at once; outside of the block nothing happens."""
        kept = self._kept.get()
        if kept is not None:
            kept.update(answers)

    def forget(self) -> None:
        """What was remembered is no longer so."""
        kept = self._kept.get()
        if kept is not None:
            kept.clear()
