"""The first encoding of digests: leaves over the text of rows. No new seal is made with it; those there are verify."""

import struct
from collections.abc import Iterator

from django.db import connection

from yizheng.registry.seals import leaves as measure
from yizheng.registry.seals.leaves import SHORT, Leaf, Page, Place

_ENTRY = struct.Struct(f">QBHQ{SHORT}s")


def pages(schema: int, first: int, last: int) -> Iterator[Page]:
    """The leaves of positions `first` to `last`, by position. Needs a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            'select "position", part, relation, row_id, digest from registry_leaves(%s, %s, %s)', [schema, first, last]
        )
        while rows := cursor.fetchmany(measure.PAGE_LEAVES):
            yield Page(
                b"".join(row[4] for row in rows), b"".join(_ENTRY.pack(*row[:4], bytes(row[4])[:SHORT]) for row in rows)
            )


def leaves(trace: bytes) -> list[Leaf]:
    """The leaves of a trace. Raises ValueError for what is none."""
    try:
        return [Leaf(Place(*entry[:4]), entry[4]) for entry in _ENTRY.iter_unpack(trace)]
    except struct.error as error:
        raise ValueError("not a page of leaves") from error


def order(place: Place) -> tuple[int, ...]:
    """In which order leaves are hashed."""
    return place
