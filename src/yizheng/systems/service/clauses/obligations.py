"""The obligations of the contract, read from ``data/obligations.csv``: clause, trigger, actor, limit, evidence, consequence.

Where the text of the contract is in doubt, ``data/readings.csv`` says how it is read, and from which day.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from yizheng.kernel.chinese_dates import parse_date

ACTORS = {"contractor": "乙方", "client": "甲方", "both": "双方"}


@dataclass(frozen=True, slots=True)
class Obligation:
    """One obligation; ``evidence`` names the question whose answer proves it."""

    code: str
    clause: str
    title: str
    actor: str
    trigger: str
    limit: str
    evidence: str
    consequence: str

    @property
    def actor_words(self) -> str:
        """Who owes it."""
        return ACTORS[self.actor]


@dataclass(frozen=True, slots=True)
class Reading:
    """A doubt in the text of the contract, and how it is read from a day on."""

    obligations: frozenset[str]
    doubt: str
    reading: str
    since: date


@cache
def obligations() -> tuple[Obligation, ...]:
    """All of them, in the order of the contract."""
    return tuple(Obligation(*(row[name] for name in _COLUMNS)) for row in _rows("obligations"))


@cache
def _readings() -> tuple[Reading, ...]:
    return tuple(
        Reading(
            frozenset(row["obligations"].split()), row["doubt"], row["reading"], parse_date(row["from"]) or date.min
        )
        for row in _rows("readings")
    )


def readings_of(obligation: Obligation, day: date) -> list[Reading]:
    """How the doubtful text behind an obligation is read on a day: of one doubt the newest reading."""
    newest: dict[str, Reading] = {}
    for each in sorted(_readings(), key=lambda one: one.since):
        if obligation.code in each.obligations and each.since <= day:
            newest[each.doubt] = each
    return list(newest.values())


_COLUMNS = ("id", "clause", "title", "actor", "trigger", "limit", "evidence", "consequence")


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files("yizheng.systems.service").joinpath(f"data/{name}.csv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file)
