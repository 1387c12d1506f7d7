"""夜间检测: the cases of two months, drafts too, by ward and organism, and the surgeons; an open alarm grows instead of doubling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
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
LONGEST = 24
"""The longest object of an alarm."""
Known = dict[tuple[int, str], set[str]]
Judged = dict[tuple[int, int | None, str], set[str]]
SITE = "S:"
"""What the object of an alarm about a site begins with; the site's code follows."""


@dataclass
class Seen:
    """What the sheets of two months tell: infections by hospital, ward and what they are of, and after operations by surgeon."""

    scopes: dict[int, tuple[int, int]] = field(default_factory=dict)
    onsets: dict[tuple[int, str, str], list[Onset]] = field(default_factory=lambda: defaultdict(list))
    surgery: dict[tuple[int, int, str], list[SiteInfection]] = field(default_factory=lambda: defaultdict(list))
    """By hospital, unit and surgeon."""

    def read(self, sheet: Sheet) -> None:
        """Take a sheet in."""
        self.scopes[sheet.subject_id] = (sheet.institution_scope, sheet.authority_scope)
        if sheet.record == "case":
            for onset in onsets_of(sheet):
                self.onsets[sheet.subject_id, onset.ward, onset.organism].append(onset)
        else:
            for each in _site_infections(sheet):
                about = f"{SURGEON}{each.surgeon}"[:LONGEST]
                self.surgery[sheet.subject_id, sheet.unit_id or 0, about].append(each)


@transaction.atomic
def watch(tonight: date) -> int:
    """Weigh everything; how many alarms are new."""
    seen = Seen()
    since = month_before(tonight.replace(day=1))
    for sheet in Sheet.objects.filter(record__in=("case", "operation"), period__gte=since).defer("version", "accepted"):
        seen.read(sheet)
    known, judged = known_patients(), judged_patients()
    units = list(Unit.objects.filter(subject_id__in=seen.scopes))
    return _clusters(seen, units, known, judged, tonight) + _surgeons(seen, units, known, judged, tonight)


def _clusters(seen: Seen, units: list[Unit], known: Known, judged: Judged, tonight: date) -> int:
    """Wards with an organism, or with a site where no organism was found."""
    by_code = {(each.subject_id, each.code): each for each in units}
    raised = 0
    for (subject, ward, organism), cases in seen.onsets.items():
        unit = by_code.get((subject, ward))
        if unit is None:
            continue
        found = weighed(cases, known[subject, organism], tonight, judged[subject, unit.pk, organism])
        if found is not None:
            raised += raise_alarm(
                unit, organism, found.day, found.rules, found.explained, subject, seen.scopes[subject]
            )
    return raised


def _surgeons(seen: Seen, units: list[Unit], known: Known, judged: Judged, tonight: date) -> int:
    """Surgeons with infections of the site."""
    by_key = {each.pk: each for each in units}
    raised = 0
    for (subject, unit, about), operated in seen.surgery.items():
        if unit not in by_key:
            continue
        for found in after_one_surgeon(operated, known[subject, about], tonight, judged[subject, unit, about]):
            rules, scopes = ("C",), seen.scopes[subject]
            raised += raise_alarm(by_key[unit], about, found.day, rules, found.explained, subject, scopes)
    return raised


def onsets_of(sheet: Sheet) -> Iterable[Onset]:
    """The hospital's own infections by organism; one without an organism by its site, so that a diarrhoea without culture is seen."""
    for row in sheet.rows:
        day, organism, site = day_of(row.get("onset")), str(row.get("pathogen") or ""), str(row.get("site") or "")
        about = f"{SITE}{site}" if organism in NO_STRAIN else organism
        if day and row.get("origin") == "HAI" and about != SITE:
            newborn = row.get("birth_weight") is not None
            yield Onset(day, str(row.get("ward")), about, str(row.get("inpatient_number")), site, newborn)


def _site_infections(sheet: Sheet) -> Iterable[SiteInfection]:
    for row in sheet.rows:
        operated, found = day_of(row.get("day")), day_of(row.get("ssi_day"))
        if operated and found and row.get("ssi") not in (None, "", "0"):
            yield SiteInfection(operated, found, str(row.get("surgeon") or ""), str(row.get("inpatient_number")))


def known_patients() -> Known:
    """The patients of outbreaks that were reported, by hospital and by what the outbreak is of; their alarms name them."""
    found: dict[tuple[int, str], set[str]] = defaultdict(set)
    reported = Alarm.objects.filter(outbreak__state__in=(Outbreak.State.SUSPECTED, Outbreak.State.CONFIRMED))
    for subject, about, explained in reported.values_list("subject_id", "organism", "explained"):
        found[subject, about] |= set(explained.get("who", ()))
    return found


def judged_patients() -> Judged:
    """The patients of alarms that were looked into, by hospital, ward and what gathered; one typed late is not among them."""
    found: dict[tuple[int, int | None, str], set[str]] = defaultdict(set)
    rows = Alarm.objects.exclude(state=AlarmState.OPEN).values_list("subject_id", "unit_id", "organism", "explained")
    for subject, unit, about, explained in rows:
        found[subject, unit, about] |= set(explained.get("who", ()))
    return found


def raise_alarm(
    unit: Unit | None, about: str, day: date, rules: Iterable[str], explained: dict[str, Any], subject: int,
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
