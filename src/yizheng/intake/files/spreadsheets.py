"""Workbooks (xlsx): each sheet is a table. Cells come as text, days as year-month-day.

Cells are marked in their markup before they are parsed, so that afterwards a text is told from a number that looks like it:
identity numbers kept as numbers have lost their last digits, and nobody sees it. A sheet is read in parts: its rows are cut
out of the stream of its markup and parsed part by part, two at a time beside whoever takes them, so that memory holds a few
parts and the list of shared texts, never the sheet.
"""

import io
import re
import zipfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import fastexcel
import polars as pl

from yizheng.documents.spreadsheets import MAIN, parts_beside
from yizheng.intake.files.events_of_rows import Surroundings
from yizheng.intake.files.refusing import damaged
from yizheng.intake.files.shared_texts import shared_texts
from yizheng.intake.files.sheet_rows import Rows, rows_of
from yizheng.intake.files.tables import (
    BLOCK_ROWS,
    EPOCH,
    EPOCH_1904,
    Table,
    cell_names,
    checked_width,
    in_blocks,
    noting,
    number_name,
    numbered,
)
from yizheng.intake.files.workbook_parts import SheetPart, WorkbookParts, opened_package, parts_of
from yizheng.kernel.archives import Archive

_AT_ONCE = 2
_SHEET, _STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
_OPENING = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()
_SHARED, _TEXT, _ERROR = "\U000f5ffd", "\U000f5ffe", "\U000f5fff"
"""Characters put before the number of a shared text, before a text, before the words of an error."""
_MARKS = ((b"str", _TEXT), (b"s", _SHARED), (b"e", _ERROR))
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2})[ T]00:00:00$"
_DAY = r"^\d{4}-\d{2}-\d{2}"


