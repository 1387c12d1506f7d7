"""The lists that have to be announced (《中华人民共和国医师法》第二十一条): who was newly registered, whose registration ended.

They are lists of one day, kept on view for thirty; they do not let anybody browse the register. Why a registration ended
is not in them, because the ground may be a matter of health.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import Count, QuerySet

from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.standings import Standing

ON_VIEW = timedelta(days=30)
DOCTORS = "doctor"


class Kind(StrEnum):
    """The two lists."""

    REGISTERED = "registered"
    ENDED = "ended"


TITLES = {Kind.REGISTERED: "准予注册", Kind.ENDED: "注销注册"}


@dataclass(frozen=True, slots=True)
class Day:
    """A day with something to announce, and how many names each list has."""

    on: date
    registered: int
    ended: int


def days(today: date) -> list[Day]:
    """The days on view, newest first."""
    registered = _counted(_newly_registered(today), "first_registered")
    ended = _counted(_newly_ended(today), "standing_since")
    return [
        Day(on, registered[on], ended[on]) for on in sorted(registered.keys() | ended.keys(), reverse=True)
    ]


def names(kind: Kind, on: date, today: date) -> list[PublicPractitioner]:
    """The names of one list of one day on view."""
    if kind == Kind.REGISTERED:
        return list(_newly_registered(today).filter(first_registered=on).order_by("subject"))
    return list(_newly_ended(today).filter(standing_since=on).order_by("subject"))


def _newly_registered(today: date) -> QuerySet[PublicPractitioner]:
    span = (today - ON_VIEW, today)
    return PublicPractitioner.objects.filter(kind=DOCTORS, first_registered__range=span)


def _newly_ended(today: date) -> QuerySet[PublicPractitioner]:
    span = (today - ON_VIEW, today)
    return PublicPractitioner.objects.filter(
        kind=DOCTORS, standing=Standing.DEREGISTERED, standing_since__range=span
    )


def _counted(rows: QuerySet[PublicPractitioner], column: str) -> Counter[date]:
    return Counter(dict(rows.values_list(column).annotate(n=Count("pk")).values_list(column, "n")))
