"""Workbooks (xlsx, xls): each sheet is a table. Cells come as text, days as year-month-day.

A sheet of xlsx is read in parts: its rows are cut out of the stream of its markup and read part by part, so that
memory holds one part and the list of shared texts, never the sheet.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import fastexcel
import polars as pl

from yizheng.documents.spreadsheets import letters
from yizheng.intake.files.refusing import UnreadableFile
from yizheng.intake.files.sheets import Sheet, sheets_of
from yizheng.intake.files.tables import BLOCK_ROWS, MOST_COLUMNS, Table, cell_names, numbered

_PART = 48 * 1024 * 1024
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2}) 00:00:00$"
_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"')
_ROW_END = b"</row>"
_ERROR_ROW = re.compile(rb'<c r="[A-Z]+(\d+)"[^>]*\bt="e"')
_SHARED = "xl/sharedStrings.xml"


def xls_tables(path: Path, name: str) -> tuple[Table, ...]:
    """The sheets of an old workbook. Raises UnreadableFile."""
    reader = _opened(path.read_bytes(), name)
    return tuple(
        _xls_table(name, sheet, _frame(reader, name, sheet, leading=True)) for sheet in reader.sheet_names
    )


def xlsx_tables(path: Path, name: str) -> tuple[Table, ...]:
    """The visible sheets of a workbook that hold anything. Raises UnreadableFile."""
    try:
        with zipfile.ZipFile(path) as package:
            found = sheets_of(package, name)
    except (zipfile.BadZipFile, EOFError, OSError, KeyError, zlib.error, UnicodeDecodeError) as error:
        raise _damaged(name) from error
    return tuple(_xlsx_table(path, name, sheet) for sheet in found if not sheet.is_empty)


def _xls_table(name: str, sheet: str, frame: pl.DataFrame) -> Table:
    columns = _width(frame.width, name)
    return Table(sheet, columns, lambda: _in_blocks(_as_text(frame, columns), 1))


def _xlsx_table(path: Path, name: str, sheet: Sheet) -> Table:
    columns = _width(sheet.columns, name)
    return Table(sheet.name, columns, lambda: _xlsx_blocks(path, name, sheet, columns))


def _width(columns: int, name: str) -> int:
    if columns > MOST_COLUMNS:
        raise UnreadableFile(
            "too_many_columns", f"“{name}”有 {columns} 列，超过 {MOST_COLUMNS} 列；请只保留模板中的列"
        )
    return columns


def _xlsx_blocks(path: Path, name: str, sheet: Sheet, columns: int) -> Iterator[pl.DataFrame]:
    try:
        with zipfile.ZipFile(path) as package:
            frame_of_package = _without_sheets(package)
            for head, rows in _parts(package, sheet):
                yield from _part(frame_of_package, name, sheet, columns, head, rows)
    except (zipfile.BadZipFile, EOFError, OSError, zlib.error) as error:
        raise _damaged(name) from error


def _without_sheets(package: zipfile.ZipFile) -> list[tuple[str, bytes]]:
    """All the parts of the package a sheet cannot be read without."""
    wanted = (
        "[Content_Types].xml",
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
    )
    names = set(package.namelist())
    return [(one, package.read(one)) for one in (*wanted, _SHARED) if one in names]


def _parts(package: zipfile.ZipFile, sheet: Sheet) -> Iterator[tuple[bytes, bytes]]:
    """The markup before the first row, and whole rows, part by part."""
    head, rest = b"", b""
    with package.open(sheet.part) as stream:
        while piece := stream.read(_PART):
            rest += piece
            if not head:
                start = rest.find(b"<row ")
                if start < 0:
                    continue
                head, rest = rest[:start], rest[start:]
            cut = rest.rfind(_ROW_END)
            if cut >= 0:
                yield head, rest[: cut + len(_ROW_END)]
                rest = rest[cut + len(_ROW_END) :]


def _part(
    frame_of_package: list[tuple[str, bytes]], name: str, sheet: Sheet, columns: int, head: bytes, rows: bytes
) -> Iterator[pl.DataFrame]:
    """The rows of one part. A row added behind them names the first and the last column, so that all parts are as wide."""
    numbers = _ROW.search(rows), _ROW.search(rows, max(0, rows.rfind(b"<row ")))
    first = int(numbers[0][1]) if numbers[0] else 1
    last = int(numbers[1][1]) if numbers[1] else first
    anchor = "".join(f'<c r="{letters(at)}{last + 1}"><v>1</v></c>' for at in sorted({0, columns - 1}))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as package:
        for part, text in frame_of_package:
            package.writestr(part, text)
        with package.open(sheet.part, "w", force_zip64=True) as stream:
            stream.write(head)
            stream.write(rows)
            stream.write(f'<row r="{last + 1}">{anchor}</row></sheetData></worksheet>'.encode())
    frame = _frame(_opened(content.getvalue(), name), name, sheet.name, leading=False)
    # rows without a cell at the beginning of a part are not there: count from the end
    frame = _as_text(frame, columns).head(-1)
    errors = {int(number) for number in _ERROR_ROW.findall(rows)} if b't="e"' in rows else set()
    yield from _in_blocks(frame, last + 1 - frame.height, errors)


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


def _as_text(frame: pl.DataFrame, columns: int) -> pl.DataFrame:
    """The first columns as text under the names of cells, midnight taken off of days."""
    frame = frame.select(frame.columns[:columns])
    frame = frame.rename(dict(zip(frame.columns, cell_names(columns), strict=False)))
    frame = frame.with_columns(
        pl.lit(None, pl.String).alias(cell) for cell in cell_names(columns)[frame.width :]
    )
    return frame.with_columns(pl.all().cast(pl.String).str.replace(_MIDNIGHT, "$1").fill_null(""))


def _in_blocks(frame: pl.DataFrame, first_row: int, errors: set[int] | None = None) -> Iterator[pl.DataFrame]:
    for at in range(0, frame.height, BLOCK_ROWS):
        block = frame.slice(at, BLOCK_ROWS)
        rows = range(first_row + at, first_row + at + block.height)
        flaws = ["cell_error" if row in errors else "" for row in rows] if errors else None
        yield numbered(block, first_row + at, flaws)


def _damaged(name: str) -> UnreadableFile:
    return UnreadableFile("truncated", f"“{name}”不完整或已损坏，请重新导出或重新传输后上传")
