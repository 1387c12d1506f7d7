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
from yizheng.intake.files.sheets import sheets_of

_PIECE = 8 * 1024 * 1024
_ROW_END = b"</row>"
_NUMBERED = re.compile(rb'<row [^>]*?\br="(\d+)"')


def answer_xlsx(source: Path, target: Path, words: Mapping[str, Mapping[int, str]], column: str) -> None:
    """Copy the workbook; ``words`` says for each sheet by its name what stands behind which row."""
    with zipfile.ZipFile(source) as package:
        sheets = {one.part: one for one in sheets_of(package, source.name)}
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as answer:
            for member in package.infolist():
                with package.open(member) as old, answer.open(member.filename, "w", force_zip64=True) as new:
                    sheet = sheets.get(member.filename)
                    if sheet is None or sheet.name not in words:
                        _copy(old, new)
                        continue
                    said = dict(words[sheet.name])
                    _answer_sheet(old, new, said, column, letters(sheet.columns))


def _copy(old: IO[bytes], new: IO[bytes]) -> None:
    while piece := old.read(_PIECE):
        new.write(piece)


def _answer_sheet(old: IO[bytes], new: IO[bytes], words: dict[int, str], column: str, place: str) -> None:
    """Every row of the sheet passes by; the first one gets the heading of the column."""
    first = True
    for rows in _whole_rows(old):
        if first and b"<row " in rows:
            found = _NUMBERED.search(rows)
            words[int(found[1]) if found else 1] = column
            first = False
        new.write(_with_words(rows, words, place))


def _whole_rows(stream: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while piece := stream.read(_PIECE):
        rest += piece
        cut = rest.rfind(_ROW_END)
        if cut >= 0:
            yield rest[: cut + len(_ROW_END)]
            rest = rest[cut + len(_ROW_END) :]
    yield rest


def _with_words(rows: bytes, words: Mapping[int, str], place: str) -> bytes:
    numbers = _NUMBERED.findall(rows)
    if not numbers:
        return rows
    low, high = int(numbers[0]), int(numbers[-1])
    parts, at = [], 0
    for number in sorted(row for row in words if low <= row <= high):
        start = rows.find(b' r="%d"' % number, at)
        end = rows.find(_ROW_END, start) if start >= 0 else -1
        if end < 0:
            continue
        cell = cell_of_text(words[number], f"{place}{number}").encode()
        parts += [rows[at:end], cell]
        at = end
    parts.append(rows[at:])
    return b"".join(parts)
