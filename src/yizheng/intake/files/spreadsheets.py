"""Workbooks (xlsx): each sheet is a table. Cells come as text, days as year-month-day.

A sheet is read in parts: its rows are cut out of the stream of its markup and parsed part by part, two at a time beside
whoever takes them, so that memory holds a few parts and the list of shared texts, never the sheet.
"""

import io
import zipfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import fastexcel
import polars as pl

from yizheng.intake.files.cells import in_blocks, typed_frame, with_marks
from yizheng.intake.files.refusing import damaged
from yizheng.intake.files.shared_texts import shared_texts
from yizheng.intake.files.sheet_rows import Rows, look_through, rows_of
from yizheng.intake.files.surroundings import Surroundings
from yizheng.intake.files.tables import BLOCK_ROWS, EPOCH, EPOCH_1904, Table, checked_width
from yizheng.intake.files.workbook_parts import SheetPart, WorkbookParts, opened_package, parts_of
from yizheng.kernel.archives import Archive

_AT_ONCE = 2
_SHEET = "xl/worksheets/sheet1.xml"


def xlsx_tables(path: Path, name: str) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The visible sheets of a workbook that hold anything, and the names of those not shown. Raises UnreadableFile."""
    with opened_package(path, name) as archive:
        parts = parts_of(archive)
    book = Workbook(path, name, parts)
    tables = (_table(_Reading(book, sheet)) for sheet in parts.sheets)
    return tuple(one for one in tables if one is not None), parts.hidden


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
        made = _FRAME_1904 if self.parts.counts_from_1904 else _FRAME
        return [*made, *([("xl/styles.xml", styles)] if styles else [])]


class _Reading:
    """One sheet of one workbook, read as often as it is asked for."""

    def __init__(self, book: Workbook, sheet: SheetPart) -> None:
        self.book, self.sheet = book, sheet
        self.around = Surroundings()
        self.columns = 0

    def beginning(self) -> pl.DataFrame | None:
        """The first rows, without the rest being read; None where no row has a cell with content."""
        return self._first

    @cached_property
    def _first(self) -> pl.DataFrame | None:
        with opened_package(self.book.path, self.book.name) as archive:
            for rows in self._rows(archive, self.around):
                read = _parsed(self.book, rows)
                self.columns = checked_width(read.width, self.book.name)
                if self.columns:
                    return typed_frame(read, rows, self.columns, self.book)
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
            look_through(archive, self.sheet.part, self.book.name, self.sheet.name)

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
        return typed_frame(_parsed(self.book, rows), rows, self.columns, self.book)


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
            stream.write(with_marks(rows.markup))
            stream.write(f'<row r="{behind}"><c r="A{behind}"><v>1</v></c></row></sheetData></worksheet>'.encode())
    return content.getvalue()


_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OPENING = f'<worksheet xmlns="{_MAIN}"><sheetData>'.encode()


def _relations(*targets: tuple[str, str]) -> bytes:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'.encode()


def _frame(about: str) -> list[tuple[str, bytes]]:
    book = (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">{about}'
        '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    types = (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    return [
        ("[Content_Types].xml", types.encode()),
        ("_rels/.rels", _relations(("officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml", book.encode()),
        ("xl/_rels/workbook.xml.rels", _relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))),
    ]


_FRAME = _frame("")
_FRAME_1904 = _frame('<workbookPr date1904="1"/>')


def _table(reading: _Reading) -> Table | None:
    first = reading.beginning()
    if first is None:
        return None
    return Table(
        reading.sheet.name,
        reading.columns,
        reading.blocks,
        reading.beginning,
        reading.look_through,
        EPOCH_1904 if reading.book.parts.counts_from_1904 else EPOCH,
        frozenset(reading.around.hidden_columns),
    )
