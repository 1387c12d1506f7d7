"""The rules of polishing (打磨): what is normalised in a copy, and what is only marked because no rule can know better.

P01 blanks at the ends, doubled blanks and full-width letters and figures in texts; P02 a name where a code belongs; P03 a code that no
table knows; P04 a day before 1900. P01 and P02 mend the copy, P03 and P04 only mark. The register is never written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from yizheng.kernel.codes import table
from yizheng.kernel.signs import FULL_WIDTH
from yizheng.slices.columns import KEY, SliceColumn

EARLIEST = date(1900, 1, 1)
RULES = {
    "P01": "去除首尾和重复空格，字母数字统一为半角",
    "P02": "填的是名称，改为代码",
    "P03": "代码不在代码表中，不能自动处理",
    "P04": "日期早于 1900 年，不能自动处理",
}


@dataclass(frozen=True, slots=True)
class Touched:
    """One cell that a rule found."""

    row: int
    subject: int
    scope: int
    column: str
    label: str
    old: str
    new: str
    rule: str
    mended: bool


def polished(rows: pl.DataFrame, columns: Sequence[SliceColumn]) -> tuple[pl.DataFrame, list[Touched]]:
    """The rows as polishing leaves them, and every cell a rule found."""
    touched: list[Touched] = []
    for column in columns:
        if column.name in KEY:
            continue
        new = _mended(rows[column.name], column)
        if new is not None:
            rule = "P02" if column.tables else "P01"
            touched += _cells(rows, column, rows[column.name].ne_missing(new), new, rule)
            rows = rows.with_columns(new)
        strange = _strange(rows, column)
        if strange is not None and strange.any():
            rule = "P04" if column.type == "day" else "P03"
            touched += _cells(rows, column, strange, rows[column.name], rule, mended=False)
    return rows, touched


_LETTERS = {code: half for code, half in FULL_WIDTH.items() if chr(half).isalnum()}
"""Full-width letters and figures; full-width brackets and stops are right in Chinese text."""


def tidy(text: str) -> str:
    """A text without blanks at its ends, doubled blanks, and full-width letters and figures."""
    return " ".join(text.translate(_LETTERS).split())


def _mended(values: pl.Series, column: SliceColumn) -> pl.Series | None:
    """The column with what can be mended; nothing where all is well."""
    if not column.is_text:
        return None
    better: Callable[[str], str] = _coded(column) if column.tables else tidy
    wrong = {text: new for text in values.unique().drop_nulls() if (new := better(text)) != text}
    return values.replace(wrong) if wrong else None


def _coded(column: SliceColumn) -> Callable[[str], str]:
    """What turns the name of a code into the code."""

    def code(text: str) -> str:
        if not text or any(text in table(name) for name in column.tables):
            return text
        found = (table(name).find_by_name(text) for name in column.tables)
        return next((each.code for each in found if each), text)

    return code


def _strange(rows: pl.DataFrame, column: SliceColumn) -> pl.Series | None:
    """Which cells no rule can mend."""
    values = rows[column.name]
    if column.type == "day":
        return (values < EARLIEST).fill_null(value=False)
    if column.is_text and (column.tables or column.codes):
        unknown = [code for code in values.unique().drop_nulls() if code and not known(column, code)]
        return values.is_in(pl.Series(unknown, dtype=pl.String)).fill_null(value=False) if unknown else None
    return None


def known(column: SliceColumn, code: str) -> bool:
    """Whether one of the tables of the column, or the codes declared beside it, know the code."""
    return code in (column.codes or {}) or any(code in table(name) for name in column.tables)


def _cells(
    rows: pl.DataFrame, column: SliceColumn, where: pl.Series, new: pl.Series, rule: str, *, mended: bool = True
) -> Iterator[Touched]:  # fmt: skip
    found = rows.select("id", "subject_id", "authority_scope", pl.col(column.name).alias("old")).with_columns(
        new.alias("new")
    )
    for row, subject, scope, old, better in found.filter(where).iter_rows():
        yield Touched(row, subject, scope, column.name, column.label, str(old), str(better), rule, mended)