def xlsx_tables(path: Path, name: str) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The visible sheets of a workbook that hold anything, and the names of those not shown. Raises UnreadableFile."""
    with opened_package(path, name) as archive:
        parts = parts_of(archive)
    book = Workbook(path, name, parts)
    epoch = EPOCH_1904 if parts.counts_from_1904 else EPOCH
    readings = [_Reading(book, sheet) for sheet in parts.sheets]
    return tuple(one.table(epoch) for one in readings if one.first is not None), parts.hidden


@dataclass(frozen=True)
class Workbook:
    """A workbook whose sheets are read one after the other."""

    path: Path
    name: str
    parts: WorkbookParts

    @cached_property
    def texts(self) -> pl.Series:
        """The texts kept once for all sheets."""
        with opened_package(self.path, self.name) as archive:
            return shared_texts(archive, self.parts.shared_texts)

    @cached_property
    def frame(self) -> list[tuple[str, bytes]]:
        """What a workbook of one sheet needs beside it."""
        with opened_package(self.path, self.name) as archive:
            styles = archive.read(self.parts.styles) if self.parts.styles else b""
        about = '<workbookPr date1904="1"/>' if self.parts.counts_from_1904 else ""
        made = {part: text.encode() for part, text in parts_beside(["1"], about)}
        return list({**made, _STYLES: styles or made[_STYLES]}.items())


class _Reading:
    """One sheet of one workbook, read as often as it is asked for."""

    def __init__(self, book: Workbook, sheet: SheetPart) -> None:
        self.book, self.sheet = book, sheet
        self.around = Surroundings()
        self.columns = 0

    def table(self, epoch: date) -> Table:
        name, hidden = self.sheet.name, frozenset(self.around.hidden_columns)
        return Table(name, self.columns, self.blocks, lambda: self.first, self.look_through, epoch, hidden)

    @cached_property
    def first(self) -> pl.DataFrame | None:
        """The first rows, without the rest being read; None where no row has a cell with content."""
        with opened_package(self.book.path, self.book.name) as archive:
            for rows in self._rows(archive, self.around):
                read = _parsed(self.book, rows)
                self.columns = checked_width(read.width, self.book.name)
                if self.columns:
                    return _typed_frame(read, rows, self.columns, self.book)
        return None

    def blocks(self) -> Iterator[pl.DataFrame]:
        """All rows, in blocks; formulas and merged cells are refused where they are met."""
        held: list[pl.DataFrame] = []
        for part in self._parsed():
            held.append(part)
            if sum(one.height for one in held) >= BLOCK_ROWS:
                yield from in_blocks(pl.concat(held, how="diagonal"))
                held = []
        if held:
            yield from in_blocks(pl.concat(held, how="diagonal"))

    def look_through(self) -> None:
        """Raises UnreadableFile when there are formulas or merged cells anywhere."""
        with opened_package(self.book.path, self.book.name) as archive:
            deque(self._rows(archive, Surroundings()), maxlen=0)

    def _parsed(self) -> Iterator[pl.DataFrame]:
        with opened_package(self.book.path, self.book.name) as archive, ThreadPoolExecutor(_AT_ONCE) as pool:
            waiting: deque[Future[pl.DataFrame]] = deque()
            for rows in self._rows(archive, Surroundings()):
                waiting.append(pool.submit(self._typed, rows))
                if len(waiting) > _AT_ONCE:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _rows(self, archive: Archive, around: Surroundings) -> Iterator[Rows]:
        return rows_of(archive, self.sheet.part, self.book.name, self.sheet.name, around)

    def _typed(self, rows: Rows) -> pl.DataFrame:
        return _typed_frame(_parsed(self.book, rows), rows, self.columns, self.book)


def _with_marks(rows: bytes) -> bytes:
    """The markup of plain rows with every text, every number of a shared text and every error marked."""
    for kind, mark in _MARKS:
        told = b' t="' + kind + b'"'
        if told not in rows:
            continue
        put = b' t="str"><v>' + mark.encode()
        left = rows.count(told)
        rows = rows.replace(told + b"><v>", put)
        if left != rows.count(put):
            rows = re.sub(re.escape(told) + rb'( s="[0-9]+")><v>', rb' t="str"\1><v>' + mark.encode(), rows)
    if b"<is>" in rows:
        text = _TEXT.encode()
        rows = rows.replace(b"<is><t>", b"<is><t>" + text)
        rows = rows.replace(b'<is><t xml:space="preserve">', b'<is><t xml:space="preserve">' + text)
    return rows


def _typed_frame(read: pl.DataFrame, rows: Rows, columns: int, book: Workbook) -> pl.DataFrame:
    """The cells as text under their names, which of them were numbers, and what is to be noted of each row.

    Raises UnreadableFile.
    """
    placed, height = _on_their_rows(read, rows), len(rows.numbers)
    cells: list[pl.Series] = []
    numbers: list[pl.Series] = []
    notes = {
        "hidden": rows.hidden,
        "cell_error": pl.repeat(False, height, eager=True),
        "more_cells": pl.repeat(False, height, eager=True),
    }
    names = cell_names(columns)
    for at, column in enumerate(placed):
        if at >= columns:
            notes["more_cells"] |= column.is_not_null()
            continue
        plain, number, wrong = _read(column, book)
        cells.append(plain.alias(names[at]))
        if number is not None and number.any():
            numbers.append(number.alias(number_name(at)))
        if wrong is not None:
            notes["cell_error"] |= wrong
    cells += [pl.repeat("", height, eager=True).alias(name) for name in names[len(cells) :]]
    return noting(numbered(pl.DataFrame([*cells, *numbers]), rows.numbers), notes)


def _on_their_rows(read: pl.DataFrame, rows: Rows) -> list[pl.Series]:
    """The parsed columns, which begin at the first row with content, with one cell for each row of the markup."""
    first = rows.last + 1 - read.height
    if rows.first == first and read.height == len(rows.numbers):
        return read.get_columns()
    at = rows.numbers - first
    at = at.set(at < 0, None).cast(pl.UInt32)
    return [one.gather(at) for one in read] if read.height else []


def _read(column: pl.Series, book: Workbook) -> tuple[pl.Series, pl.Series | None, pl.Series | None]:
    """The text of cells without marks, shared texts in their places; which were numbers, and which errors, if any."""
    shared = column.str.starts_with(_SHARED).fill_null(value=False)
    text = column.str.starts_with(_TEXT).fill_null(value=False)
    number = wrong = None
    plain = column.str.strip_prefix(_TEXT) if text.any() else column
    if int(shared.sum()) + int(text.sum()) + column.null_count() < len(column):
        wrong = column.str.starts_with(_ERROR).fill_null(value=False)
        plain = plain.str.replace(_MIDNIGHT, "$1").str.strip_prefix(_ERROR)
        day = plain.str.contains(_DAY).fill_null(value=False)
        number = column.is_not_null() & ~(shared | text | wrong | day)
    if shared.any():
        named = column.set(~shared, None).str.strip_prefix(_SHARED)
        try:
            texts = book.texts.gather(named.cast(pl.UInt32))
        except pl.exceptions.PolarsError as error:
            raise damaged(book.name) from error
        plain = pl.select(pl.when(shared).then(texts).otherwise(plain)).to_series()
    return plain.fill_null(""), number, wrong


def _parsed(book: Workbook, rows: Rows) -> pl.DataFrame:
    """What calamine reads in these rows, without the row put behind them. Raises UnreadableFile."""
    content = _workbook_of(book, rows)
    try:
        reader = fastexcel.read_excel(content)
        read = reader.load_sheet(0, header_row=None, skip_rows=None, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise damaged(book.name) from error
    frame = read.head(-1).select(pl.all().cast(pl.String))
    cells = rows.markup.count(b"<v>") + rows.markup.count(b"<is>")
    found = frame.height * frame.width - sum(frame.null_count().row(0)) if frame.width else 0
    # a cell that stands twice, or outside of its rows, would be read by some programs and not by others
    if found != cells or frame.height > rows.last + 1 - rows.first:
        raise damaged(book.name)
    return _without_empty_columns(frame)


def _without_empty_columns(frame: pl.DataFrame) -> pl.DataFrame:
    """Columns at the right in which no cell has content are no columns."""
    empty = [one.null_count() == frame.height for one in frame]
    width = max((at + 1 for at, nothing in enumerate(empty) if not nothing), default=0)
    return frame[:, :width]


def _workbook_of(book: Workbook, rows: Rows) -> bytes:
    """A workbook of these rows alone. A row behind them has a cell in the first column, so that every part begins there."""
    behind = rows.last + 1 if rows.named else len(rows.numbers) + 1
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as package:
        for part, text in book.frame:
            package.writestr(part, text)
        with package.open(_SHEET, "w", force_zip64=True) as stream:
            stream.write(_OPENING)
            stream.write(_with_marks(rows.markup))
            stream.write(f'<row r="{behind}"><c r="A{behind}"><v>1</v></c></row></sheetData></worksheet>'.encode())
    return content.getvalue()
