"""监测计划: what a hospital must report for a month, by when, and what is missing. A report of nothing is a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from yizheng.people.models import Account, Scope
from yizheng.people.scopes import jurisdiction
from yizheng.systems.infection.models import Plan, Sheet, Unit
from yizheng.systems.infection.records.declaring import month_after
from yizheng.systems.infection.records.kinds import RECORDS
from yizheng.systems.infection.reporting.lifecycle import REPORTED
from yizheng.systems.institutions.licences import licence_on

EARLIEST = date(2000, 1, 1)
"""Nothing is reported of months before."""
DUE_DAY = 10
"""The sheets of a month are due on this day of the next."""


def due_day(period: date) -> date:
    """The last day on which a month is reported in time."""
    return month_after(period) + timedelta(days=DUE_DAY - 1)


def in_time(submitted: datetime | None, due: date) -> bool:
    """Whether it was handed up on its last day at the latest, by the clock of Beijing."""
    return submitted is not None and timezone.localdate(submitted) <= due


def report_further(hospital: Scope, record: str, first: date) -> bool:
    """Plan a further sheet of the whole hospital from a month on; whether it was not planned yet."""
    _, made = Plan.objects.get_or_create(
        subject_id=hospital.subject_id or 0, unit=None, record=record,
        defaults={"authority_scope": district_of(hospital), "first": first},
    )  # fmt: skip
    return made


def add_unit(hospital: Scope, code: str, name: str, kind: str, icu_type: str, beds: int, first: date) -> Unit:
    """A unit of a hospital with what its kind reports from a month on; the hospital's own sheets are planned with the first unit."""
    subject, district = hospital.subject_id or 0, district_of(hospital)
    unit = Unit.objects.create(
        subject_id=subject, authority_scope=district, code=code, name=name, kind=kind, icu_type=icu_type, beds=beds
    )
    known = {"subject_id": subject, "authority_scope": district, "first": first}
    plans = [Plan(unit=unit, record=each.code, **known) for each in RECORDS.values() if kind in each.unit_kinds]
    plans += [Plan(record=each, **known) for each in ("case", "exposure", "hygiene", "drugs")]
    Plan.objects.bulk_create(plans, ignore_conflicts=True)
    return unit


def district_of(hospital: Scope) -> int:
    """The district a hospital reports to: where it stands, whoever licensed it."""
    licence = licence_on(hospital.subject_id or 0, timezone.localdate())
    return jurisdiction(licence.district).pk if licence and licence.district else hospital.parent_id or 0


def planned(plans: QuerySet[Plan], period: date) -> QuerySet[Plan]:
    """The plans that ask for a month."""
    return plans.filter(first__lte=period).filter(Q(last__isnull=True) | Q(last__gte=period))


def open_month(hospital: Scope, plans: Iterable[Plan], period: date) -> list[Sheet]:
    """The sheets a hospital's plans ask for, made where they are not there yet."""
    Sheet.objects.bulk_create(
        [
            Sheet(
                subject_id=each.subject_id,
                institution_scope=hospital.pk,
                authority_scope=each.authority_scope,
                unit_id=each.unit_id,
                record=each.record,
                period=period,
                rows=RECORDS[each.record].blank(period),
                due=due_day(period),
            )
            for each in plans
        ],
        ignore_conflicts=True,
    )
    asked = Q(subject_id=hospital.subject_id, period=period)
    return list(Sheet.objects.filter(asked).select_related("unit", "version", "accepted"))


@dataclass(frozen=True, slots=True)
class Missing:
    """A month that was due and was not handed up; a sheet that was begun says how far it got."""

    plan: Plan
    period: date
    due: date
    sheet: Sheet | None
    days: int


def missing(account: Account, period: date, today: date) -> list[Missing]:
    """What the account sees as overdue of a month: the day after the due day is the first."""
    due = due_day(period)
    if today <= due:
        return []
    sheets = Sheet.objects.visible_to(account).filter(period=period).select_related("unit")
    by_key = {(each.subject_id, each.unit_id, each.record): each for each in sheets}
    plans = (
        planned(Plan.objects.visible_to(account), period)
        .select_related("unit")
        .order_by("subject_id", F("unit__code").asc(nulls_last=True), "id")
    )
    found = []
    for plan in plans:
        sheet = by_key.get((plan.subject_id, plan.unit_id, plan.record))
        if sheet is None or (sheet.state not in REPORTED and sheet.accepted_id is None):
            found.append(Missing(plan, period, due, sheet, (today - due).days))
    return found
