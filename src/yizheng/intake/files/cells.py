"""One contract of cells for all kinds of files: text, and beside it which cells were numbers, were wrong, or not shown.

Cells of a workbook are marked in its markup before they are parsed, so that afterwards a text is told from a number
that looks like it. Identity numbers kept as numbers have lost their last digits, and nobody sees it.
"""

import re
from collections.abc import Iterator
from typing import Protocol

import polars as pl

from yizheng.intake.files.refusing import damaged
from yizheng.intake.files.sheet_rows import Rows
from yizheng.intake.files.tables import BLOCK_ROWS, cell_names, noting, number_name, numbered

_SHARED, _TEXT, _ERROR = "\U000f5ffd", "\U000f5ffe", "\U000f5fff"
"""Characters put before the number of a shared text, before a text, before the words of an error."""
_MARKS = ((b"str", _TEXT), (b"s", _SHARED), (b"e", _ERROR))
_MIDNIGHT = r"^(\d{4}-\d{2}-\d{2})[ T]00:00:00$"
_DAY = r"^\d{4}-\d{2}-\d{2}"


class _Workbook(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def texts(self) -> pl.Series: ...


def with_marks(rows: bytes) -> bytes:
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


def typed_frame(read: pl.DataFrame, rows: Rows, columns: int, book: _Workbook) -> pl.DataFrame:
    """The cells as text under their names, which of them were numbers, and what is to be noted of each row.

    Raises UnreadableFile.
    """
    placed, height = _on_their_rows(read, rows), len(rows.numbers)
    cells: list[pl.Series] = []
    numbers: list[pl.Series] = []
    notes = {"hidden": rows.hidden, "cell_error": _none(height), "more_cells": _none(height)}
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
    cells += [_nothing(name, height) for name in names[len(cells) :]]
    return noting(numbered(pl.DataFrame([*cells, *numbers]), rows.numbers), notes)


def _on_their_rows(read: pl.DataFrame, rows: Rows) -> list[pl.Series]:
    """The parsed columns, which begin at the first row with content, with one cell for each row of the markup."""
    first = rows.last + 1 - read.height
    if rows.first == first and read.height == len(rows.numbers):
        return read.get_columns()
    at = rows.numbers - first
    at = at.set(at < 0, None).cast(pl.UInt32)
    return [one.gather(at) for one in read] if read.height else []


def _read(column: pl.Series, book: _Workbook) -> tuple[pl.Series, pl.Series | None, pl.Series | None]:
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


def _none(height: int) -> pl.Series:
    return pl.Series([False], dtype=pl.Boolean).new_from_index(0, height)


def _nothing(name: str, height: int) -> pl.Series:
    return pl.Series(name, [""], pl.String).new_from_index(0, height)


def in_blocks(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """The frame in blocks of moderate size."""
    return (frame.slice(at, BLOCK_ROWS) for at in range(0, frame.height, BLOCK_ROWS))
