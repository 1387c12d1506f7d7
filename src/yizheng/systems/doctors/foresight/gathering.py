"""The register in portions, as the rules weigh a registration: a fixed number of queries a portion, whatever its size."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from yizheng.registry.models import FactQuerySet
from yizheng.systems.doctors.checks.applicant import ASSISTANT, PHYSICIAN, Bar, Employer, HeldQualification
from yizheng.systems.doctors.checks.change import Changer, Practice
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.gathering import as_held, bar_of, employer_of
from yizheng.systems.doctors.models import PersonIdentity, Qualification, Registration, RegistrationBar
from yizheng.systems.doctors.models.registration import ENDED, LEFT
from yizheng.systems.doctors.places import place_name
from yizheng.systems.institutions.models import InstitutionLicence

PORTION = 2000


def registered_on(day: date) -> int:
    """How many registrations stand on the day; call it as the system."""
    return _standing(day).count()


def _standing(day: date) -> FactQuerySet[Any]:
    return Registration.objects.as_of(day).filter(level__in=(PHYSICIAN, ASSISTANT)).exclude(status__in=ENDED)


def portions(day: date) -> Iterator[list[Registration]]:
    """The registrations that stand on the day, in portions by id; call it as the system."""
    last = 0
    while True:
        rows = list(_standing(day).filter(pk__gt=last).order_by("pk")[:PORTION])
        if not rows:
            return
        yield rows
        last = rows[-1].pk


def employers_on(day: date) -> dict[int, Employer]:
    """Every institution as it stands on the day, by subject; call it as the system."""
    return {row.subject_id: employer_of(row) for row in InstitutionLicence.objects.as_of(day)}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a day says apart from the people: the institutions and the parameters of the rules."""

    on: date
    employers: Mapping[int, Employer]
    periods: Periods


@dataclass(frozen=True, slots=True)
class Weighed:
    """One registration and the value the rules are asked about, institution and parameters still open."""

    registration: Registration
    changer: Changer

    def under(self, day: Surroundings) -> Changer:
        """The value as of a day."""
        employer = day.employers.get(self.registration.institution_id or 0)
        return replace(self.changer, employer=employer, periods=day.periods)


def weighed(rows: Sequence[Registration]) -> list[Weighed]:
    """The people of a portion with what the rules need, in four queries; call it as the system."""
    ids = {row.subject_id for row in rows}
    identities = {
        row.subject_id: row
        for row in PersonIdentity.objects.current().filter(subject_id__in=ids).order_by("valid_from")
    }
    qualifications: dict[int, list[HeldQualification]] = {}
    for fact in Qualification.objects.current().filter(subject_id__in=ids).order_by("line"):
        qualifications.setdefault(fact.subject_id, []).append(as_held(fact))
    bars: dict[int, list[Bar]] = {}
    for record in RegistrationBar.objects.current().filter(subject_id__in=ids):
        bars.setdefault(record.subject_id, []).append(bar_of(record))
    left = _left_since(rows)
    return [
        Weighed(
            row,
            _changer(
                row,
                identities.get(row.subject_id),
                qualifications.get(row.subject_id, []),
                bars.get(row.subject_id, []),
                left.get(row.pk),
            ),
        )
        for row in rows
    ]


def _changer(
    row: Registration,
    identity: PersonIdentity | None,
    qualifications: Sequence[HeldQualification],
    bars: Sequence[Bar],
    left_on: date | None,
) -> Changer:
    return Changer(
        birth_date=None if identity is None else identity.birth_date,
        qualification=_behind(row, qualifications),
        register_status=row.status,
        ever_registered=True,
        bars=tuple(bars),
        level=row.level,
        category=row.category,
        scopes=tuple(row.scopes),
        now=Practice(
            level=row.level,
            category=row.category,
            scopes=tuple(row.scopes),
            place=row.place,
            place_name=place_name(row.place),
        ),
        left_on=left_on,
        first_practised_on=row.first_practised_on,
        qualifications=tuple(qualifications),
    )


def _behind(row: Registration, held: Sequence[HeldQualification]) -> HeldQualification | None:
    """The qualification of the level and category registered, else of the level, else any."""
    return min(
        held,
        key=lambda each: (each.level != row.level, each.category != row.category, each.level),
        default=None,
    )


def _left_since(rows: Sequence[Registration]) -> dict[int, date]:
    """Since when each leave filing of the portion stands, through all that changed during it; one query."""
    away = {(row.subject_id, row.line): row for row in rows if row.status == LEFT}
    if not away:
        return {}
    versions = Registration.objects.current().filter(
        subject_id__in={subject for subject, _ in away}, status=LEFT
    )
    ended: dict[tuple[int, str, date], date] = {
        (version.subject_id, version.line, version.valid_to): version.valid_from for version in versions
    }
    found = {}
    for (subject, line), row in away.items():
        since = row.valid_from
        while (subject, line, since) in ended:
            since = ended[(subject, line, since)]
        found[row.pk] = since
    return found
