"""What a page may say of entries another authority made: name, sex and standing, which the law makes public anyway.

医师法 第二十一条: the register of physicians is open to inquiry. A former authority sees the past it decided and nothing
else; without these it would read that as "not registered". Call only for subjects the reader was found to see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import Registration
from yizheng.systems.practitioners.models import PersonIdentity


@dataclass(frozen=True, slots=True)
class Standing:
    """Who people are on a day, and the registration of each that counts (in force before ended, main before other)."""

    identities: dict[int, PersonIdentity]
    registrations: dict[int, Registration]


def identities_on(subject_ids: Iterable[int], on: date) -> dict[int, PersonIdentity]:
    """Who these people are on a day, whoever recorded it; one query."""
    with acting_as_system("清单显示公开的姓名"):
        people = PersonIdentity.objects.as_of(on).filter(subject_id__in=list(subject_ids))
        return {each.subject_id: each for each in people}


def standing_on(subject_ids: Iterable[int], on: date, known: int | None = None) -> Standing:
    """How these people stand on a day, whoever recorded it, as known at a position; two queries."""
    ids = list(subject_ids)
    with acting_as_system("登记页显示公开的姓名和注册状态"):
        people = list(PersonIdentity.objects.as_of(on, known).filter(subject_id__in=ids))
        held = list(Registration.objects.as_of(on, known).filter(subject_id__in=ids))
    counting = sorted(held, key=lambda each: (each.stands, each.is_primary, -int(each.level or 9)))
    return Standing({each.subject_id: each for each in people}, {each.subject_id: each for each in counting})
