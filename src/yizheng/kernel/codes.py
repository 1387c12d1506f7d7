"""Code tables (代码表): the national and local dictionaries every other room speaks in.

A table is one CSV file under ``data/codes`` with the columns ``code, name, parent, valid_from, valid_to, doubtful``
and its own attributes behind them; ``data/tables.csv`` names every table, its standard and its version.
A code is in force on ``valid_from <= day < valid_to``; a missing bound is open.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from yizheng.kernel.signs import half_width

DATA = Path(__file__).parent / "data"
_CORE_COLUMNS = frozenset({"code", "name", "parent", "valid_from", "valid_to", "doubtful"})


class CodeError(LookupError):
    """A code or a table that does not exist, or is not in force; the message is Chinese and fit to be shown."""


@dataclass(frozen=True, slots=True)
class Code:
    """One row of a code table. ``doubtful`` marks a value the customer has still to confirm."""

    code: str
    name: str
    parent: str | None
    attributes: Mapping[str, str]
    valid_from: date | None = None
    valid_to: date | None = None
    doubtful: bool = False

    def in_force(self, on: date) -> bool:
        """Whether the code may be used on that day."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on < self.valid_to)

    def flag(self, attribute: str) -> bool:
        """Whether a yes/no attribute is set (``1``)."""
        return self.attributes[attribute] == "1"

    def many(self, attribute: str) -> tuple[str, ...]:
        """The values of an attribute that lists several, separated by ``;`` in the file."""
        return tuple(value for value in self.attributes[attribute].split(";") if value)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class TableInfo:
    """What the list of tables says of one; ``parent_table`` holds the parents of its codes, and is mostly itself."""

    name: str
    title: str
    parent_table: str
    standard: str
    version: str
    rows: int


class CodeTable:
    """A read-only dictionary of codes in file order, with a typed lookup and Chinese errors."""

    def __init__(self, info: TableInfo, rows: Iterator[Code]) -> None:
        self.info = info
        self._codes: dict[str, Code] = {}
        for row in rows:
            if row.code in self._codes:
                raise ValueError(f"{info.name}: duplicate code {row.code}")
            self._codes[row.code] = row
        self._by_name = {_written(row.name): row for row in reversed(self._codes.values())}

    @property
    def title(self) -> str:
        """What the table is called in Chinese."""
        return self.info.title

    def __getitem__(self, code: str) -> Code:
        try:
            return self._codes[code]
        except KeyError:
            raise CodeError(f"“{self.title}”代码表中没有代码“{code}”，请核对后重新填写。") from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    def __contains__(self, code: object) -> bool:
        return code in self._codes

    def get(self, code: str | None) -> Code | None:
        """The code, or None when the table does not know it."""
        return self._codes.get(code) if code is not None else None

    def require(self, code: str, on: date | None = None) -> Code:
        """The code, which must exist and, when a day is given, be in force on it.

        Raises ``CodeError`` saying which of the two failed.
        """
        found = self[code]
        if on is not None and not found.in_force(on):
            raise CodeError(
                f"“{self.title}”代码“{code}”（{found.name}）在{on.isoformat()}不在使用期内，请改用现行代码。"
            )
        return found

    def find_by_name(self, name: str) -> Code | None:
        """The first code of that name, brackets and letters of either width, or None."""
        return self._by_name.get(_written(name))

    def nearest_names(self, name: str, most: int = 3) -> list[str]:
        """The names of the table that a misspelt one may mean, the likeliest first."""
        wanted = _written(name)
        half = wanted[: max(2, (len(wanted) + 1) // 2)]
        alike = sorted((one for one in self._by_name if half in one), key=len) if len(wanted) > 1 else []
        close = get_close_matches(wanted, self._by_name, most, 0.5)
        return [self._by_name[one].name for one in dict.fromkeys([*alike, *close])][:most]

    def items(self, on: date | None = None) -> list[Code]:
        """All codes in file order; when a day is given only those in force on it."""
        return [code for code in self._codes.values() if on is None or code.in_force(on)]

    def root(self, code: str) -> Code:
        """The topmost ancestor of a code (itself when it has no parent)."""
        found = self[code]
        while found.parent and found.parent in self._codes:
            found = self._codes[found.parent]
        return found

    def choices(self, on: date | None = None) -> list[tuple[str, str]]:
        """Pairs of code and name for a form field."""
        return [(code.code, code.name) for code in self.items(on)]


def _written(name: str) -> str:
    """A name as names are compared: half-width, without blanks and what nobody sees."""
    return "".join(half_width(name).split())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _parse(row: dict[str, str]) -> Code:
    return Code(
        code=row["code"],
        name=row["name"],
        parent=row["parent"] or None,
        attributes=MappingProxyType({key: value for key, value in row.items() if key not in _CORE_COLUMNS}),
        valid_from=_day(row["valid_from"]),
        valid_to=_day(row["valid_to"]),
        doubtful=row["doubtful"] == "1",
    )


@cache
def _index() -> Mapping[str, Mapping[str, str]]:
    with (DATA / "tables.csv").open(encoding="utf-8", newline="") as file:
        return {row["table"]: row for row in csv.DictReader(file)}


@cache
def table(name: str) -> CodeTable:
    """The code table of that name. Raises ``CodeError`` when there is none."""
    entry = _index().get(name)
    if entry is None:
        raise CodeError(f"没有名为“{name}”的代码表。")
    with (DATA / "codes" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    info = TableInfo(
        name=name,
        title=entry["title"],
        parent_table=entry["parent_table"] or name,
        standard=entry["standard"],
        version=entry["version"],
        rows=len(rows),
    )
    return CodeTable(info, map(_parse, rows))


def name_of(table_name: str, code: str) -> str:
    """The Chinese name of a code; the code itself when the table does not know it, so that a page never breaks."""
    found = table(table_name).get(code)
    return found.name if found else code
