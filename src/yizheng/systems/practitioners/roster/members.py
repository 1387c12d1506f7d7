"""The roster of an institution (本机构人员): everybody of a register who works there on a day, and by what relation.

Everything is read through row access: the institution sees its own, a clerk those of her jurisdiction.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from yizheng.people.models import Account
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.registered import PeopleRegister, Relation


@dataclass(frozen=True, slots=True)
class Member:
    """One person of the roster, one relation by which she works there, and the registration behind it."""

    identity: PersonIdentity
    relation: Relation
    fact: Any
    registration: Any | None
    """Nothing for those who are not registered, such as short-term practice."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of one register at one institution on a day, as an account may see them."""

    people: PeopleRegister
    account: Account
    institution: int
    on: date

    def _relations(self, chosen: str) -> tuple[Relation, ...]:
        return tuple(each for each in self.people.relations if chosen in ("", each.code))

    def everybody(self, chosen: str) -> QuerySet[PersonIdentity]:
        """The people, by one relation or by any."""
        rule = Q(pk__in=[])
        for each in self._relations(chosen):
            here = self.people.here(each, self.account, self.institution, self.on)
            rule |= Q(subject_id__in=here.values("subject_id"))
        return PersonIdentity.objects.visible_to(self.account).as_of(self.on).filter(rule)

    def members(self, people: Iterable[PersonIdentity], chosen: str) -> list[Member]:
        """A row a person and relation, by name; a query a relation and one."""
        shown = {each.subject_id: each for each in people}
        held = self.people.registration.objects.visible_to(self.account).as_of(self.on)
        registrations = {self._key(each): each for each in held.filter(subject_id__in=shown)}
        rows = [
            Member(shown[fact.subject_id], each, fact, self._behind(each, fact, registrations))
            for each in self._relations(chosen)
            for fact in self.people.here(each, self.account, self.institution, self.on).filter(subject_id__in=shown)
        ]
        place = {each.code: index for index, each in enumerate(self.people.relations)}
        return sorted(rows, key=lambda row: (row.identity.name, row.identity.subject_id, place[row.relation.code]))

    def _key(self, fact: Any) -> tuple[int, Any]:
        return fact.subject_id, getattr(fact, self.people.apart) if self.people.apart else ""

    def _behind(self, relation: Relation, fact: Any, registrations: dict[tuple[int, Any], Any]) -> Any | None:
        if relation.kind is self.people.registration:
            return fact
        return registrations.get(self._key(fact)) if relation.under_registration else None
