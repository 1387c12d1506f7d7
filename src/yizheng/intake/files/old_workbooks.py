"""Old workbooks (xls, BIFF5 and BIFF8, MS-XLS): each shown sheet is a table, under the same contract of cells as the newer kind.

The values are read by calamine; the records say what it does not: numbers, errors, formulas, merged cells, what is not shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import fastexcel
import polars as pl

from yizheng.intake.files.compound import CompoundFile
from yizheng.intake.files.refusing import UnreadableFile, damaged, has_formula, has_merged_cells
from yizheng.intake.files.tables import (
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
from yizheng.kernel.archives import ArchiveFault, BadArchive
from yizheng.kernel.places import letters

_BEGIN, _END = 0x809, 0x0A
_SHEET, _EPOCH, _PASSWORD = 0x85, 0x22, 0x2F
_FORMULAS = (0x06, 0x206, 0x406)
_ROW, _COLUMNS, _MERGED = 0x208, 0x7D, 0xE5
_NUMBERS, _SEVERAL_NUMBERS = (0x203, 0x27E), 0xBD
_TEXTS, _TRUTH_OR_ERROR = (0xFD, 0x204, 0xD6), 0x205
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"
_DAY = r"^\d{4}-\d{2}-\d{2}"


@dataclass
class _Sheet:
    """What the records of one sheet say; rows and columns from 0."""

    place: int
    is_hidden: bool
    numbers: dict[int, set[int]] = field(default_factory=dict)
    """By column the rows in which a number stands."""
    errors: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    first_column: int = 1 << 16
    formula: str = ""
    merged: str = ""
    """The first formula, and the first merged cells; empty when there are none."""


def xls_tables(path: Path, name: str) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The shown sheets that hold anything, and the names of those not shown. Raises UnreadableFile."""
    content = path.read_bytes()
    try:
        sheets, epoch = _sheets(content, name)
        reader = fastexcel.read_excel(content)
    except (BadArchive, fastexcel.FastExcelError) as error:
        raise (_enciphered(name) if "assword" in str(error) else damaged(name)) from error
    if len(sheets) != len(reader.sheet_names):
        raise damaged(name)
    tables, hidden = [], []
    for title, sheet in zip(reader.sheet_names, sheets, strict=True):
        if sheet.is_hidden:
            hidden.append(title)
            continue
        frame = _frame(reader, title, name)
        if frame.width:
            tables.append(_table(title, sheet, frame, epoch, name))
    return tuple(tables), tuple(hidden)


def _enciphered(name: str) -> UnreadableFile:
    return UnreadableFile("encrypted", f"“{name}”设有打开密码，请取消密码后上传")


