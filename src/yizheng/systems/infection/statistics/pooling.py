"""What the register holds of some months: the counts of every accepted sheet, by hospital and month. Open errors keep a sheet out."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.models import AcceptedSheet, Problem, SheetVersion
from yizheng.systems.infection.models.problems import UNSETTLED
from yizheng.systems.infection.models.sheets import line_of
from yizheng.systems.infection.records.declaring import month_after

Counts = dict[str, int]
Months = dict[tuple[int, date], Counts]
"""The counts of each hospital and month."""
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


def _counts(facts: object, first: date, last: date) -> Months:
    standing = set(facts)  # type: ignore[call-overload]
    versions = SheetVersion.objects.filter(sheet__period__gte=first, sheet__period__lt=month_after(last))
    held_back = set(Problem.objects.filter(error=True, state__in=UNSETTLED).values_list("sheet_id", flat=True))
    found: Months = defaultdict(lambda: defaultdict(int))
    rows = versions.values_list(
        "sheet_id", "sheet__subject_id", "sheet__record", "sheet__unit__code", "sheet__period", "digest", "counts"
    )
    for sheet, subject, record, unit, period, digest, counts in rows:
        if sheet in held_back or (subject, line_of(record, unit or "", period), digest) not in standing:
            continue
        standing.discard((subject, line_of(record, unit or "", period), digest))
        for item, number in counts.items():
            found[subject, period][item] += number
    return {key: dict(counts) for key, counts in found.items()}
