"""What a workbook (xlsx) says of its sheets before any is read: names, where they lie, how wide they are."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from html import unescape

from yizheng.intake.files.markup import refuse_markup, whole_rows

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)\d+"')
_CELL = re.compile(rb'<c r="([A-Z]+)\d')
_ANY_CELL = re.compile(rb"<c[ >/]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the part of the package it lies in, and how many columns it has."""

    name: str
    part: str
    columns: int

    @property
    def is_empty(self) -> bool:
        """Whether it has no cell at all."""
        return self.columns == 0


def sheets_of(package: zipfile.ZipFile) -> list[Sheet]:
    """The visible sheets. Raises what a broken package raises."""
    targets = {
        _attribute(one, "Id"): _attribute(one, "Target")
        for one in _RELATION.findall(package.read("xl/_rels/workbook.xml.rels").decode())
    }
    found = []
    for one in _SHEET.findall(package.read("xl/workbook.xml").decode()):
        if _attribute(one, "state") in ("hidden", "veryHidden"):
            continue
        target = targets.get(_attribute(one, "r:id"), "")
        part = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        found.append(Sheet(unescape(_attribute(one, "name")), part, _columns(package, part)))
    return found


def look_through(package: zipfile.ZipFile, sheet: Sheet, name: str) -> None:
    """Raises UnreadableFile when the sheet has formulas or merged cells anywhere."""
    with package.open(sheet.part) as stream:
        for piece in whole_rows(stream):
            refuse_markup(piece, sheet.name, name)


def _columns(package: zipfile.ZipFile, part: str) -> int:
    """What the sheet says of itself, or more where its first cells lie further to the right; 0 without any cell."""
    told = 0
    with package.open(part) as stream:
        for piece in whole_rows(stream):
            dimension = _DIMENSION.search(piece)
            told = column_number(dimension[1]) if dimension else told
            widest = _widest(piece)
            if widest:
                return max(widest, told)
    return 0


def _widest(piece: bytes) -> int:
    """The last column that is named, or the most cells in a row where cells have no names."""
    named = set(_CELL.findall(piece))
    if named:
        return max(map(column_number, named))
    return max(len(_ANY_CELL.findall(row)) for row in piece.split(b"</row>"))


def column_number(letters: bytes) -> int:
    """The number of a column from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _attribute(element: str, name: str) -> str:
    found = re.search(rf'\s{re.escape(name)}="([^"]*)"', element)
    return found[1] if found else ""
