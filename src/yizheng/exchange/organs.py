"""The unified social credit codes of the registering organs, as other platforms ask for them; dated data."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "organs.csv"


@cache
def _rows() -> tuple[dict[str, str], ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def organ_code(area: str, on: date) -> str:
    """The code of the organ of an area (as in ``documents.authorities``) on a day; empty where none is known."""
    for row in _rows():
        ends = date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max
        if row["area"] == area and date.fromisoformat(row["valid_from"]) <= on < ends:
            return row["uscc"]
    return ""
