"""Leaves of a seal: streamed from the database, and kept in short form in pages that can name a row."""

import json
import struct
import zlib
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from django.db import connection

PAGE_LEAVES = 4096
SHORT = 8
_ENTRY = struct.Struct(f">QBHQ{SHORT}s")


class Part(IntEnum):
    """What a leaf is the digest of."""

    CHANGE = 0
    SUBJECT = 1
    OPENED = 2
    CLOSED = 3
    BASIS = 4
    KEPT = 5


class Place(NamedTuple):
    """Where a leaf belongs: its key in hashing order. `relation` counts the schema's tables by name."""

    position: int
    part: int
    relation: int
    row: int


class Leaf(NamedTuple):
    """A leaf's place and its digest, whole or short."""

    place: Place
    digest: bytes


def current_columns() -> dict[str, list[str]]:
    """What a digest made now covers: the columns of each table of the ledger and of facts, by name."""
    with connection.cursor() as cursor:
        cursor.execute("select registry_digest_columns()::text")
        columns: dict[str, list[str]] = json.loads(cursor.fetchone()[0])
    return columns


def stream_leaves(schema: int, first: int, last: int) -> Iterator[list[Leaf]]:
    """The leaves of positions `first` to `last`, a page at a time, in hashing order. Needs a transaction."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            'select "position", part, relation, row_id, digest from registry_leaves(%s, %s, %s)',
            [schema, first, last],
        )
        while rows := cursor.fetchmany(PAGE_LEAVES):
            yield [Leaf(Place(*row[:4]), bytes(row[4])) for row in rows]


def pack(leaves: Iterable[Leaf]) -> bytes:
    """A page: places and the beginnings of the digests, compressed."""
    return zlib.compress(b"".join(_ENTRY.pack(*leaf.place, leaf.digest[:SHORT]) for leaf in leaves), 1)


def unpack(page: bytes) -> list[Leaf]:
    """The leaves of a page, digests short. Raises ValueError for what is no page."""
    try:
        entries = _ENTRY.iter_unpack(zlib.decompress(page))
        return [Leaf(Place(*entry[:4]), entry[4]) for entry in entries]
    except (zlib.error, struct.error) as error:
        raise ValueError("not a page of leaves") from error
