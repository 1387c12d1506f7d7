"""What the register holds of some months: the counts of every accepted sheet, by hospital and month. Open errors keep a sheet out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.models import AcceptedSheet, Plan, Problem, SheetVersion
from yizheng.systems.infection.models.problems import UNSETTLED
from yizheng.systems.infection.models.sheets import line_of
from yizheng.systems.infection.records.declaring import Row, month_after

Counts = dict[str, int]
Months = dict[tuple[int, date], Counts]
"""The counts of each hospital and month."""
OF_UNITS = ("month", "icu_log", "newborn_log")
"""Records whose sums over the units stand under numerators of the whole hospital."""
LEAST_HOSPITALS = 5
"""Fewer hospitals behind a reference and it would tell about a single one."""


def seen_by(account: Account, first: date, last: date) -> Months:
    """The hospitals and months in sight of the account, from the first to the last month."""
    facts = AcceptedSheet.objects.visible_to(account).current().filter(valid_from__gte=first, valid_from__lte=last)
    return _counts(facts.values_list("subject_id", "line", "digest"), first, last)


def whole_city(first: date, last: date) -> Months:
    """Every hospital of the city; only what is pooled over several of them may be shown to one."""
    with acting_as_system("医院感染指标的全市参照"):
        facts = AcceptedSheet.objects.current().filter(valid_from__gte=first, valid_from__lte=last)
        return _counts(facts.values_list("subject_id", "line", "digest"), first, last)


def rows_of(account: Account, record: str, first: date, last: date) -> list[Row]:
    """The rows of a record in sight of the account that stand accepted, from the first to the last month."""
    facts = (
        AcceptedSheet.objects.visible_to(account)
        .current()
        .filter(record=record, valid_from__gte=first, valid_from__lte=last)
    )
    found = _standing(facts.values_list("subject_id", "line", "digest"), first, last, "rows", record)
    return [row for *_, rows in found for row in rows]


def _counts(facts: object, first: date, last: date) -> Months:
    found: Months = defaultdict(lambda: defaultdict(int))
    stood: Counter[tuple[int, date, str]] = Counter()
    for subject, period, record, counts in _standing(facts, first, last, "counts"):
        for item, number in counts.items():
            found[subject, period][item] += number
        stood[subject, period, record] += 1
    return {
        key: {item: number for item, number in counts.items() if item.partition(".")[0] not in lacking[key]}
        for lacking in [_incomplete(stood)]
        for key, counts in found.items()
    }


def _incomplete(stood: Mapping[tuple[int, date, str], int]) -> Mapping[tuple[int, date], set[str]]:
    """The records of a hospital's month of which not every unit that must report stands accepted.

    Cases are told by the whole hospital; over the days of some of its units alone they would be no rate.
    """
    plans = list(Plan.objects.filter(record__in=OF_UNITS).values_list("subject_id", "record", "first", "last"))
    due: dict[tuple[int, str], list[tuple[date, date | None]]] = defaultdict(list)
    for subject, record, first, last in plans:
        due[subject, record].append((first, last))
    found: dict[tuple[int, date], set[str]] = defaultdict(set)
    for subject, period in {(subject, period) for subject, period, _ in stood}:
        for record in OF_UNITS:
            wanted = sum(first <= period and (last is None or last >= period) for first, last in due[subject, record])
            if 0 < stood[subject, period, record] < wanted:
                found[subject, period].add(record)
    return found


def _standing(
    facts: object, first: date, last: date, what: str, record: str = ""
) -> Iterator[tuple[int, date, str, Any]]:
    """What each sheet that stands holds, by hospital and month; one kept back by an open error is left out."""
    standing = set(facts)  # type: ignore[call-overload]
    versions = SheetVersion.objects.filter(sheet__period__gte=first, sheet__period__lt=month_after(last))
    versions = versions.filter(sheet__record=record) if record else versions
    held_back = set(Problem.objects.filter(error=True, state__in=UNSETTLED).values_list("sheet_id", flat=True))
    rows = versions.values_list(
        "sheet_id", "sheet__subject_id", "sheet__record", "sheet__unit__code", "sheet__period", "digest", what
    )
    for sheet, subject, kind, unit, period, digest, held in rows:
        if sheet in held_back or (subject, line_of(kind, unit or "", period), digest) not in standing:
            continue
        standing.discard((subject, line_of(kind, unit or "", period), digest))
        yield subject, period, kind, held
