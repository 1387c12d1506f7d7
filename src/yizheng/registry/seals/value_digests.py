"""The second encoding of digests: leaves over the values of rows as PostgreSQL sends them (docs/digests.md).

A trace is runs of rows one after the other (`runs.py`), each with its head, the rows' ids and the beginnings of their
digests.
"""

import struct
from collections.abc import Iterator

from yizheng.registry.seals import leaves as measure
from yizheng.registry.seals.leaves import SHORT, Leaf, Page, Place
from yizheng.registry.seals.runs import Run, runs

_HEAD = struct.Struct(">HBQI")
_ID = struct.Struct(">Q")


def pages(schema: int, first: int, last: int) -> Iterator[Page]:
    """The leaves of positions `first` to `last`, by table and part. Needs a transaction."""
    gathered: list[Run] = []
    length = 0
    for run in runs(schema, first, last, measure.PAGE_LEAVES):
        gathered.append(run)
        length += _length(run)
        if length >= measure.PAGE_LEAVES:
            yield _page(gathered)
            gathered, length = [], 0
    if gathered:
        yield _page(gathered)


def _page(gathered: list[Run]) -> Page:
    return Page(b"".join(run.digests for run in gathered), b"".join(map(_trace, gathered)))


def _length(run: Run) -> int:
    return len(run.ids) // _ID.size


def _trace(run: Run) -> bytes:
    """Of every digest the first of its four quarters: SHORT bytes."""
    head = _HEAD.pack(run.relation, run.part, run.position, _length(run))
    return head + run.ids + memoryview(run.digests).cast("Q")[::4].tobytes()


def leaves(trace: bytes) -> list[Leaf]:
    """The leaves of a trace. Raises ValueError for what is none."""
    found: list[Leaf] = []
    start = 0
    while start < len(trace):
        try:
            relation, part, position, length = _HEAD.unpack_from(trace, start)
        except struct.error as error:
            raise ValueError("not a page of leaves") from error
        ids = start + _HEAD.size
        shorts = ids + length * _ID.size
        start = shorts + length * SHORT
        if start > len(trace):
            raise ValueError("not a page of leaves")
        found.extend(
            Leaf(Place(position, part, relation, row), trace[at : at + SHORT])
            for (row,), at in zip(_ID.iter_unpack(trace[ids:shorts]), range(shorts, start, SHORT), strict=True)
        )
    return found


def order(place: Place) -> tuple[int, ...]:
    """In which order leaves are hashed."""
    return place.relation, place.part, place.position, place.row
