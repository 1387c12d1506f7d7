"""夜间检测: every hospital's cases of two months, drafts too, by ward and organism; an open alarm grows instead of doubling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db import transaction

from yizheng.systems.infection.models import Alarm, AlarmState, Outbreak, Sheet, Unit
from yizheng.systems.infection.outbreaks.clusters import Onset
from yizheng.systems.infection.outbreaks.weighing import Weighed, weighed
from yizheng.systems.infection.records.declaring import day_of, month_before
from yizheng.systems.infection.reporting.lifecycle import APPROVER, NURSE
from yizheng.systems.infection.statistics.counting import NO_STRAIN
from yizheng.work import inbox

_Key = tuple[int, str, str]
"""Hospital, ward, organism."""


@transaction.atomic
def watch(tonight: date) -> int:
    """Weigh everything; how many alarms are new."""
    sheets = Sheet.objects.filter(record="case", period__gte=month_before(tonight.replace(day=1)))
    scopes: dict[int, tuple[int, int]] = {}
    onsets: dict[_Key, list[Onset]] = defaultdict(list)
    for sheet in sheets.only("subject_id", "institution_scope", "authority_scope", "rows"):
        scopes[sheet.subject_id] = (sheet.institution_scope, sheet.authority_scope)
        for onset in _onsets(sheet):
            onsets[sheet.subject_id, onset.ward, onset.organism].append(onset)
    known, settled = _known(), _settled()
    raised = 0
    units = {(each.subject_id, each.code): each for each in Unit.objects.filter(subject_id__in=scopes)}
    for (subject, ward, organism), cases in onsets.items():
        unit = units.get((subject, ward))
        found = weighed(cases, known[subject], tonight) if unit else None
        if unit and found and found.day > settled.get((unit.pk, organism), date.min):
            raised += _raised(unit, organism, found, scopes[subject])
    return raised


def _onsets(sheet: Sheet) -> Iterable[Onset]:
    for row in sheet.rows:
        day, organism = day_of(row.get("onset")), str(row.get("pathogen") or "")
        if day and row.get("origin") == "HAI" and organism not in NO_STRAIN:
            yield Onset(day, str(row.get("ward")), organism, str(row.get("inpatient_number")))


def _known() -> dict[int, set[str]]:
    """The patients of outbreaks that were reported, by hospital; their alarm names them."""
    found: dict[int, set[str]] = defaultdict(set)
    reported = Alarm.objects.filter(outbreak__state__in=(Outbreak.State.SUSPECTED, Outbreak.State.CONFIRMED))
    for subject, explained in reported.values_list("subject_id", "explained"):
        found[subject] |= set(explained.get("who", ()))
    return found


def _settled() -> dict[tuple[int, str], date]:
    """Up to which day what a ward had of an organism was looked into already."""
    judged = Alarm.objects.exclude(state=AlarmState.OPEN).order_by("day")
    return {(unit, organism): day for unit, organism, day in judged.values_list("unit_id", "organism", "day")}


def _raised(unit: Unit, organism: str, found: Weighed, scopes: tuple[int, int]) -> int:
    institution, district = scopes
    values = {"day": found.day, "rules": list(found.rules), "explained": found.explained}
    if Alarm.objects.filter(unit=unit, organism=organism, state=AlarmState.OPEN).update(**values):
        return 0
    Alarm.objects.create(
        subject_id=unit.subject_id, institution_scope=institution, authority_scope=district, unit=unit, organism=organism,
        **values,
    )  # fmt: skip
    for role in (NURSE, APPROVER):
        title = f"{unit.name}出现聚集预警，请核实"
        inbox.send(title=title, kind="infection", role=role, scope=institution, link="/infection/alarms/")
    return 1
