"""概况: each column of a slice in figures, and which of them drifted away from the slice before.

What counts as drift is said here: it stops nobody, but the report names it and the signer answers for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from yizheng.slices.columns import SliceColumn

TOP = 5
EMPTY_POINTS = 0.05
"""A share of empty cells that moved by more is a drift."""
DISTINCT_SHARE = 0.5
"""A number of different values that changed by more than this share is a drift."""
FEW = 20
"""Below so many rows shares say nothing."""


@dataclass(frozen=True, slots=True)
class Drift:
    """What moved in a column."""

    column: str
    what: str
    before: str
    after: str


def profile(rows: pl.LazyFrame, number: int, columns: Sequence[SliceColumn]) -> list[dict[str, Any]]:
    """How many cells of each column are empty, how many values differ, the least, the greatest and the most frequent ones.

    Of personal columns no value is shown.
    """
    if not number:
        return [_line(column, {"rows": 0}, {}) for column in columns]
    asked: list[pl.Expr] = [pl.len().alias("rows")]
    for column in columns:
        value = pl.col(column.name)
        empty = value.is_null()
        if column.is_text:
            empty = empty | (value == "")
        if column.type == "codes":
            empty = empty | (value.list.len() == 0)
        asked += [empty.sum().alias(f"{column.name}:empty"), value.n_unique().alias(f"{column.name}:distinct")]
        if column.type in ("integer", "day"):
            asked += [value.min().alias(f"{column.name}:min"), value.max().alias(f"{column.name}:max")]
    coded = [each for each in columns if (each.tables or each.codes or each.type == "flag") and not each.personal]
    frames = pl.collect_all([rows.select(asked), *(_counted(column, rows) for column in coded)])
    tops = {column.name: _top(frame) for column, frame in zip(coded, frames[1:], strict=True)}
    found = frames[0].row(0, named=True)
    return [_line(column, found, tops) for column in columns]


def _line(column: SliceColumn, found: Mapping[str, Any], tops: Mapping[str, list[list[Any]]]) -> dict[str, Any]:
    name = column.name
    return {
        "column": name,
        "label": column.label,
        "rows": found["rows"],
        "empty": found.get(f"{name}:empty", 0),
        "distinct": found.get(f"{name}:distinct", 0),
        "least": _shown(column, found.get(f"{name}:min")),
        "most": _shown(column, found.get(f"{name}:max")),
        "top": tops.get(name, []),
    }


def _shown(column: SliceColumn, value: Any) -> str:
    if value is None or column.personal:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _counted(column: SliceColumn, rows: pl.LazyFrame) -> pl.LazyFrame:
    """The most frequent codes of a column with their numbers."""
    value = pl.col(column.name)
    asked = rows.select(value.explode() if column.type == "codes" else value).group_by(column.name).len()
    return asked.sort("len", column.name, descending=[True, False]).head(TOP)


def _top(found: pl.DataFrame) -> list[list[Any]]:
    return [["" if code is None else str(code), number] for code, number in found.iter_rows()]


def drifts(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> Iterator[Drift]:
    """The columns whose figures moved too far."""
    former = {each["column"]: each for each in before}
    for line in after:
        known = former.get(line["column"])
        if known is None:
            yield Drift(line["label"], "新增的列", "", "")
        elif min(known["rows"], line["rows"]) >= FEW:
            yield from _moved(known, line)


def _moved(known: Mapping[str, Any], line: Mapping[str, Any]) -> Iterator[Drift]:
    was, now = known["empty"] / known["rows"], line["empty"] / line["rows"]
    if abs(now - was) > EMPTY_POINTS:
        yield Drift(line["label"], "空值率", f"{was:.1%}", f"{now:.1%}")
    if abs(line["distinct"] - known["distinct"]) > DISTINCT_SHARE * known["distinct"]:
        yield Drift(line["label"], "不同值数", str(known["distinct"]), str(line["distinct"]))
