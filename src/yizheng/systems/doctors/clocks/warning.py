"""Warnings before a clock fires: to the person each her own, to institutions and desks one note with the number.

Each deadline is warned of once. Call as the system.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse

from yizheng.kernel.chinese_dates import long_date
from yizheng.licensing.rules import values
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.systems.doctors.clocks.declaring import Clock, Firing, Told, clocks
from yizheng.systems.doctors.clocks.numbers import PREFIX
from yizheng.systems.doctors.clocks.words import concerned
from yizheng.systems.doctors.models import Deadline
from yizheng.work import inbox

KIND = "deadline"


def warn(on: date) -> int:
    """Warn of everything that fires within its days of warning; returns of how many deadlines."""
    leads = values(on, PREFIX)
    return sum(_warn(each, on, leads[each.lead.code]) for each in clocks())


def _warn(clock: Clock, on: date, days: int) -> int:
    rows = Deadline.objects.all().pending().filter(clock=clock.code, warned_on=None, fires_on__gt=on)
    due = list(rows.filter(fires_on__lte=on + timedelta(days=days)).order_by("id"))
    if not due:
        return 0
    if Told.PERSON in clock.tells:
        _tell_people(clock, due)
    if Told.INSTITUTION in clock.tells:
        _tell_institutions(clock, due, days)
    if Told.AUTHORITY in clock.tells:
        _tell_desks(clock, due, days)
    Deadline.objects.all().filter(pk__in=[each.pk for each in due]).update(warned_on=on)
    return len(due)


def _tell_people(clock: Clock, due: Iterable[Deadline]) -> None:
    rows = list(due)
    names = concerned(rows)
    accounts = accounts_of(each.subject_id for each in rows)
    notes = [
        inbox.Note(
            accounts[each.subject_id],
            f"{long_date(each.fires_on)}：{names.sentence(clock, each)}",
            f"依据{clock.cited(each.about)}",
            reverse("doctors:my_records"),
        )
        for each in rows
        if each.subject_id in accounts
    ]
    inbox.send_many(KIND, notes)


def accounts_of(subjects: Iterable[int]) -> dict[int, int]:
    """The account of each of these people who has one, in one query."""
    found = Account.objects.filter(subject_id__in=set(subjects), kind=AccountKind.INDIVIDUAL, is_active=True)
    return {each.subject_id: each.pk for each in found.only("subject_id") if each.subject_id is not None}


def _tell_institutions(clock: Clock, due: Iterable[Deadline], days: int) -> None:
    counted = Counter(each.institution_id for each in due if each.institution_id)
    for scope in Scope.objects.filter(subject_id__in=counted):
        _note(clock, counted[scope.subject_id or 0], days, Role.INSTITUTION_OPERATOR, scope.pk)


def _tell_desks(clock: Clock, due: Iterable[Deadline], days: int) -> None:
    role = Role.REVIEWER if clock.firing is Firing.PROPOSE else Role.ACCEPTOR
    for scope, count in Counter(each.authority_scope for each in due).items():
        _note(clock, count, days, role, scope)


def _note(clock: Clock, count: int, days: int, role: Role, scope: int) -> None:
    inbox.send(
        title=f"{clock.title}：{count} 项将在 {days} 日内到期",
        body=f"依据{clock.article}",
        link=f"{reverse('doctors:deadlines')}?clock={clock.code}",
        kind=KIND,
        role=role,
        scope=scope,
    )
