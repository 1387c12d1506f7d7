r"""Canonical rows: the text over which a slice has its digest, made by whoever wrote the file and checked by whoever reads it.

A row is a line in UTF-8, its values in the order of the columns parted by tabs, nothing written ``\N``; a tab, a line break or a
backslash within a text is written with a backslash, a day as 2026-03-01, yes and no as t and f, several codes as {11,12}. That is
the text form of PostgreSQL's COPY, so that the database itself writes it, and anybody can recompute it from the Parquet file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from yizheng.slices.columns import SliceColumn

PORTION = 200_000
_SIGNS = (("\t", "\\t"), ("\n", "\\n"), ("\r", "\\r"), ("\b", "\\b"), ("\f", "\\f"), ("\v", "\\v"))
_BACKSLASH = "\x00"  # PostgreSQL stores no text with it


def to_parquet(text: Path, columns: Sequence[SliceColumn], target: Path) -> None:
    """Turn a file of canonical rows into Parquet, in a stream."""
    if text.stat().st_size == 0:
        pl.DataFrame(schema={each.name: each.dtype for each in columns}).write_parquet(target)
        return
    rows = pl.scan_csv(
        text,
        has_header=False,
        separator="\t",
        quote_char=None,
        null_values="\\N",
        empty_string_is_null=False,
        schema={each.name: pl.String for each in columns},
    )
    rows.with_columns(map(_typed, columns)).sink_parquet(target, compression="zstd")


def digest_of(file: Path, columns: Sequence[SliceColumn]) -> str:
    """The content digest of a Parquet file, whoever wrote it."""
    made = hashlib.sha256()
    for portion in portions(file):
        made.update(text_of(portion, columns))
    return made.hexdigest()


def portions(file: Path) -> Iterator[pl.DataFrame]:
    """The rows of a file in its order, a portion at a time."""
    rows = pl.scan_parquet(file)
    total = rows.select(pl.len()).collect().item()
    for first in range(0, total, PORTION):
        yield rows.slice(first, PORTION).collect()


def text_of(rows: pl.DataFrame, columns: Sequence[SliceColumn]) -> bytes:
    """Rows in canonical form."""
    said = rows.select(map(_said, columns))
    return said.write_csv(
        separator="\t", quote_style="never", null_value="\\N", include_header=False, line_terminator="\n"
    ).encode()


def _typed(column: SliceColumn) -> pl.Expr:
    """A column of canonical text as its type."""
    value = pl.col(column.name)
    if column.type == "text":
        value = value.str.replace_all("\\\\", _BACKSLASH, literal=True)
        for sign, as_written in _SIGNS:
            value = value.str.replace_all(as_written, sign, literal=True)
        return value.str.replace_all(_BACKSLASH, "\\", literal=True)
    if column.type == "codes":
        none = pl.lit([], dtype=pl.List(pl.String))
        return (
            pl.when(value == "{}").then(none).otherwise(value.str.strip_chars("{}").str.split(",")).alias(column.name)
        )
    if column.type == "flag":
        return value == "t"
    return value.str.to_date("%Y-%m-%d") if column.type == "day" else value.cast(column.dtype)


def _said(column: SliceColumn) -> pl.Expr:
    """A typed column as canonical text."""
    value = pl.col(column.name)
    if column.type == "text":
        value = value.str.replace_all("\\", "\\\\", literal=True)
        for sign, as_written in _SIGNS:
            value = value.str.replace_all(sign, as_written, literal=True)
        return value
    if column.type == "codes":
        joined = pl.concat_str(pl.lit("{"), value.list.join(","), pl.lit("}"))
        return pl.when(value.is_null()).then(None).otherwise(joined).alias(column.name)
    if column.type == "flag":
        return value.replace_strict({True: "t", False: "f"}, return_dtype=pl.String)
    return value
