"""The door of the sequelae system's calculators, for tests that ask row by row."""

from typing import Any

from yizheng.kernel.calculators import find
from yizheng.systems.sequelae import calculators as _declares  # noqa: F401 — declares the calculators


def asked(name: str, *rows: dict[str, Any], **parameters: Any) -> list[dict[str, str]]:
    """The answers to rows of cells by column."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [[str(row.get(column, "")) for column in columns] for row in rows]
    names, answers = find(f"sequelae.{name}").answer(columns, cells, parameters)
    return [dict(zip(names, answer, strict=True)) for answer in answers]


def one(name: str, parameters: dict[str, Any] | None = None, /, **row: Any) -> dict[str, str]:
    """The answer to one row."""
    (answer,) = asked(name, row, **(parameters or {}))
    return answer
