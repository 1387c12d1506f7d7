"""What one piece of work asks again and again is found out once: a memory that lasts as long as a block and no longer.

Outside of its block a memory holds nothing and every question is asked anew, so nothing read is ever older than the work
that reads it; a memory about subjects of the register forgets one as soon as something is said of it. Blocks nest; the
outermost one is the memory.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """A memory of answers by key; ``of`` says which subject of the register a key is about, where it is about one."""

    def __init__(self, name: str, of: Callable[[K], int] | None = None) -> None:
        self._kept: ContextVar[dict[int, dict[K, V]] | None] = ContextVar(name, default=None)
        self._of = of or _nobody
        if of is not None:
            _of_subjects.append(self)

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
        about = kept.setdefault(self._of(key), {})
        if key not in about:
            about[key] = find()
        return about[key]

    def ask_many(self, keys: Iterable[K], find: Callable[[list[K]], Mapping[K, V]]) -> dict[K, V]:
        """The answers by key: what is remembered, and what ``find`` finds for all the others at once."""
        kept, wanted = self._kept.get() or {}, list(dict.fromkeys(keys))
        missing = self.unknown(wanted)
        found = dict(find(missing)) if missing else {}
        for key in set(wanted).difference(missing):
            found[key] = kept[self._of(key)][key]
        self.learn(found)
        return found

    def learn(self, answers: Mapping[K, V]) -> None:
        """Remember answers that were found for many at once; outside of the block nothing happens."""
        kept = self._kept.get()
        if kept is not None:
            for key, answer in answers.items():
                kept.setdefault(self._of(key), {})[key] = answer

    def unknown(self, keys: Iterable[K]) -> list[K]:
        """Those of the keys of which nothing is remembered, in their order; outside of the block all of them."""
        kept = self._kept.get() or {}
        return [key for key in keys if key not in kept.get(self._of(key), {})]

    def take(self, key: K) -> V | None:
        """What is remembered of ``key``, which is forgotten with that; nothing where nothing is."""
        kept = self._kept.get()
        return None if kept is None else kept.get(self._of(key), {}).pop(key, None)

    def forget(self) -> None:
        """What was remembered is no longer so."""
        kept = self._kept.get()
        if kept is not None:
            kept.clear()

    def forget_about(self, subject: int) -> None:
        """What was remembered of one subject is no longer so."""
        kept = self._kept.get()
        if kept is not None:
            kept.pop(subject, None)


_of_subjects: list[Memory[Any, Any]] = []


@contextmanager
def together(*memories: Memory[Any, Any]) -> Iterator[None]:
    """All of these remember from here to the end of the block."""
    with ExitStack() as remembered:
        for memory in memories:
            remembered.enter_context(memory.block())
        yield


def changed(subject: int) -> None:
    """The register says something new of a subject: no memory keeps what it said before."""
    for memory in _of_subjects:
        memory.forget_about(subject)


def _nobody(_: object) -> int:
    return 0
