"""What a workbook (xlsx) says of its sheets before any is read: names, where they lie, how wide they are.

Formulas and merged cells are refused here: what a row says must not depend on another file or on which cell of a
merged block is looked at.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from yizheng.intake.files.refusing import UnreadableFile

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<Relationship\s[^>]*>")
_DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)\d+"')
_CELL = re.compile(rb'<c r="([A-Z]+)\d')
_ANY_CELL = re.compile(rb"<c[ >/]")
_FORMULA = re.compile(rb'<c r="([A-Z]+\d+)"[^>]*><f[ >/]')
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]+\d+:[A-Z]+\d+)"')
_PIECE = 8 * 1024 * 1024
_OVERLAP = 512


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the part of the package it lies in, how many columns it has and how long its markup is."""

    name: str
    part: str
    columns: int
    length: int

    @property
    def is_empty(self) -> bool:
        """Whether it has no cell at all."""
        return self.columns == 0


def sheets_of(package: zipfile.ZipFile, name: str) -> list[Sheet]:
    """The visible sheets, each looked through once. Raises UnreadableFile for formulas and merged cells."""
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
        found.append(_looked_through(package, unescape(_attribute(one, "name")), part, name))
    return found


def _looked_through(package: zipfile.ZipFile, title: str, part: str, name: str) -> Sheet:
    widest, told = 0, 0
    for first, piece in _pieces(package, part):
        formula = _FORMULA.search(piece) if b"<f" in piece else None
        if formula:
            raise UnreadableFile(
                "formula",
                f"“{name}”工作表“{title}”的 {formula[1].decode()} 等单元格是公式；"
                "请全选复制后“选择性粘贴—数值”，再保存上传",
            )
        merged = _MERGED.search(piece) if b"<mergeCell " in piece else None
        if merged:
            raise UnreadableFile(
                "merged_cells",
                f"“{name}”工作表“{title}”有合并单元格（{merged[1].decode()}）；请取消合并，表头只占一行，再上传",
            )
        if first:
            dimension = _DIMENSION.search(piece)
            told = column_number(dimension[1]) if dimension else 0
            widest = _widest(piece)
    return Sheet(title, part, max(widest, told if widest else 0), package.getinfo(part).file_size)


def _pieces(package: zipfile.ZipFile, part: str) -> Iterator[tuple[bool, bytes]]:
    """The markup in pieces that overlap a little, so that nothing looked for is cut in two."""
    with package.open(part) as stream:
        tail, first = b"", True
        while piece := stream.read(_PIECE):
            yield first, tail + piece
            tail, first = piece[-_OVERLAP:], False


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
