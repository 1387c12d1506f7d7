"""Runs of rows hashed by the database: one connection for a few rows, two side by side for many.

The rows of settled changes stay as they are, so a second connection sees the same ones.
"""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from heapq import merge
from typing import NamedTuple

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

WORTH_SHARING = 20_000
"""From so many rows on the second connection is opened."""

_RUNS_AT_ONCE = 64
_RUNS = 'select %s::int, %s::int, "position", ids, digests from registry_digests(%s, %s, %s, %s, %s, %s, %s, %s)'


class Run(NamedTuple):
    """Rows of one part of one table, of one change: their ids, eight bytes each, and their digests."""

    relation: int
    part: int
    position: int
    ids: bytes
    digests: bytes


def runs(schema: int, first: int, last: int, length: int) -> Iterator[Run]:
    """Everything the positions touched, in hashing order, in runs of up to `length` rows. Needs a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relation, part, counted from registry_digest_work(%s, %s, %s, %s)",
            [schema, first, last, WORTH_SHARING],
        )
        work = cursor.fetchall()
    for relation, part, found in work:
        asked = [relation, part, schema, relation, part, first, last, length]
        if found < WORTH_SHARING:
            yield from _streamed([*asked, 0, 1])
        else:
            yield from _shared(asked)


def _shared(asked: list[int]) -> Iterator[Run]:
    """Every other run comes from the second connection; that half is held in memory, forty bytes a row."""
    other = connection.copy()
    other.inc_thread_sharing()
    with ThreadPoolExecutor(1) as beside:
        half = beside.submit(_fetched, other, [*asked, 1, 2])
        yield from merge(_streamed([*asked, 0, 2]), _awaited(half), key=lambda run: (run.position, run.ids[:8]))


def _awaited(half: Future[list[Run]]) -> Iterator[Run]:
    yield from half.result()


def _streamed(asked: list[int]) -> Iterator[Run]:
    with connection.chunked_cursor() as cursor:
        cursor.execute(_RUNS, asked)
        while rows := cursor.fetchmany(_RUNS_AT_ONCE):
            yield from map(Run._make, rows)


def _fetched(other: BaseDatabaseWrapper, asked: list[int]) -> list[Run]:
    try:
        with other.cursor() as cursor:
            cursor.execute(_RUNS, asked)
            return list(map(Run._make, cursor.fetchall()))
    finally:
        other.close()
