"""What the public records of a chunk of people share: the day, the names of institutions, the authorities; read once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from yizheng.documents.authorities import authority
from yizheng.people.models import Scope
from yizheng.registry.periods import FOREVER
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.licences import Named


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The day, the names institutions bore over time by subject, authorities by scope."""

    today: date
    names: dict[int, list[Named]]
    offices: dict[int, str]

    def name(self, institution: int | None, on: date | None = None) -> str:
        """What the institution was called on a day (without one, is called today); empty for none.

        Before its first licence on record it is called by its first name, after the last by its last.
        """
        known = self.names.get(institution or 0)
        if not known:
            return ""
        begun = [each for each in known if each.since <= (on or self.today)]
        return (begun[-1] if begun else known[0]).name

    def renamed(self, institution: int | None, since: date, until: date) -> Iterator[tuple[date, date, str]]:
        """``[since, until)`` cut where the institution was renamed, with the name of each part."""
        known = self.names.get(institution or 0, [])
        cuts = [since, *(each.since for each in known if since < each.since < until), until]
        for first, last in pairwise(cuts):
            yield first, last, self.name(institution, first)

    def name_over(self, institution: int | None, until: date) -> str:
        """What it was last called within a time that ends with `until`: today, or on the last day."""
        return self.name(
            institution, None if until == FOREVER else min(self.today, date.fromordinal(until.toordinal() - 1))
        )


def surroundings(today: date, institutions: Iterable[int]) -> Surroundings:
    """What records of people at these institutions need, in two queries."""
    codes = dict(Scope.objects.filter(kind__in=["city", "district"]).values_list("pk", "code"))
    offices = {pk: authority(code).name for pk, code in codes.items()}
    return Surroundings(today, licences.names_of(institutions), offices)
