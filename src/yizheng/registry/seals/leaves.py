"""What a seal is made of: leaves, each the digest of one thing, and the traces of them that can name a row."""

import json
import zlib
from enum import IntEnum
from typing import NamedTuple

from django.db import connection

PAGE_LEAVES = 4096
SHORT = 8

Columns = dict[str, list[list[str]]]
"""By table, the name and the type of each column, in the order in which a digest takes them."""


class Part(IntEnum):
    """What a leaf is the digest of."""

    CHANGE = 0
    SUBJECT = 1
    OPENED = 2
    CLOSED = 3
    BASIS = 4
    KEPT = 5


class Place(NamedTuple):
    """Where a leaf belongs. `relation` counts the schema's tables by name."""

    position: int
    part: int
    relation: int
    row: int


class Leaf(NamedTuple):
    """A leaf's place and the beginning of its digest."""

    place: Place
    short: bytes


class Page(NamedTuple):
    """Leaves that follow each other: their digests, one after the other, and the trace that is kept of them."""

    digests: bytes
    trace: bytes


def current_columns() -> Columns:
    """What a digest made now covers. Raises when a column's type has no encoding (`sql/digests.sql`)."""
    with connection.cursor() as cursor:
        cursor.execute("select registry_digest_columns()::text")
        columns: Columns = json.loads(cursor.fetchone()[0])
    return columns


def pack(trace: bytes) -> bytes:
    """A trace as it is stored."""
    return zlib.compress(trace, 1)


def unpack(stored: bytes) -> bytes:
    """The trace again. Raises ValueError for what is none."""
    try:
        return zlib.decompress(stored)
    except zlib.error as error:
        raise ValueError("not a page of leaves") from error
