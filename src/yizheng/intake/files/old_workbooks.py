"""Old workbooks (xls): each shown sheet is a table, under the same contract of cells as the newer kind."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import fastexcel
import polars as pl

from yizheng.intake.files.cells import in_blocks
from yizheng.intake.files.old_records import HasPassword, OldSheet, old_workbook
from yizheng.intake.files.refusing import UnreadableFile, damaged, has_formula, has_merged_cells
from yizheng.intake.files.tables import (
    EPOCH,
    EPOCH_1904,
    Table,
    cell_names,
    checked_width,
    noting,
    number_name,
    numbered,
)
from yizheng.kernel.archives import BadArchive

_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"
_DAY = r"^\d{4}-\d{2}-\d{2}"


def xls_tables(path: Path, name: str) -> tuple[tuple[Table, ...], tuple[str, ...]]:
    """The shown sheets that hold anything, and the names of those not shown. Raises UnreadableFile."""
    content = path.read_bytes()
    try:
        book = old_workbook(content)
        reader = fastexcel.read_excel(content)
    except (HasPassword, BadArchive, fastexcel.FastExcelError) as error:
        if isinstance(error, HasPassword) or "assword" in str(error):
            raise UnreadableFile("encrypted", f"“{name}”设有打开密码，请取消密码后上传") from error
        raise damaged(name) from error
    if len(book.sheets) != len(reader.sheet_names):
        raise damaged(name)
    epoch = EPOCH_1904 if book.counts_from_1904 else EPOCH
    tables, hidden = [], []
    for title, sheet in zip(reader.sheet_names, book.sheets, strict=True):
        if sheet.is_hidden:
            hidden.append(title)
            continue
        frame = _frame(reader, title, name)
        if frame.width:
            tables.append(_table(title, sheet, frame, epoch, name))
    return tuple(tables), tuple(hidden)


def _table(title: str, sheet: OldSheet, frame: pl.DataFrame, epoch: date, name: str) -> Table:
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


def _typed(sheet: OldSheet, frame: pl.DataFrame) -> pl.DataFrame:
    cells = [one.cast(pl.String).alias(name) for one, name in zip(frame, cell_names(frame.width), strict=True)]
    numbers = []
    for at, cell in enumerate(cells):
        rows = [row for row in sheet.numbers.get(at + sheet.first_column, ()) if row < frame.height]
        if rows:
            stands = _at(rows, frame.height) & ~cell.str.contains(_DAY).fill_null(value=False)
            numbers.append(stands.alias(number_name(at)))
    plain = [cell.str.replace(_MIDNIGHT, "$1").fill_null("") for cell in cells]
    notes = {
        "hidden": _at([row for row in sheet.hidden_rows if row < frame.height], frame.height),
        "cell_error": _at([row for row in sheet.errors if row < frame.height], frame.height),
    }
    return noting(numbered(pl.DataFrame([*plain, *numbers]), 1), notes)


def _at(rows: list[int], height: int) -> pl.Series:
    return pl.Series([False], dtype=pl.Boolean).new_from_index(0, height).scatter(sorted(rows), True)
