"""The roster of an institution (本机构医师): everybody who practises there on a day, and on what ground.

医师法 第十四条、第十五条: mainly or by filing; beside them short-term practice and village doctors, who are no
physicians of that law. Everything is read through row access: the institution sees its own, a clerk her jurisdiction's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from yizheng.people.models import Account
from yizheng.systems.doctors.models import (
    InstitutionFiling,
    Registration,
    ShortTermPractice,
    VillageRegistration,
)
from yizheng.systems.doctors.models.registration import ENDED
from yizheng.systems.doctors.models.short_term import VALID
from yizheng.systems.practitioners.models import PersonIdentity

PAGE = 50
MAIN, FILED, SHORT_TERM, VILLAGE = "main", "filed", "short_term", "village"
GROUNDS = {MAIN: "主要执业", FILED: "多机构备案", SHORT_TERM: "短期行医", VILLAGE: "乡村医生"}
_ORDER = {code: place for place, code in enumerate(GROUNDS)}


Ground = Registration | InstitutionFiling | ShortTermPractice | VillageRegistration
"""The fact that binds somebody to an institution."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the roster, one ground on which she practises there, and the registration behind it."""

    identity: PersonIdentity
    ground: str
    fact: Ground
    registration: Registration | None
    """Nothing for short-term practice and village doctors, who are not registered under the physicians' law."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page begins: after this name and this subject."""

    name: str
    subject: int


def members(
    account: Account, institution: int, on: date, *, text: str = "", ground: str = "", after: Position | None = None
) -> tuple[list[Member], Position | None]:  # fmt: skip
    """One page of the roster by name, and where the next begins; a text is part of the name. Seven queries."""
    people = _people(account, institution, on, ground)
    if text:
        people = people.filter(name__contains=text)
    if after is not None:
        people = people.filter(Q(name__gt=after.name) | Q(name=after.name, subject_id__gt=after.subject))
    found = list(people.order_by("name", "subject_id")[: PAGE + 1])
    shown = found[:PAGE]
    rows = _grounds(account, institution, on, {each.subject_id: each for each in shown}, ground)
    return rows, Position(shown[-1].name, shown[-1].subject_id) if len(found) > PAGE else None


def everybody(account: Account, institution: int, on: date, text: str, ground: str) -> Iterator[Member]:
    """The whole roster, page after page, so that no more than one page is ever held."""
    after: Position | None = None
    while True:
        rows, after = members(account, institution, on, text=text, ground=ground, after=after)
        yield from rows
        if after is None:
            return


def _here(account: Account, institution: int, on: date) -> dict[str, Any]:
    """The facts that bind somebody to the institution, by ground."""
    place = {"institution_id": institution}
    registrations = Registration.objects.visible_to(account).as_of(on).filter(**place)
    return {
        MAIN: registrations.exclude(status__in=ENDED),
        FILED: InstitutionFiling.objects.visible_to(account).as_of(on).filter(**place),
        SHORT_TERM: ShortTermPractice.objects.visible_to(account).as_of(on).filter(**place, status=VALID),
        VILLAGE: VillageRegistration.objects.visible_to(account).as_of(on).filter(**place, status=VALID),
    }


def _people(account: Account, institution: int, on: date, ground: str) -> Any:
    rule = Q(pk__in=[])
    for code, facts in _here(account, institution, on).items():
        if ground in ("", code):
            rule |= Q(subject_id__in=facts.values("subject_id"))
    return PersonIdentity.objects.visible_to(account).as_of(on).filter(rule)


def _grounds(
    account: Account, institution: int, on: date, people: dict[int, PersonIdentity], ground: str
) -> list[Member]:
    registrations = Registration.objects.visible_to(account).as_of(on).filter(subject_id__in=people)
    levels = {(each.subject_id, each.level): each for each in registrations}
    rows: list[Member] = []
    for code, facts in _here(account, institution, on).items():
        if ground not in ("", code):
            continue
        rows += [
            Member(people[fact.subject_id], code, fact, _behind(fact, levels))
            for fact in facts.filter(subject_id__in=people)
        ]
    return sorted(rows, key=lambda each: (each.identity.name, each.identity.subject_id, _ORDER[each.ground]))


def _behind(fact: Ground, levels: dict[tuple[int, str], Registration]) -> Registration | None:
    if isinstance(fact, InstitutionFiling):
        return levels.get((fact.subject_id, fact.level))
    return fact if isinstance(fact, Registration) else None
