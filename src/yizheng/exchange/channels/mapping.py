"""Mapping tables (对照表): our codes beside a partner's, dated, in files of ``data/mappings``; a message names the version it used.

A code without a row is a fault of the table, owned by the engineer, and never sent as ours.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "data" / "mappings"


class Unmapped(LookupError):
    """The table has no row for this code on that day; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Row:
    """One code of ours and what a partner calls it, from a day until another."""

    ours: str
    theirs: str
    name: str
    valid_from: date
    valid_to: date | None
    doubtful: bool

    def in_force(self, on: date) -> bool:
        """Whether the row holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


@dataclass(frozen=True, slots=True)
class Mapping:
    """One table."""

    name: str
    title: str
    rows: tuple[Row, ...]

    @property
    def version(self) -> date:
        """The newest day from which a row holds."""
        return max(each.valid_from for each in self.rows)

    def to(self, code: str, on: date) -> str:
        """What the partner calls it. Raises Unmapped."""
        for row in self.rows:
            if row.ours == code and row.in_force(on):
                return row.theirs
        raise Unmapped(f"对照表“{self.title}”没有 {code} 在 {on.isoformat()} 的对照")


@cache
def mapping(name: str) -> Mapping:
    """The table of a name: the first line of its file is its title, the columns follow."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        title = next(file).strip().lstrip("# ")
        rows = tuple(
            Row(
                each["ours"], each["theirs"], each["name"], date.fromisoformat(each["valid_from"]),
                date.fromisoformat(each["valid_to"]) if each["valid_to"] else None, each["doubtful"] == "1",
            )
            for each in csv.DictReader(file)
        )  # fmt: skip
    return Mapping(name, title, rows)
