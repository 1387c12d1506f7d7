"""夜间检测: the cases of two months, drafts too, by ward and organism, and the surgeons; an open alarm grows instead of doubling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction

from yizheng.systems.infection.models import Alarm, AlarmState, Outbreak, Sheet, Unit
from yizheng.systems.infection.outbreaks.clusters import Onset
from yizheng.systems.infection.outbreaks.operators import SiteInfection, after_one_surgeon
from yizheng.systems.infection.outbreaks.weighing import weighed
from yizheng.systems.infection.records.declaring import day_of, month_before
from yizheng.systems.infection.reporting.lifecycle import APPROVER, NURSE
from yizheng.systems.infection.statistics.counting import NO_STRAIN
from yizheng.work import inbox

SURGEON = "C:"
"""What the object of an alarm by rule C begins with; the surgeon's code follows."""
Place = tuple[int, int, int | None, str]
"""Hospital, its scope, a ward if it is about one, and the words of the place."""


@transaction.atomic
def watch(tonight: date) -> int:
    """Weigh everything; how many alarms are new."""
    since = month_before(tonight.replace(day=1))
    sheets = Sheet.objects.filter(record__in=("case", "operation"), period__gte=since).select_related("unit")
    onsets: dict[tuple[int, str, str], list[Onset]] = defaultdict(list)
    infections: dict[int, list[SiteInfection]] = defaultdict(list)
    wards: dict[int, Unit] = {}
    scopes: dict[int, tuple[int, int]] = {}
    for sheet in sheets.only("subject_id", "institution_scope", "authority_scope", "record", "rows", "unit"):
        scopes[sheet.subject_id] = (sheet.institution_scope, sheet.authority_scope)
        if sheet.record == "case":
            for onset in onsets_of(sheet):
                onsets[sheet.subject_id, onset.ward, onset.organism].append(onset)
        elif sheet.unit is not None:
            wards[sheet.unit.pk] = sheet.unit
            infections[sheet.unit.pk] += _site_infections(sheet)
    known, settled = known_patients(), settled_until()
    raised = 0
    units = {(each.subject_id, each.code): each for each in Unit.objects.filter(subject_id__in=scopes)}
    for (subject, ward, organism), cases in onsets.items():
        unit = units.get((subject, ward))
        found = weighed(cases, known[subject], tonight) if unit else None
        if unit and found and found.day > settled.get((subject, unit.pk, organism), date.min):
            raised += raise_alarm(subject, unit, organism, found.day, found.rules, found.explained, scopes[subject])
    for unit in wards.values():
        for surgeon in after_one_surgeon(infections[unit.pk], known[unit.subject_id], tonight):
            about = f"{SURGEON}{surgeon.surgeon}"[:24]
            if surgeon.day > settled.get((unit.subject_id, unit.pk, about), date.min):
                raised += raise_alarm(
                    unit.subject_id, unit, about, surgeon.day, ("C",), surgeon.explained, scopes[unit.subject_id]
                )
    return raised


def onsets_of(sheet: Sheet) -> Iterable[Onset]:
    """The hospital's own infections with an organism."""
    for row in sheet.rows:
        day, organism = day_of(row.get("onset")), str(row.get("pathogen") or "")
        if day and row.get("origin") == "HAI" and organism not in NO_STRAIN:
            yield Onset(day, str(row.get("ward")), organism, str(row.get("inpatient_number")))


def _site_infections(sheet: Sheet) -> Iterable[SiteInfection]:
    for row in sheet.rows:
        operated, found = day_of(row.get("day")), day_of(row.get("ssi_day"))
        if operated and found and row.get("ssi") not in (None, "", "0"):
            yield SiteInfection(operated, found, str(row.get("surgeon") or ""), str(row.get("inpatient_number")))


def known_patients() -> dict[int, set[str]]:
    """The patients of outbreaks that were reported, by hospital; their alarm names them."""
    found: dict[int, set[str]] = defaultdict(set)
    reported = Alarm.objects.filter(outbreak__state__in=(Outbreak.State.SUSPECTED, Outbreak.State.CONFIRMED))
    for subject, explained in reported.values_list("subject_id", "explained"):
        found[subject] |= set(explained.get("who", ()))
    return found


def settled_until() -> dict[tuple[int, int | None, str], date]:
    """Up to which day what a ward or hospital had of something was looked into already."""
    judged = Alarm.objects.exclude(state=AlarmState.OPEN).order_by("day")
    rows = judged.values_list("subject_id", "unit_id", "organism", "day")
    return {(subject, unit, organism): day for subject, unit, organism, day in rows}


def raise_alarm(
    subject: int, unit: Unit | None, about: str, day: date, rules: Iterable[str], explained: dict[str, Any],
    scopes: tuple[int, int],
) -> int:  # fmt: skip
    """Raise it, or let the open one grow; 1 where it is new."""
    institution, district = scopes
    values = {"day": day, "rules": list(rules), "explained": explained}
    opened = Alarm.objects.filter(subject=subject, unit=unit, organism=about, state=AlarmState.OPEN)
    if opened.update(**values):
        return 0
    made = Alarm.objects.create(
        subject_id=subject, institution_scope=institution, authority_scope=district, unit=unit, organism=about, **values
    )
    for role in (NURSE, APPROVER):
        title = f"{made.place}出现聚集预警，请核实"
        inbox.send(title=title, kind="infection", role=role, scope=institution, link="/infection/alarms/")
    return 1
