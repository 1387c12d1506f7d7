"""Which characters a font can print: the character map of an OpenType file, read without a font library.

A person's name may hold a character beyond the basic plane (𠮷, 𬺛). A page that drops it silently names nobody, so
before a page is set every character is looked up here. Only the two map formats that modern fonts carry are read:
4 (basic plane) and 12 (all planes).
"""

import struct
from pathlib import Path

_COLLECTION = b"ttcf"


def covered(path: Path) -> frozenset[int]:
    """Code points for which the font file (or any font of the collection) at `path` has a glyph."""
    data = path.read_bytes()
    points: set[int] = set()
    for start in _font_starts(data):
        table = _table(data, start, b"cmap")
        if table is not None:
            points |= _character_map(data, table)
    return frozenset(points)


def _font_starts(data: bytes) -> tuple[int, ...]:
    if data[:4] != _COLLECTION:
        return (0,)
    (count,) = struct.unpack_from(">I", data, 8)
    return tuple(struct.unpack_from(f">{count}I", data, 12))


def _table(data: bytes, start: int, tag: bytes) -> int | None:
    (count,) = struct.unpack_from(">H", data, start + 4)
    for index in range(count):
        name, _checksum, offset, _length = struct.unpack_from(">4sIII", data, start + 12 + 16 * index)
        if name == tag:
            return int(offset)
    return None


def _character_map(data: bytes, table: int) -> set[int]:
    (count,) = struct.unpack_from(">H", data, table + 2)
    points: set[int] = set()
    for index in range(count):
        _platform, _encoding, offset = struct.unpack_from(">HHI", data, table + 4 + 8 * index)
        (form,) = struct.unpack_from(">H", data, table + offset)
        if form == 4:
            points |= _segments(data, table + offset)
        elif form == 12:
            points |= _groups(data, table + offset)
    return points


def _segments(data: bytes, at: int) -> set[int]:
    (double,) = struct.unpack_from(">H", data, at + 6)
    count = double // 2
    ends = struct.unpack_from(f">{count}H", data, at + 14)
    starts = struct.unpack_from(f">{count}H", data, at + 16 + double)
    deltas = struct.unpack_from(f">{count}H", data, at + 16 + 2 * double)
    ranges_at = at + 16 + 3 * double
    ranges = struct.unpack_from(f">{count}H", data, ranges_at)
    points: set[int] = set()
    for index, (first, last, delta, shift) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for point in range(first, min(last, 0xFFFE) + 1):
            if shift == 0:
                glyph = (point + delta) & 0xFFFF
            else:
                (glyph,) = struct.unpack_from(">H", data, ranges_at + 2 * index + shift + 2 * (point - first))
            if glyph:
                points.add(point)
    return points


def _groups(data: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    points: set[int] = set()
    for index in range(count):
        first, last, _glyph = struct.unpack_from(">III", data, at + 16 + 12 * index)
        points.update(range(first, last + 1))
    return points
