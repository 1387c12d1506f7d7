"""One step ahead: the next block is read and checked while the database takes in the one before."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import TypeVar

T = TypeVar("T")


def one_ahead(made: Iterator[T]) -> Iterator[T]:
    """The same things, each made in a thread of its own while the caller works on the one before.

    What makes them must not use the caller's database connection. Its exceptions are raised here.
    """
    context = copy_context()

    def step() -> T | None:
        return context.run(lambda: next(made, None))

    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(step)
        while (thing := waiting.result()) is not None:
            waiting = pool.submit(step)
            yield thing
