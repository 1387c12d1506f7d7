"""Warnings before a clock fires, in words: to each person her own, to institutions and desks one notice with the number.

Each deadline is warned of once, and again at the days its clock names. Call as the system.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.licensing.deadlines.clocks import Clock, Firing, Recipient, clocks
from yizheng.licensing.models import Deadline
from yizheng.licensing.ports.questions import Named, who_is_called
from yizheng.licensing.rules import values
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Scope
from yizheng.work import inbox
from yizheng.work.models import Notice

KIND = "deadline"


@dataclass(frozen=True, slots=True)
class Names:
    """Names of the people and institutions that deadlines are about, by subject."""

    people: dict[int, str]
    institutions: dict[int, str]

    def subject(self, due: Deadline) -> str:
        """Whose deadline it is: a person's, or an institution's where a permit is the institution's own."""
        return self.people.get(due.subject_id) or self.institutions.get(due.subject_id, "")

    def institution(self, due: Deadline) -> str:
        """The institution it concerns; empty where none."""
        return self.institutions.get(due.institution_id or 0, "")

    def sentence(self, clock: Clock, due: Deadline) -> str:
        """What fires, with its institution and its subject matter."""
        about = name_of(clock.codes, due.about) if clock.codes and due.about else due.about
        return clock.sentence.format(institution=self.institution(due), about=about)


def names_of_people(subjects: Iterable[int]) -> dict[int, str]:
    """What these people are called today; a name is public, whoever recorded it."""
    return dict(who_is_called.ask(Named(frozenset(subjects), timezone.localdate())))


def names_for(deadlines: Iterable[Deadline]) -> Names:
    """The names these deadlines need, in two queries."""
    kept = list(deadlines)
    subjects = {each.subject_id for each in kept}
    institutions = {each.institution_id for each in kept if each.institution_id}
    scopes = Scope.objects.filter(subject_id__in=subjects | institutions)
    return Names(
        names_of_people(subjects),
        {subject: name for subject, name in scopes.values_list("subject_id", "name") if subject},
    )


def warn(on: date) -> int:
    """Warn of everything that fires within its days of warning; returns of how many deadlines."""
    days = values(on)
    return sum(_warn(each, on, days[each.warning_rule]) for each in clocks())


def _warn(clock: Clock, on: date, days: int) -> int:
    coming = Deadline.objects.all().pending().filter(clock=clock.code, fires_on__gt=on)
    due = list(coming.filter(_to_be_warned(clock, on, days)).order_by("id"))
    if not due:
        return 0
    if Recipient.PERSON in clock.recipients:
        tell_people(clock, due, "{day}：{says}", lambda each: f"依据{clock.cited(each.about)}", clock.told_day)
    if Recipient.INSTITUTION in clock.recipients:
        _tell_institutions(clock, due, days)
    if Recipient.AUTHORITY in clock.recipients:
        _tell_desks(clock, due, days)
    Deadline.objects.all().filter(pk__in=[each.pk for each in due]).update(warned_on=on)
    return len(due)


def _to_be_warned(clock: Clock, on: date, days: int) -> Q:
    """Not warned yet within the days of warning, or not since one of the days at which the clock warns again."""
    first = Q(warned_on=None, fires_on__lte=on + timedelta(days=days))
    for each in clock.again:
        before = timedelta(days=each)
        first |= Q(fires_on__lte=on + before, warned_on__lt=F("fires_on") - before)
    return first


def tell_people(
    clock: Clock, due: list[Deadline], title: str, body: Callable[[Deadline], str], day: Callable[[date], date]
) -> None:
    """A notice to each person who has an account; ``{day}`` and ``{says}`` of the title are filled in."""
    names = names_for(due)
    accounts = _accounts_of(each.subject_id for each in due)
    notes = [
        Notice(
            account_id=accounts[each.subject_id],
            title=title.format(day=long_date(day(each.fires_on)), says=names.sentence(clock, each)),
            body=body(each),
            link=reverse("my:records"),
        )
        for each in due
        if each.subject_id in accounts
    ]
    inbox.send_many(KIND, notes)


def _accounts_of(subjects: Iterable[int]) -> dict[int, int]:
    """The account of each of these people who has one, in one query."""
    found = Account.objects.filter(subject_id__in=set(subjects), kind=AccountKind.INDIVIDUAL, is_active=True)
    return {each.subject_id: each.pk for each in found.only("subject_id") if each.subject_id is not None}


def _tell_institutions(clock: Clock, due: Iterable[Deadline], days: int) -> None:
    counted = Counter(each.institution_id for each in due if each.institution_id)
    for scope in Scope.objects.filter(subject_id__in=counted):
        _send(clock, counted[scope.subject_id or 0], days, Role.INSTITUTION_OPERATOR, scope.pk)


def _tell_desks(clock: Clock, due: Iterable[Deadline], days: int) -> None:
    role = Role.REVIEWER if clock.firing is Firing.PROPOSE else Role.ACCEPTOR
    for scope, count in Counter(each.authority_scope for each in due).items():
        _send(clock, count, days, role, scope)


def _send(clock: Clock, count: int, days: int, role: Role, scope: int) -> None:
    inbox.send(
        title=f"{clock.title}：{count} 项将在 {days} 日内到期",
        body=f"依据{clock.article}",
        link=f"{reverse('deadlines:list')}?clock={clock.code}",
        kind=KIND,
        role=role,
        scope=scope,
    )
