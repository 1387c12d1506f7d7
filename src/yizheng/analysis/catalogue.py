"""常用提问: the questions every user of a register asks, declared by its system in a table and ready to be asked.

Columns of the table: code, title, dataset, measure, rows, columns, filters, compare, view, per. Filters are written
``dimension=value|value;dimension=value``, a range of days after the day of the question ``dimension=0..90``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from yizheng.analysis.questions import Filter, Question


@dataclass(frozen=True, slots=True)
class ReadyQuestion:
    """One of them."""

    code: str
    title: str
    system: str
    question: Question


_tables: dict[str, tuple[str, Path]] = {}


def declare(code: str, title: str, table: Path) -> None:
    """Add the questions of a system."""
    _tables[code] = (title, table)


def systems() -> dict[str, str]:
    """The systems that have questions, by code."""
    return {code: title for code, (title, _) in _tables.items()}


def ready(system: str = "") -> list[ReadyQuestion]:
    """The questions of a system, or of all."""
    return [each for code, (_, table) in _tables.items() if system in ("", code) for each in _read(code, table)]


def ready_question(code: str) -> ReadyQuestion | None:
    """The question of this code."""
    return next((each for each in ready() if each.code == code), None)


@cache
def _read(system: str, table: Path) -> tuple[ReadyQuestion, ...]:
    with table.open(encoding="utf-8", newline="") as stream:
        return tuple(
            ReadyQuestion(
                f"{system}-{row['code']}",
                row["title"],
                system,
                Question(
                    row["dataset"], row["measure"] or "subjects", row["rows"], row["columns"], tuple(_filters(row["filters"])),
                    "", row["compare"], row["view"] or "table", row["per"],
                ),
            )
            for row in csv.DictReader(stream)
        )  # fmt: skip


def _filters(text: str) -> Iterator[Filter]:
    for part in filter(None, text.split(";")):
        dimension, _, values = part.partition("=")
        yield Filter(dimension, tuple(values.split("|")))
