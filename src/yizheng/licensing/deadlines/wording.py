"""Deadlines in words: whom they concern, what fires, at which institution."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from yizheng.kernel.codes import name_of
from yizheng.licensing.deadlines.clocks import Clock
from yizheng.licensing.models import Deadline
from yizheng.licensing.ports.questions import Named, who_is_called
from yizheng.people.models import Scope


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
