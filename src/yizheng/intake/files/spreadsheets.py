"""Workbooks (xlsx, xls): each sheet is a table. Cells come as text, days as year-month-day.

A sheet of xlsx is read in parts: its rows are cut out of the stream of its markup and parsed part by part, two at a
time beside whoever takes them, so that memory holds a few parts and the list of shared texts, never the sheet.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import fastexcel
import polars as pl

from yizheng.documents.spreadsheets import letters
from yizheng.intake.files.markup import refuse_markup, rows_of, whole_rows
from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.shared_texts import marked, shared_texts, with_texts
from yizheng.intake.files.sheets import Sheet, look_through, sheets_of
from yizheng.intake.files.tables import BLOCK_ROWS, MOST_COLUMNS, Table, cell_names, numbered

_AT_ONCE = 2
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"
_ERROR_ROW = re.compile(rb'<c r="[A-Z]+(\d+)"[^>]*\bt="e"')
_FRAME = (
    "[Content_Types].xml",
    "_rels/.rels",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
)
"""The parts of a package a sheet cannot be read without."""


def xls_tables(path: Path, name: str) -> tuple[Table, ...]:
    """The sheets of an old workbook. Raises UnreadableFile."""
    reader = _opened(path.read_bytes(), name)
    return tuple(
        _xls_table(name, sheet, _frame(reader, name, sheet, leading=True)) for sheet in reader.sheet_names
    )


def xlsx_tables(path: Path, name: str) -> tuple[Table, ...]:
    """The visible sheets of a workbook that hold anything. Raises UnreadableFile."""
    with _package(path, name) as package:
        found = sheets_of(package)
    return tuple(_xlsx_table(path, name, sheet) for sheet in found if not sheet.is_empty)


@contextmanager
def _package(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    """The open package; what a broken one raises becomes an UnreadableFile."""
    try:
        with zipfile.ZipFile(path) as package:
            yield package
    except (zipfile.BadZipFile, EOFError, OSError, KeyError, zlib.error, UnicodeDecodeError) as error:
        raise _damaged(name) from error


def _xls_table(name: str, sheet: str, frame: pl.DataFrame) -> Table:
    columns = _width(frame.width, name)
    return Table(sheet, columns, lambda: _in_blocks(numbered(_as_text(frame, columns), 1)))


def _xlsx_table(path: Path, name: str, sheet: Sheet) -> Table:
    columns = _width(sheet.columns, name)
    reading = _Reading(path, name, sheet, columns)
    return Table(sheet.name, columns, reading.blocks, reading.beginning, reading.look_through)


def _width(columns: int, name: str) -> int:
    if columns > MOST_COLUMNS:
        raise UnreadableFile(
            "too_many_columns", f"“{name}”有 {columns} 列，超过 {MOST_COLUMNS} 列；请只保留模板中的列"
        )
    return columns


@dataclass(frozen=True, slots=True)
class _Reading:
    """One sheet of one package, read as often as it is asked for."""

    path: Path
    name: str
    sheet: Sheet
    columns: int

    def blocks(self) -> Iterator[pl.DataFrame]:
        """All rows, in blocks; formulas and merged cells are refused where they are met."""
        held: list[pl.DataFrame] = []
        for part in self._parsed():
            held.append(part)
            if sum(one.height for one in held) >= BLOCK_ROWS:
                yield from _in_blocks(pl.concat(held))
                held = []
        if held:
            yield from _in_blocks(pl.concat(held))

    def beginning(self) -> pl.DataFrame | None:
        """The first rows, without the rest being read."""
        with _package(self.path, self.name) as package:
            parts = self._parts(package)
            return next((frame for frame in (part.parsed() for part in parts) if frame.height), None)

    def look_through(self) -> None:
        """Raises UnreadableFile when there are formulas or merged cells anywhere."""
        with _package(self.path, self.name) as package:
            look_through(package, self.sheet, self.name)

    def _parsed(self) -> Iterator[pl.DataFrame]:
        with _package(self.path, self.name) as package, ThreadPoolExecutor(_AT_ONCE) as pool:
            waiting: deque[Future[pl.DataFrame]] = deque()
            for part in self._parts(package):
                waiting.append(pool.submit(part.parsed))
                if len(waiting) > _AT_ONCE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _parts(self, package: zipfile.ZipFile) -> Iterator[_Part]:
        names = set(package.namelist())
        frame = [(one, package.read(one)) for one in _FRAME if one in names]
        texts = shared_texts(package)
        last = 0
        with package.open(self.sheet.part) as stream:
            for rows in whole_rows(stream):
                refuse_markup(rows, self.sheet.name, self.name)
                if b"<row" not in rows:
                    continue
                start = rows.index(b"<row")
                first, last, named = rows_of(rows, last)
                yield _Part(self, frame, texts, rows[start:], first, last, named)


@dataclass(frozen=True, slots=True)
class _Part:
    """Some whole rows of a sheet; ``named`` says whether the markup gives their numbers."""

    reading: _Reading
    frame: list[tuple[str, bytes]]
    texts: pl.Series
    rows: bytes
    first: int
    last: int
    named: bool

    def parsed(self) -> pl.DataFrame:
        """The rows as a numbered frame. Raises UnreadableFile."""
        name, columns = self.reading.name, self.reading.columns
        reader = _opened(self._content(), name)
        read = _frame(reader, name, self.reading.sheet.name, leading=False)
        # rows without a cell at the beginning of a part are not there: count from the end
        try:
            frame = _as_text(read, columns, self.texts if len(self.texts) else None).head(-1)
        except pl.exceptions.PolarsError as error:
            raise _damaged(name) from error
        first = self.last + 1 - frame.height
        errors = {int(number) for number in _ERROR_ROW.findall(self.rows)} if b't="e"' in self.rows else set()
        flaws = ["cell_error" if first + at in errors else "" for at in range(frame.height)]
        return numbered(frame, first, flaws if errors else None)

    def _content(self) -> bytes:
        """A workbook of these rows alone. A row behind them names the first and the last column, so that all parts are as wide."""
        behind = self.last + 1 if self.named else self.last - self.first + 2
        places = sorted({0, self.reading.columns - 1})
        anchor = "".join(f'<c r="{letters(at)}{behind}"><v>1</v></c>' for at in places)
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as package:
            for part, text in self.frame:
                package.writestr(part, text)
            with package.open(self.reading.sheet.part, "w", force_zip64=True) as stream:
                stream.write(_OPENING)
                stream.write(marked(self.rows) if len(self.texts) else self.rows)
                stream.write(f'<row r="{behind}">{anchor}</row></sheetData></worksheet>'.encode())
        return content.getvalue()


_OPENING = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def _opened(content: bytes, name: str) -> fastexcel.ExcelReader:
    try:
        return fastexcel.read_excel(content)
    except fastexcel.FastExcelError as error:
        if "assword" in str(error) or "ncrypt" in str(error):
            raise UnreadableFile("encrypted", f"“{name}”设有打开密码，请取消密码后上传") from error
        raise _damaged(name) from error


def _frame(reader: fastexcel.ExcelReader, name: str, sheet: str, *, leading: bool) -> pl.DataFrame:
    """A sheet as text; ``leading`` keeps the empty rows on top, so that rows have their numbers."""
    try:
        read = reader.load_sheet(sheet, header_row=None, skip_rows=0 if leading else None, dtypes="string")
        return read.to_polars() if read.width else pl.DataFrame()
    except fastexcel.FastExcelError as error:
        raise _damaged(name) from error


def _as_text(frame: pl.DataFrame, columns: int, texts: pl.Series | None = None) -> pl.DataFrame:
    """The first columns as text under the names of cells, shared texts in their places, midnight taken off of days."""
    names = cell_names(columns)
    named = zip(islice(frame, columns), names, strict=False)
    cells = [one.cast(pl.String).alias(name) for one, name in named]
    if texts is not None:
        cells = [with_texts(one, texts) for one in cells]
    cells += [
        pl.Series(name, [None], pl.String).new_from_index(0, frame.height) for name in names[len(cells) :]
    ]
    return pl.DataFrame(cells).with_columns(pl.all().str.replace(_MIDNIGHT, "$1").fill_null(""))


def _in_blocks(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    return (frame.slice(at, BLOCK_ROWS) for at in range(0, frame.height, BLOCK_ROWS))


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile("truncated", f"“{name}”不完整或已损坏，请重新导出或重新传输后上传")