def _sheets(content: bytes, name: str) -> tuple[list[_Sheet], date]:
    """What the records say of the sheets with cells, in the order of the file, and from when days count."""
    stream = CompoundFile(content).stream("Workbook", "Book")
    if stream is None:
        raise BadArchive(ArchiveFault.MISSING)
    sheets, epoch = [], EPOCH
    for kind, body in _records(stream, 0):
        if kind == _PASSWORD:
            raise _enciphered(name)
        if kind == _EPOCH and len(body) >= 2:
            epoch = EPOCH_1904 if body[0] == 1 else EPOCH
        if kind == _SHEET and len(body) >= 6 and body[5] == 0:
            sheets.append(_Sheet(int.from_bytes(body[:4], "little"), bool(body[4] & 3)))
    for sheet in sheets:
        for kind, body in _records(stream, sheet.place):
            _note(sheet, kind, body)
    return sheets, epoch


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of the records of one part, without those of charts within it."""
    depth = 0
    while at + 4 <= len(stream):
        kind, length = _two(stream, at), _two(stream, at + 2)
        body = stream[at + 4 : at + 4 + length]
        if len(body) < length:
            break
        at += 4 + length
        depth += (kind == _BEGIN) - (kind == _END)
        if depth <= 0:
            return
        if depth == 1:
            yield kind, body
    raise BadArchive(ArchiveFault.DAMAGED)


def _note(sheet: _Sheet, kind: int, body: bytes) -> None:
    row, column = _two(body, 0), _two(body, 2)
    if kind in _FORMULAS:
        sheet.formula = sheet.formula or f"{letters(column)}{row + 1}"
    elif kind in _NUMBERS:
        _number(sheet, row, column)
    elif kind == _SEVERAL_NUMBERS:
        for at in range((len(body) - 6) // 6):
            _number(sheet, row, column + at)
    elif kind == _TRUTH_OR_ERROR and len(body) >= 8:
        _number(sheet, row, column)
        if body[7]:
            sheet.errors.add(row)
    elif kind in _TEXTS:
        sheet.first_column = min(sheet.first_column, column)
    elif kind == _MERGED and len(body) >= 10:
        first, last, left, right = (_two(body, at) for at in (2, 4, 6, 8))
        sheet.merged = sheet.merged or f"{letters(left)}{first + 1}:{letters(right)}{last + 1}"
    else:
        _note_hidden(sheet, kind, body)


def _note_hidden(sheet: _Sheet, kind: int, body: bytes) -> None:
    first, last = _two(body, 0), _two(body, 2)
    if kind == _ROW and len(body) >= 16 and body[12] & 0x20:
        sheet.hidden_rows.add(first)
    elif kind == _COLUMNS and len(body) >= 10 and body[8] & 1:
        sheet.hidden_columns |= set(range(first, last + 1))


def _number(sheet: _Sheet, row: int, column: int) -> None:
    sheet.numbers.setdefault(column, set()).add(row)
    sheet.first_column = min(sheet.first_column, column)


def _two(content: bytes, at: int) -> int:
    return int.from_bytes(content[at : at + 2], "little")


def _table(title: str, sheet: _Sheet, frame: pl.DataFrame, epoch: date, name: str) -> Table:
    columns = checked_width(frame.width, name)

    def look_through() -> None:
        if sheet.formula:
            raise has_formula(name, title, sheet.formula)
        if sheet.merged:
            raise has_merged_cells(name, title, sheet.merged)

    def beginning() -> pl.DataFrame:
        return _typed(sheet, frame.head(100))

    def blocks() -> Iterator[pl.DataFrame]:
        look_through()
        return in_blocks(_typed(sheet, frame))

    hidden = frozenset(at - sheet.first_column for at in sheet.hidden_columns if at >= sheet.first_column)
    return Table(title, columns, blocks, beginning, look_through, epoch, hidden)


def _frame(reader: fastexcel.ExcelReader, title: str, name: str) -> pl.DataFrame:
    """A sheet as text, with the empty rows on top, so that rows have their numbers."""
    try:
        read = reader.load_sheet(title, header_row=None, skip_rows=0, dtypes="string")
        return read.to_polars() if read.width else pl.DataFrame()
    except fastexcel.FastExcelError as error:
        raise damaged(name) from error


def _typed(sheet: _Sheet, frame: pl.DataFrame) -> pl.DataFrame:
    cells = [one.cast(pl.String).alias(name) for one, name in zip(frame, cell_names(frame.width), strict=True)]
    numbers = []
    for at, cell in enumerate(cells):
        stands = _at(sheet.numbers.get(at + sheet.first_column, ()), frame.height)
        if stands.any():
            stands &= ~cell.str.contains(_DAY).fill_null(value=False)
            numbers.append(stands.alias(number_name(at)))
    plain = [cell.str.replace(_MIDNIGHT, "$1").fill_null("") for cell in cells]
    notes = {"hidden": _at(sheet.hidden_rows, frame.height), "cell_error": _at(sheet.errors, frame.height)}
    return noting(numbered(pl.DataFrame([*plain, *numbers]), 1), notes)


def _at(rows: Iterable[int], height: int) -> pl.Series:
    return pl.repeat(False, height, eager=True).scatter(sorted(row for row in rows if row < height), True)
