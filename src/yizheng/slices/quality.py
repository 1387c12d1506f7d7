"""The rules a slice is verified by, each with its dimension of GB/T 36344-2018: how many cells or rows were tested, how many are wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from yizheng.kernel.codes import table
from yizheng.slices.columns import KEY, SliceColumn
from yizheng.slices.polish_rules import EARLIEST, known, tidy

DIMENSIONS: Mapping[str, str] = {
    "01": "规范性",
    "02": "完整性",
    "03": "准确性",
    "04": "一致性",
    "05": "时效性",
    "06": "可访问性",
}
MOST_NAMED = 20
"""So many subjects are named with a result."""


@dataclass(frozen=True, slots=True)
class Result:
    """What one rule found in one table."""

    rule: str
    title: str
    dimension: str
    table: str
    tested: int
    hit: int
    subjects: tuple[int, ...] = ()


def results(name: str, rows: pl.DataFrame, columns: Sequence[SliceColumn], valid_on: date) -> Iterator[Result]:
    """Every rule over one table."""
    for rule, title, dimension, wrong in _asked(rows, columns, valid_on):
        hit = wrong if isinstance(wrong, pl.DataFrame) else rows.filter(wrong)
        yield Result(
            rule, title, dimension, name, rows.height, hit.height, tuple(hit["subject_id"].unique().sort().head(MOST_NAMED))
        )  # fmt: skip


def _asked(
    rows: pl.DataFrame, columns: Sequence[SliceColumn], valid_on: date
) -> Iterator[tuple[str, str, str, pl.Expr | pl.DataFrame]]:
    for column in columns:
        yield from _of_column(rows, column)
    yield "V31", "同一主体、登记项、生效日期唯一", "03", pl.struct(*KEY[:3]).is_duplicated()
    yield "V51", "生效日期不晚于切片日期", "05", pl.col("valid_from") > valid_on
    yield "V52", "生效日期早于失效日期", "05", pl.col("valid_from") >= pl.col("valid_to")


def _of_column(rows: pl.DataFrame, column: SliceColumn) -> Iterator[tuple[str, str, str, pl.Expr | pl.DataFrame]]:
    value = pl.col(column.name)
    if column.required and column.name not in KEY:
        empty = value.is_null() | (value == "") if column.is_text else value.is_null()
        yield "V21", f"必填项“{column.label}”不为空", "02", empty
    if column.is_text and (column.tables or column.codes):
        unknown = [code for code in rows[column.name].unique().drop_nulls() if code and not known(column, code)]
        yield "V11", f"“{column.label}”在代码表内", "01", value.is_in(pl.Series(unknown, dtype=pl.String))
        yield "V12", f"“{column.label}”的代码在生效日期有效", "01", _out_of_force(rows, column)
    elif column.is_text:
        untidy = [text for text in rows[column.name].unique().drop_nulls() if tidy(text) != text]
        yield (
            "V13",
            f"“{column.label}”没有多余空格和全角字母数字",
            "01",
            value.is_in(pl.Series(untidy, dtype=pl.String)),
        )
    if column.type == "day":
        yield "V32", f"“{column.label}”不早于 1900 年", "03", (value < EARLIEST).fill_null(value=False)


def _out_of_force(rows: pl.DataFrame, column: SliceColumn) -> pl.Expr:
    """Rows whose code is known, but not in force on the day they begin to hold."""
    wrong = pl.lit(value=False)
    for code in rows[column.name].unique().drop_nulls():
        dated = [
            each for name in column.tables if (each := table(name).get(code)) and (each.valid_from or each.valid_to)
        ]
        for each in dated[:1]:
            early = pl.col("valid_from") < each.valid_from if each.valid_from else pl.lit(value=False)
            late = pl.col("valid_from") >= each.valid_to if each.valid_to else pl.lit(value=False)
            wrong = wrong | ((pl.col(column.name) == code) & (early | late))
    return wrong


def dangling(name: str, rows: pl.DataFrame, column: SliceColumn, standing: pl.Series) -> Result:
    """V41: the subjects a column names stand in their register."""
    wrong = rows.filter(pl.col(column.name).is_not_null() & ~pl.col(column.name).is_in(standing.implode()))
    named = tuple(wrong["subject_id"].unique().sort().head(MOST_NAMED))
    return Result("V41", f"“{column.label}”是登记簿上的主体", "04", name, rows.height, wrong.height, named)


def scores(found: Sequence[Result]) -> list[tuple[str, str, int, int]]:
    """Tested and passed by dimension, in the order of the standard."""
    return [
        (code, title, sum(each.tested for each in of), sum(each.tested - each.hit for each in of))
        for code, title in DIMENSIONS.items()
        if (of := [each for each in found if each.dimension == code])
    ]
