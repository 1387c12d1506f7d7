"""A workbook answered in place: its markup is copied in a stream, and one cell is put behind the rows that need it.

Everything else of the workbook, its looks and its other sheets, stays byte for byte.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from yizheng.documents.spreadsheets import cell_of_text, letters
from yizheng.intake.ahead import one_ahead
from yizheng.intake.files.markup import ROW_END, rows_of, whole_rows
from yizheng.intake.files.sheets import sheets_of

_PIECE = 4 * 1024 * 1024
_ANY_CELL = re.compile(rb"<c[ >/]")
_ANY_ROW_END = re.compile(rb"</row>|<row[^>]*/>")


def answer_xlsx(source: Path, target: Path, words: Mapping[str, Mapping[int, str]], column: str) -> None:
    """Copy the workbook; ``words`` says for each sheet by its name what stands behind which row."""
    with zipfile.ZipFile(source) as package:
        sheets = {one.part: one for one in sheets_of(package)}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as answer:
            for member in package.infolist():
                with package.open(member) as old, answer.open(member.filename, "w", force_zip64=True) as new:
                    sheet = sheets.get(member.filename)
                    if sheet is None or sheet.name not in words:
                        _copy(old, new)
                        continue
                    said = dict(words[sheet.name])
                    _answer_sheet(old, new, said, column, sheet.columns)


def _copy(old: IO[bytes], new: IO[bytes]) -> None:
    while piece := old.read(_PIECE):
        new.write(piece)


def _answer_sheet(old: IO[bytes], new: IO[bytes], words: dict[int, str], column: str, width: int) -> None:
    """Every row of the sheet passes by; rows are looked through while those before them are packed."""
    for rows in one_ahead(_answered(old, words, column, width)):
        new.write(rows)


def _answered(old: IO[bytes], words: dict[int, str], column: str, width: int) -> Iterator[bytes]:
    """The markup of the sheet with the words in it; the first row gets the heading of the column."""
    last = 0
    for rows in whole_rows(old, piece=_PIECE):
        if b"<row" not in rows:
            yield rows
            continue
        before, (first, last, named) = last, rows_of(rows, last)
        if not before:
            words[first] = column
        wanted = sorted(row for row in words if first <= row <= last)
        cells = _named(rows, wanted, words, width) if named else _counted(rows, wanted, words, width, first)
        yield _with_cells(rows, cells)


def _named(rows: bytes, wanted: list[int], words: Mapping[int, str], width: int) -> Iterator[tuple[int, str]]:
    """Where the rows of these numbers end, and the cell to be put there."""
    at, place = 0, letters(width)
    for number in wanted:
        start = rows.find(b' r="%d"' % number, at)
        if start < 0:
            cell = re.search(rb'<c r="[A-Z]+%d"' % number, rows[at:])
            start = at + cell.start() if cell else -1
        end = rows.find(ROW_END, start) if start >= 0 else -1
        if end >= 0:
            yield end, cell_of_text(words[number], f"{place}{number}")
            at = end


def _counted(
    rows: bytes, wanted: list[int], words: Mapping[int, str], width: int, first: int
) -> Iterator[tuple[int, str]]:
    """The same where neither rows nor cells have numbers: empty cells fill up a row that is shorter than others."""
    ends = [found.start() for found in _ANY_ROW_END.finditer(rows)]
    for number in wanted:
        end = ends[number - first]
        start = rows.rfind(b"<row", 0, end)
        missing = width - len(_ANY_CELL.findall(rows, start, end))
        yield end, "<c/>" * missing + cell_of_text(words[number])


def _with_cells(rows: bytes, cells: Iterator[tuple[int, str]]) -> bytes:
    parts, at = [], 0
    for end, cell in cells:
        parts += [rows[at:end], cell.encode()]
        at = end
    parts.append(rows[at:])
    return b"".join(parts)
