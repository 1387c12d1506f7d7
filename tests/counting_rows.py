"""What statements cost in rows that pass through their plans, so that a plan that falls off a cliff shows on any machine."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

_COUNTED = re.compile(
    r"\s*(?:select|insert|update|delete|with|create temp table \w+ (?:on commit drop )?as)\b", re.IGNORECASE
)
_PASSED = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter", "Rows Removed by Index Recheck")


@dataclass
class RowsPassed:
    """Rows by statement, in the order asked."""

    of: list[tuple[int, str]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Over all statements."""
        return sum(rows for rows, _ in self.of)


@contextmanager
def rows_passed() -> Iterator[RowsPassed]:
    """Each statement within is explained and undone before it runs; what triggers ask is not seen."""
    counted, explaining = RowsPassed(), False

    def explained(execute: Any, statement: str, parameters: Any, many: bool, context: Any) -> Any:
        nonlocal explaining
        if not (explaining or many) and _COUNTED.match(statement):
            explaining = True
            try:
                counted.of.append((_rows(statement, parameters), " ".join(statement.split())))
            finally:
                explaining = False
        return execute(statement, parameters, many, context)

    with connection.execute_wrapper(explained):
        yield counted


def _rows(statement: str, parameters: Any) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"explain (analyze, timing off, format json) {statement}", parameters)
        (answer,) = cursor.fetchone()
        transaction.set_rollback(True)
    (whole,) = json.loads(answer) if isinstance(answer, str) else answer
    return round(_of(whole["Plan"]))


def _of(node: dict[str, Any]) -> float:
    here = sum(node.get(name, 0) for name in _PASSED) * node["Actual Loops"]
    return float(here + sum(_of(child) for child in node.get("Plans", [])))
