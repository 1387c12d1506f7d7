"""The typefaces of printed instruments: Song first, then fonts an operator added for rare characters, then sans.

Fonts come from the installed font package and from one optional folder, never from the machine, so that the same data
gives the same page everywhere. A character that no face has is printed as its code point, （U+20BB7）, because a name
with a hole in it is worse than a name with a number in it. What a font can print stands in its character map (OpenType
`cmap`), of which the two formats of modern fonts are read: 4 (basic plane) and 12 (all planes).
"""

import json
import struct
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst

SONG = "Noto Serif SC"
SANS = "Noto Sans SC"
_FONT_FILES = ("*.otf", "*.ttf", "*.ttc")
_LAYOUT = frozenset("\n")


@dataclass(frozen=True)
class Typefaces:
    """The faces a page may use: those of the font package and those in `extra` folders."""

    extra: tuple[Path, ...] = ()

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where font files lie, the package's own folder first."""
        return (pylopdf_fonts_zh_cn.serif_path().parent, *self.extra)

    @cached_property
    def loaded(self) -> typst.Fonts:
        """The faces as the typesetter holds them."""
        return typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in self.folders],
        )

    @cached_property
    def song(self) -> tuple[str, ...]:
        """Family names for running text, in the order in which a glyph is sought."""
        added = [family for family in self.loaded.families() if family not in (SONG, SANS)]
        return (SONG, *added, SANS)

    @cached_property
    def characters(self) -> frozenset[int]:
        """Every code point at least one face can print."""
        files = sorted(file for folder in self.folders for form in _FONT_FILES for file in folder.glob(form))
        return frozenset().union(*(covered(file) for file in files))

    def legible(self, value: Any) -> Any:
        """`value` (text, list, dict) with each unprintable character written as its code point."""
        if self.covers(json.dumps(value, ensure_ascii=False)):
            return value
        if isinstance(value, str):
            return "".join(self._printed(mark) for mark in value)
        if isinstance(value, list | tuple):
            return [self.legible(item) for item in value]
        if isinstance(value, dict):
            return {key: self.legible(item) for key, item in value.items()}
        return value

    def covers(self, text: str) -> bool:
        """Whether every character has a glyph; those are few beside the text."""
        return all(mark in _LAYOUT or ord(mark) in self.characters for mark in set(text))

    def _printed(self, mark: str) -> str:
        if mark in _LAYOUT or ord(mark) in self.characters:
            return mark
        return f"（U+{ord(mark):04X}）"


@lru_cache(maxsize=4)
def typefaces(*extra: Path) -> Typefaces:
    """The faces for these extra folders, loaded once a process; folders that do not exist are left out."""
    return Typefaces(tuple(folder for folder in extra if folder.is_dir()))


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
