"""What every kind of file is read into: tables of text in blocks, each row with its number in the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import polars as pl

ROW = "row"
"""The column of the row's number in its file, from 1."""
FLAW = "flaw"
"""The column that says what was wrong with reading the row: empty, or a code of ``FLAWS``."""

FLAWS = {
    "encoding": "本行的文字编码与文件其他部分不同或已损坏，请统一以 UTF-8 或 GB18030 保存",
    "deleted": "本行在 DBF 文件中带有删除标记",
    "cell_error": "本行有公式错误值（如 #N/A），请改为实际的值",
}

MOST_COLUMNS = 200
BLOCK_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: a sheet, a text file, a member of an archive.

    ``blocks`` begins anew each time it is called; its frames have the columns ``row``, ``flaw`` and the cells as
    text in ``c0``, ``c1`` … (empty text where there is none). ``beginning`` gives the first rows where that is cheaper
    than a block; ``look_through`` raises UnreadableFile when the table holds what is not taken in, wherever it stands.
    """

    name: str
    columns: int
    blocks: Callable[[], Iterator[pl.DataFrame]]
    beginning: Callable[[], pl.DataFrame | None] | None = None
    look_through: Callable[[], None] = lambda: None

    def head(self, rows: int = 20) -> list[list[str]]:
        """The first rows, by which the heading is found."""
        first = next(self.blocks(), None) if self.beginning is None else self.beginning()
        if first is None:
            return []
        return [list(cells) for cells in first.head(rows).select(cell_names(self.columns)).iter_rows()]

    def rows(self) -> Iterator[tuple[int, str, list[str]]]:
        """Number, flaw and cells of every row, for files of moderate size."""
        for block in self.blocks():
            for number, flaw, *cells in block.select(ROW, FLAW, *cell_names(self.columns)).iter_rows():
                yield number, flaw, cells


@dataclass(frozen=True, slots=True)
class Source:
    """A whole file: its kind (xlsx, xls, csv, dbf, zip) and its tables."""

    kind: str
    tables: tuple[Table, ...]


def cell_names(columns: int) -> list[str]:
    """The names of the cell columns of a frame."""
    return [f"c{index}" for index in range(columns)]


def block_of(
    rows: list[list[str]], first_row: int, columns: int, flaws: list[str] | None = None
) -> pl.DataFrame:
    """A frame from rows of cells; short rows are filled up."""
    data: dict[str, list[str]] = {name: [] for name in cell_names(columns)}
    for row in rows:
        for index, name in enumerate(data):
            data[name].append(row[index] if index < len(row) else "")
    frame = pl.DataFrame(data, schema=dict.fromkeys(data, pl.String))
    return numbered(frame, first_row, flaws)


def numbered(frame: pl.DataFrame, first_row: int, flaws: list[str] | None = None) -> pl.DataFrame:
    """The frame with its columns of numbers and flaws."""
    flaw = pl.Series(FLAW, flaws, dtype=pl.String) if flaws else pl.lit("").alias(FLAW)
    return frame.with_row_index(ROW, offset=first_row).with_columns(pl.col(ROW).cast(pl.Int64), flaw)
