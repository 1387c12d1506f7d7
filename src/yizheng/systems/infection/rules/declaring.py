"""数据规则: what a rule weighs, what it finds, and the registry of all rules."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from yizheng.systems.infection.lists import DATA
from yizheng.systems.infection.records.declaring import Record, Row

ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, in which row (counted from 0) and field, if in one."""

    rule: str
    words: str
    row: int | None = None
    field: str = ""
    mild: bool = False
    """Whether it may be explained although its rule finds errors."""

    @property
    def is_error(self) -> bool:
        """Whether it must be mended; what is not an error may be explained."""
        return severity(self.rule) == ERROR and not self.mild

    @property
    def cell(self) -> str:
        """The name of the cell it is about, as the grid calls it; empty for the whole sheet."""
        return "" if self.row is None else f"{self.row}-{self.field}"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the sheet when it is weighed."""

    units: Mapping[str, str] = field(default_factory=dict)
    """The hospital's units by code, each with its kind."""
    former: Mapping[str, int] = field(default_factory=dict)
    """The census at the end of the month before, by the key of the rows."""
    beside: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """The rows of the other sheets of the month, by record."""
    around: Sequence[Row] = ()
    """The rows of the same sheet a month before and a month after."""
    history: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """The totals of the months before, oldest first, at most twelve, by item."""
    peers: Mapping[str, int] = field(default_factory=dict)
    """What the city counted of the last months, by item; known by night alone."""


@dataclass(frozen=True, slots=True)
class Reported:
    """A sheet as it is weighed on a day."""

    record: Record
    period: date
    rows: Sequence[Row]
    today: date
    none: bool = False
    """Whether it was said expressly that nothing happened."""
    known: Known = field(default_factory=Known)


Judge = Callable[[Reported], Iterable[Finding]]
_judges: list[tuple[str, frozenset[str], Judge]] = []


def rule(code: str, *records: str) -> Callable[[Judge], Judge]:
    """Declare a rule by its code, for some records or for all."""
    severity(code)

    def declare(judge: Judge) -> Judge:
        _judges.append((code, frozenset(records), judge))
        return judge

    return declare


@cache
def _rules() -> Mapping[str, tuple[str, str]]:
    with (DATA / "rules.csv").open(encoding="utf-8", newline="") as stream:
        return {row["code"]: (row["severity"], row["title"]) for row in csv.DictReader(stream)}


def severity(code: str) -> str:
    """Whether what a rule finds is an error or a warning; raises KeyError for a rule that is none."""
    return _rules()[code][0]


def titles() -> dict[str, str]:
    """All rules with their titles."""
    return {code: title for code, (_, title) in _rules().items()}


def judged(sheet: Reported) -> list[Finding]:
    """What all rules find: errors first, then by row and field."""
    order = {each.name: place for place, each in enumerate(sheet.record.fields)}
    found = dict.fromkeys(_asked(sheet))
    return sorted(
        found, key=lambda each: (not each.is_error, -1 if each.row is None else each.row, order.get(each.field, -1))
    )


def _asked(sheet: Reported) -> Iterator[Finding]:
    for _, records, judge in _judges:
        if not records or sheet.record.code in records:
            yield from judge(sheet)
