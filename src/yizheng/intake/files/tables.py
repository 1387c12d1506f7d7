"""What every kind of file is read into: tables of text in blocks, each row with its number in the file."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from yizheng.intake.files.refusing import UnreadableFile

ROW = "row"
"""The column of the row's number in its file, from 1."""
FLAW = "flaw"
"""The column that says what is to be noted of reading the row: empty, or codes of ``FLAWS`` with blanks between them."""

FLAWS = {
    "encoding": "本行的文字编码与文件其他部分不同或已损坏，请统一以 UTF-8 或 GB18030 保存",
    "deleted": "本行在 DBF 文件中带有删除标记",
    "cell_error": "本行有公式错误值（如 #N/A），请改为实际的值",
    "more_cells": "本行的内容比表头多，可能有单元格错位，请核对分隔符和列",
    "long_number": "本行有被存为数字的长号码，末几位已丢失；请把该列设为文本后重新填写",
    "hidden": "本行在文件中是隐藏的（筛选或隐藏行）",
}
REMARKS = frozenset({"hidden"})
"""Flaws that do not stop a row."""

EPOCH = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
"""The day from which a workbook counts days."""

DIGITS_KEPT = 15
"""Digits of a number that a spreadsheet keeps; those behind them become noughts."""

MOST_COLUMNS = 200
BLOCK_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: a sheet, a text file, a member of an archive.

    ``blocks`` begins anew each time it is called; its frames have the columns ``row``, ``flaw`` and the cells as
    text in ``c0``, ``c1`` … (empty text where there is none); ``n0``, ``n1`` … are there for columns in which some
    cell is a number, and say which. ``beginning`` gives the first rows where that is cheaper than a block;
    ``look_through`` raises UnreadableFile when the table holds what is not taken in, wherever it stands.
    """

    name: str
    columns: int
    blocks: Callable[[], Iterator[pl.DataFrame]]
    beginning: Callable[[], pl.DataFrame | None] | None = None
    look_through: Callable[[], None] = lambda: None
    epoch: date = EPOCH
    hidden_columns: frozenset[int] = frozenset()
    """Columns, from 0, that are not shown."""

    def head(self, rows: int = 20) -> list[list[str]]:
        """The first rows, by which the heading is found."""
        first = next(self.blocks(), None) if self.beginning is None else self.beginning()
        if first is None:
            return []
        return [list(cells) for cells in first.head(rows).select(cell_names(self.columns)).iter_rows()]

    def rows(self) -> Iterator[tuple[int, str, list[str]]]:
        """Number, flaw and cells of every row, for files of moderate size."""
        for read in self.blocks():
            block = noting(read, {"long_number": long_numbers(read)})
            for number, flaw, *cells in block.select(ROW, FLAW, *cell_names(self.columns)).iter_rows():
                yield number, flaw, cells


@dataclass(frozen=True, slots=True)
class Source:
    """A whole file: its kind (xlsx, xls, csv, dbf, zip), its tables, and what of it is not read, in words."""

    kind: str
    tables: tuple[Table, ...]
    unread: tuple[str, ...] = ()


def cell_names(columns: int) -> list[str]:
    """The names of the cell columns of a frame."""
    return [f"c{index}" for index in range(columns)]


def number_name(column: int) -> str:
    """The name of the column that says which cells of a column were numbers."""
    return f"n{column}"


def long_numbers(block: pl.DataFrame) -> pl.Series:
    """Rows in which a cell is a number longer than a spreadsheet can keep: its last digits are not what was typed."""
    found = pl.repeat(False, block.height, eager=True)
    for name in block.columns:
        if name.startswith("n") and name[1:].isdecimal():
            found |= is_long_number(block[f"c{name[1:]}"], block[name])
    return found


def is_long_number(cells: pl.Series, numbers: pl.Series) -> pl.Series:
    """Which of the cells are numbers with more digits than a spreadsheet keeps."""
    return numbers.fill_null(value=False) & cells.str.contains(rf"^-?\d{{{DIGITS_KEPT + 1},}}")


def checked_width(columns: int, name: str) -> int:
    """The number of columns. Raises UnreadableFile when there are more than any list has."""
    if columns > MOST_COLUMNS:
        raise UnreadableFile("too_many_columns", f"“{name}”有 {columns} 列，超过 {MOST_COLUMNS} 列；请只保留模板中的列")
    return columns


def in_blocks(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The frame in blocks of moderate size."""
    return (frame.slice(at, BLOCK_ROWS) for at in range(0, frame.height, BLOCK_ROWS))


def block_of(rows: list[list[str]], first_row: int, columns: int, flaws: list[str] | None = None) -> pl.DataFrame:
    """A frame from rows of cells; short rows are filled up."""
    data: dict[str, list[str]] = {name: [] for name in cell_names(columns)}
    for row in rows:
        for index, name in enumerate(data):
            data[name].append(row[index] if index < len(row) else "")
    frame = pl.DataFrame(data, schema=dict.fromkeys(data, pl.String))
    return numbered(frame, first_row, flaws)


def numbered(frame: pl.DataFrame, rows: int | pl.Series, flaws: list[str] | None = None) -> pl.DataFrame:
    """The frame with its columns of numbers, given or counted from the first, and of flaws."""
    flaw = pl.Series(FLAW, flaws, dtype=pl.String) if flaws else pl.lit("").alias(FLAW)
    if isinstance(rows, int):
        frame = frame.with_row_index(ROW, offset=rows).with_columns(pl.col(ROW).cast(pl.Int64))
    else:
        frame = frame.insert_column(0, rows.alias(ROW))
    return frame.with_columns(flaw)


def noting(frame: pl.DataFrame, notes: Mapping[str, pl.Series]) -> pl.DataFrame:
    """The frame with further flaws at the rows where each is true."""
    for code, where in notes.items():
        if where.any():
            more = pl.concat_str(pl.col(FLAW), pl.lit(f" {code}")).str.strip_chars_start()
            frame = frame.with_columns(pl.when(where).then(more).otherwise(pl.col(FLAW)).alias(FLAW))
    return frame
