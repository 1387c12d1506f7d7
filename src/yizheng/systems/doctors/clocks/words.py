"""Deadlines in words: whom they concern, what fires, at which institution."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from yizheng.kernel.codes import name_of
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.clocks.declaring import Clock
from yizheng.systems.doctors.models import Deadline
from yizheng.systems.practitioners.models import PersonIdentity


@dataclass(frozen=True, slots=True)
class Concerned:
    """Names of the people and institutions that deadlines are about, by subject."""

    people: dict[int, str]
    houses: dict[int, str]

    def person(self, due: Deadline) -> str:
        """Whose deadline it is; a permit of an institution is the institution's."""
        return self.people.get(due.subject_id) or self.houses.get(due.subject_id, "")

    def house(self, due: Deadline) -> str:
        """The institution it concerns; empty where none."""
        return self.houses.get(due.institution_id or 0, "")

    def sentence(self, clock: Clock, due: Deadline) -> str:
        """What fires, with its institution and its subject matter."""
        about = name_of(clock.codes, due.about) if clock.codes and due.about else due.about
        return clock.sentence.format(house=self.house(due), about=about)


def names_of(subjects: Iterable[int]) -> dict[int, str]:
    """What these people are called, by subject, in one query; a name is public, whoever recorded it."""
    with acting_as_system("期限涉及的人员姓名"):
        people = PersonIdentity.objects.current().filter(subject_id__in=list(subjects)).order_by("valid_from")
        return dict(people.values_list("subject_id", "name"))


def concerned(deadlines: Iterable[Deadline]) -> Concerned:
    """The names these deadlines need, in two queries; a name is public, whoever recorded it."""
    kept = list(deadlines)
    subjects = {each.subject_id for each in kept}
    houses = {each.institution_id for each in kept if each.institution_id}
    named = names_of(subjects)
    scopes = Scope.objects.filter(subject_id__in=subjects | houses)
    return Concerned(
        named, {subject: name for subject, name in scopes.values_list("subject_id", "name") if subject}
    )
