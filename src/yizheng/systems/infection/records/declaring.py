"""报表的声明: one kind of record is its fields and its shape; page, paper, file, checks and figures follow from it."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from typing import Any

from yizheng.kernel.calculators import BadInput, day
from yizheng.systems.infection.lists import DATA, names

Row = dict[str, Any]
"""One row as it is kept: field by field, days as ISO text, numbers as numbers, nothing where nothing was typed."""


YES_NO: Mapping[str, str] = {"1": "是", "0": "否"}
"""The codes of a flag."""


UNITS = "unit"
"""The name under which codes of a hospital's own departments are mapped onto the units it registered."""


class Holds(StrEnum):
    """What a field holds."""

    TEXT = "text"
    COUNT = "count"
    NUMBER = "number"
    DAY = "day"
    CODE = "code"
    FLAG = "flag"
    UNIT = "unit"


class Shape(StrEnum):
    """How the rows of a sheet come about: a line a day, a line a code, lines as they happen, or one line."""

    DAILY = "daily"
    EACH = "each"
    EVENTS = "events"
    ONE = "one"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its label, what it holds, whether it must be typed, and between which numbers."""

    name: str
    label: str
    holds: Holds
    list: str
    need: str
    least: float | None
    most: float | None
    note: str

    @property
    def choices(self) -> Mapping[str, str]:
        """The codes it may hold, with their words."""
        return YES_NO if self.holds is Holds.FLAG else names(self.list) if self.list else {}

    @property
    def mapped(self) -> str:
        """The list under which a hospital's own codes are mapped; empty where it has none."""
        return UNITS if self.holds is Holds.UNIT else self.list

    @property
    def optional(self) -> bool:
        """Whether it may be left empty always."""
        return self.need == "n"

    def needed(self, row: Mapping[str, Any]) -> bool:
        """Whether this row must have it: always, or because of what another field says."""
        if not self.need.startswith("if:"):
            return self.need == "y"
        name, _, value = self.need.removeprefix("if:").partition("=")
        return row.get(name) == value if value else row.get(name) not in (None, "", "0", "NONE")

    def read(self, typed: str) -> Any:
        """The value of what was typed; what cannot be one is kept as the text it is, so that nothing typed is lost."""
        text = typed.strip()
        if text == "":
            return None
        if self.holds is not Holds.TEXT:
            text = unicodedata.normalize("NFKC", text)
        if self.holds is Holds.COUNT:
            return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
        return _number(text) if self.holds is Holds.NUMBER else text

    def said(self, value: Any, units: Mapping[str, str] | None = None) -> str:
        """The value in words, as paper has it; nothing typed is a dash."""
        if value in (None, ""):
            return "—"
        if self.holds is Holds.UNIT:
            return (units or {}).get(str(value), str(value))
        return self.choices.get(str(value), str(value)) if self.choices else str(value)


_PLAIN = re.compile(r"[-+]?[0-9]{1,12}(\.[0-9]{1,6})?")


def _number(text: str) -> float | str:
    if not _PLAIN.fullmatch(text):
        return text
    number = float(text)
    return (int(number) if number == int(number) else number) if abs(number) < 1e9 else text


@dataclass(frozen=True)
class Record:
    """One kind of record: for which units, of what shape, which fields hide who is meant outside the hospital."""

    code: str
    title: str
    shape: Shape
    unit_kinds: tuple[str, ...] = ()
    """The kinds of units that report it each for itself; none: the hospital reports one sheet."""
    key: str = ""
    """The field that names a row among the others."""
    day: str = ""
    """The field that must lie in the month of the sheet."""
    personal: tuple[str, ...] = ()
    headline: tuple[str, ...] = ()
    """The fields that name a row that is folded."""
    none_words: str = "本月没有发生"

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Its fields in their order."""
        return _fields()[self.code]

    def field(self, name: str) -> Field:
        """A field by its name; raises KeyError."""
        return next(each for each in self.fields if each.name == name)

    @property
    def events(self) -> bool:
        """Whether rows come as things happen, so that none must be said expressly."""
        return self.shape is Shape.EVENTS

    def blank(self, period: date) -> list[Row]:
        """The rows a new sheet begins with: every day of the month, every code, one line, or none."""
        empty: Row = dict.fromkeys(each.name for each in self.fields)
        if self.shape is Shape.ONE:
            return [empty]
        if self.shape is Shape.EVENTS:
            return []
        if self.shape is Shape.EACH:
            return [{**empty, self.key: code} for code in self.field(self.key).choices]
        codes = list(self.field(self.key).choices) if self.key else [None]
        return [
            {**empty, self.day: each.isoformat(), **({self.key: code} if self.key else {})}
            for each in days_of(period)
            for code in codes
        ]

    def fixed(self) -> frozenset[str]:
        """The fields the platform fills in itself."""
        if self.shape is Shape.DAILY:
            return frozenset({self.day, self.key} - {""})
        return frozenset({self.key}) if self.shape is Shape.EACH else frozenset()


def month_after(period: date) -> date:
    """The first day of the next month."""
    return (period.replace(day=28) + timedelta(days=4)).replace(day=1)


def month_before(period: date) -> date:
    """The first day of the month before."""
    return (period - timedelta(days=1)).replace(day=1)


def days_of(period: date) -> Iterator[date]:
    """Every day of the month."""
    day, last = period, month_after(period)
    while day < last:
        yield day
        day += timedelta(days=1)


@cache
def _fields() -> Mapping[str, tuple[Field, ...]]:
    found: dict[str, list[Field]] = {}
    with (DATA / "fields.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            least, most = (float(row[each]) if row[each] else None for each in ("least", "most"))
            field = Field(
                row["field"], row["label"], Holds(row["holds"]), row["list"], row["need"], least, most, row["note"]
            )
            found.setdefault(row["record"], []).append(field)
    return {code: tuple(fields) for code, fields in found.items()}


def typed_rows(record: Record, cells: Mapping[str, str], former: Sequence[Row]) -> list[Row]:
    """The rows of a form whose cells are called ``row-field``; what the platform filled in stays, an empty new row is none."""
    numbers = sorted({int(name.partition("-")[0]) for name in cells if name.partition("-")[0].isdecimal()})
    rows = []
    for number in numbers[:2000]:
        row = {each.name: each.read(cells.get(f"{number}-{each.name}", "")) for each in record.fields}
        if number < len(former):
            row |= {name: former[number][name] for name in record.fixed()}
        if not record.events or any(value is not None for value in row.values()):
            rows.append(row)
    return rows


def day_of(value: Any) -> date | None:
    """The day a cell says; nothing where it says none or cannot be read."""
    return _day(value) if isinstance(value, str) and value else None


@lru_cache(maxsize=50_000)
def _day(text: str) -> date | None:
    try:
        return day("day", text, 0)
    except BadInput:
        return None


def whole(value: Any) -> int | None:
    """The count a cell says; nothing where it says none or cannot be read."""
    return value if isinstance(value, int) else None
