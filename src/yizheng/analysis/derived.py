"""派生数据集: rows that stand under the digests of facts and not in facts themselves, such as the lines of an accepted sheet.

They are drawn for a day and a position, as a slice is: the same day and position give the same rows, and so the same figures.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from yizheng.registry.registers import Register
from yizheng.slices.columns import SliceColumn

LEDGER = (
    SliceColumn("subject_id", "主体", "integer"),
    SliceColumn("line", "登记项", "text"),
    SliceColumn("valid_from", "月份", "day", public=True),
    SliceColumn("authority_scope", "主管辖区", "integer"),
)
"""The columns every such table begins with."""


@dataclass(frozen=True, slots=True)
class DerivedTable:
    """One of them: the register whose slices date it, what its rows are called, its columns, and what draws them."""

    code: str
    title: str
    register: Register
    counted: str
    """What a row is, such as 例次."""
    columns: tuple[SliceColumn, ...]
    draw: Callable[[date, int], pl.DataFrame]
    distinct: tuple[str, str] | None = None
    """A column whose different values within a subject are counted too, and what they are called, such as 例."""


_declared: dict[str, DerivedTable] = {}


def declare(table: DerivedTable) -> None:
    """Let it be asked like a kind of fact."""
    _declared[table.code] = table


def derived(code: str) -> DerivedTable | None:
    """The table of a code; nothing where it is a kind of fact."""
    return _declared.get(code)


def derived_tables() -> list[DerivedTable]:
    """Every one."""
    return list(_declared.values())


@lru_cache(maxsize=8)
def rows(code: str, day: date, position: int) -> pl.DataFrame:
    """The rows as of a day as known at a position, which never change."""
    return _declared[code].draw(day, position)
