"""Who joined an institution and who left it over a period, from the versions of the register themselves."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from yizheng.people.models import Account
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.registered import PeopleRegister, Relation

MOST = 500
JOINED, LEFT = "joined", "left"
WORDS = {JOINED: "到本机构", LEFT: "离开本机构"}


@dataclass(frozen=True, slots=True)
class Movement:
    """One coming or going: who, when, by which relation, and how the register stood afterwards."""

    subject: int
    name: str
    on: date
    way: str
    relation: Relation
    status: str
    """The status of the registration after it; empty for a filing."""


def movements(people: PeopleRegister, account: Account, institution: int, since: date, until: date) -> list[Movement]:
    """Comings and goings from ``since`` to ``until``, newest first, at most five hundred.

    What ends by itself on its last day, such as a short-term permit, is no going; two queries a relation and two.
    """
    found = [
        (relation, *row)
        for relation in people.relations
        if relation.under_registration
        for row in _moved(relation, account, institution, since, until)
    ]
    registered = [(subject, line, on) for relation, subject, line, on, _ in found]
    after = _statuses(people, account, registered)
    names = _names(account, {subject for _, subject, *_ in found}, until)
    rows = [
        Movement(subject, names.get(subject, ""), on, way, relation, after.get((subject, line, on), ""))
        for relation, subject, line, on, way in found
    ]
    return sorted(rows, key=lambda each: (each.on, each.subject), reverse=True)[:MOST]


def _moved(
    relation: Relation, account: Account, institution: int, since: date, until: date
) -> Iterator[tuple[int, str, date, str]]:
    known = relation.kind.objects.visible_to(account).current()
    here = known.filter(relation.condition, institution_id=institution)
    joined = here.filter(valid_from__range=(since, until)).exclude(
        Exists(_beside(here, valid_to=OuterRef("valid_from")))
    )
    left = here.filter(valid_to__range=(since, until)).exclude(Exists(_beside(here, valid_from=OuterRef("valid_to"))))
    for each in joined[:MOST]:
        yield each.subject_id, each.line, each.valid_from, JOINED
    for each in left[:MOST]:
        yield each.subject_id, each.line, each.valid_to, LEFT


def _beside(here: QuerySet[Any], **border: OuterRef) -> QuerySet[Any]:
    """Versions of the same line at the same institution that touch this one: then nobody came or went."""
    return here.filter(subject_id=OuterRef("subject_id"), line=OuterRef("line"), **border)


def _statuses(
    people: PeopleRegister, account: Account, wanted: list[tuple[int, str, date]]
) -> dict[tuple[int, str, date], str]:
    """The status with which a version of a registration begins on each of these days."""
    held = people.registration.objects.visible_to(account).current()
    rows = held.filter(subject_id__in={subject for subject, _, _ in wanted}, valid_from__in={on for _, _, on in wanted})
    return {(each.subject_id, each.line, each.valid_from): each.status for each in rows}


def _names(account: Account, subjects: set[int], on: date) -> dict[int, str]:
    identities = PersonIdentity.objects.visible_to(account).as_of(on).filter(subject_id__in=subjects)
    return dict(identities.values_list("subject_id", "name"))
