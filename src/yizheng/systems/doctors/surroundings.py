"""What the public records of a chunk of people share: the day, the names of institutions, the authorities; read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yizheng.documents.authorities import authority
from yizheng.people.models import Scope
from yizheng.systems.institutions import licences


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The day, institutions by subject, authorities by scope."""

    today: date
    names: dict[int, str]
    offices: dict[int, str]


def surroundings(today: date, institutions: Iterable[int]) -> Surroundings:
    """What records of people at these institutions need, in two queries."""
    names = {key: licence.name for key, licence in licences.licences_on(institutions, today).items()}
    codes = dict(Scope.objects.filter(kind__in=["city", "district"]).values_list("pk", "code"))
    return Surroundings(today, names, {pk: authority(code).name for pk, code in codes.items()})
