"""Who joined an institution and who left it over a period, from the versions of the register themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from yizheng.people.models import Account
from yizheng.systems.doctors.models import InstitutionFiling, Registration
from yizheng.systems.doctors.models.registration import ENDED
from yizheng.systems.practitioners.models import PersonIdentity

MOST = 500
JOINED, LEFT = "joined", "left"
WORDS = {JOINED: "到本机构", LEFT: "离开本机构"}


@dataclass(frozen=True, slots=True)
class Movement:
    """One coming or going: who, when, by registration or by filing, and how the register stood afterwards."""

    subject: int
    name: str
    on: date
    way: str
    by_filing: bool
    status: str
    """The status of the registration after it; empty for a filing."""


def movements(account: Account, institution: int, since: date, until: date) -> list[Movement]:
    """Comings and goings from ``since`` to ``until``, newest first, at most five hundred; five queries."""
    found = [
        *_registered(account, institution, since, until),
        *_filed(account, institution, since, until),
    ]
    names = _names(account, {subject for subject, *_ in found}, until)
    rows = [Movement(subject, names.get(subject, ""), *rest) for subject, *rest in found]
    return sorted(rows, key=lambda each: (each.on, each.subject), reverse=True)[:MOST]


def _registered(account: Account, institution: int, since: date, until: date) -> list[tuple[Any, ...]]:
    known = Registration.objects.visible_to(account).current()
    here = known.filter(institution_id=institution).exclude(status__in=ENDED)
    joined = here.exclude(Exists(_beside(here, valid_to=OuterRef("valid_from"))))
    left = here.filter(valid_to__range=(since, until)).exclude(
        Exists(_beside(here, valid_from=OuterRef("valid_to")))
    )
    after = {
        (each.subject_id, each.line, each.valid_from): each.status
        for each in known.filter(subject_id__in=left.values("subject_id"), valid_from__range=(since, until))
    }
    return [
        *(
            (each.subject_id, each.valid_from, JOINED, False, each.status)
            for each in joined.filter(valid_from__range=(since, until))[:MOST]
        ),
        *(
            (
                each.subject_id,
                each.valid_to,
                LEFT,
                False,
                after.get((each.subject_id, each.line, each.valid_to), ""),
            )
            for each in left[:MOST]
        ),
    ]


def _filed(account: Account, institution: int, since: date, until: date) -> list[tuple[Any, ...]]:
    here = InstitutionFiling.objects.visible_to(account).current().filter(institution_id=institution)
    joined = here.filter(valid_from__range=(since, until)).exclude(
        Exists(_beside(here, valid_to=OuterRef("valid_from")))
    )
    left = here.filter(valid_to__range=(since, until)).exclude(
        Exists(_beside(here, valid_from=OuterRef("valid_to")))
    )
    return [
        *((each.subject_id, each.valid_from, JOINED, True, "") for each in joined[:MOST]),
        *((each.subject_id, each.valid_to, LEFT, True, "") for each in left[:MOST]),
    ]


def _beside(here: QuerySet[Any], **border: OuterRef) -> QuerySet[Any]:
    """Versions of the same line at the same institution that touch this one: then nobody came or went."""
    return here.filter(subject_id=OuterRef("subject_id"), line=OuterRef("line"), **border)


def _names(account: Account, subjects: set[int], on: date) -> dict[int, str]:
    people = PersonIdentity.objects.visible_to(account).as_of(on).filter(subject_id__in=subjects)
    return dict(people.values_list("subject_id", "name"))
