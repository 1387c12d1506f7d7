"""Compound files (OLE, MS-CFB), in which old office programs keep their documents: the streams in them by name."""

from collections.abc import Iterator
from dataclasses import dataclass

from yizheng.kernel.archives import ArchiveFault, BadArchive

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST = 0xFFFFFFFA
"""Numbers from here on end a chain."""
_ENTRY = 128


def _number(content: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(content[at : at + size], "little")


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    start: int
    size: int


class CompoundFile:
    """A compound file in memory. Raises BadArchive when it is none, or its chains lead nowhere."""

    def __init__(self, content: bytes) -> None:
        if len(content) < 512 or not content.startswith(SIGNATURE) or content[30] not in (9, 12):
            raise BadArchive(ArchiveFault.DAMAGED)
        self._content = content
        self._size = 1 << content[30]
        self._table = self._sectors_of(self._places_of_table())
        self._entries = list(self._directory())
        root = next((one for one in self._entries if one.kind == 5), None)
        if root is None:
            raise BadArchive(ArchiveFault.DAMAGED)
        self._short = self._chained(root.start)
        self._short_table = self._chained(_number(content, 60))

    def stream(self, *names: str) -> bytes | None:
        """The first stream of one of these names."""
        for wanted in names:
            for one in self._entries:
                if one.kind == 2 and one.name.lower() == wanted.lower():
                    return self._stream(one)
        return None

    def _stream(self, entry: _Entry) -> bytes:
        if entry.size >= _number(self._content, 56):
            found = self._chained(entry.start)
        else:
            places = _chain(entry.start, self._short_table)
            found = b"".join(self._short[at * 64 : at * 64 + 64] for at in places)
        if len(found) < entry.size:
            raise BadArchive(ArchiveFault.DAMAGED)
        return found[: entry.size]

    def _directory(self) -> Iterator[_Entry]:
        listed = self._chained(_number(self._content, 48))
        for at in range(0, len(listed) - _ENTRY + 1, _ENTRY):
            length = max(0, min(64, _number(listed, at + 64, 2)) - 2)
            name = listed[at : at + length].decode("utf-16-le", errors="replace")
            yield _Entry(name, listed[at + 66], _number(listed, at + 116), _number(listed, at + 120))

    def _places_of_table(self) -> list[int]:
        """The sectors of the allocation table: 109 in the header, more in a chain of their own."""
        found = [_number(self._content, 76 + 4 * at) for at in range(109)]
        more, seen = _number(self._content, 68), 0
        while more < _LAST and seen <= len(self._content) // self._size:
            sector = self._sector(more)
            found += [_number(sector, at) for at in range(0, self._size - 4, 4)]
            more, seen = _number(sector, self._size - 4), seen + 1
        return [at for at in found if at < _LAST]

    def _chained(self, start: int) -> bytes:
        return self._sectors_of(_chain(start, self._table))

    def _sectors_of(self, places: list[int]) -> bytes:
        return b"".join(map(self._sector, places))

    def _sector(self, at: int) -> bytes:
        start = (at + 1) * self._size
        if start >= len(self._content):
            raise BadArchive(ArchiveFault.DAMAGED)
        return self._content[start : start + self._size]


def _chain(start: int, table: bytes) -> list[int]:
    """The numbers of a chain; one that is longer than its table runs in a circle."""
    found: list[int] = []
    while start < _LAST:
        found.append(start)
        if 4 * start + 4 > len(table) or len(found) > len(table) // 4:
            raise BadArchive(ArchiveFault.DAMAGED)
        start = _number(table, 4 * start)
    return found
