"""What a forecast asks about the register of doctors, and of whom: registrations that say the same in groups, others one by one.

A registration is one of many that no rule can tell apart: level, category, scopes, place, institution and qualifications.
One statement forms these groups. Doctors on leave, barred or young are asked about singly, in portions of a fixed number of queries.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import Any

from django.db import connection

from yizheng.kernel.calendar import add_years
from yizheng.kernel.codes import name_of
from yizheng.licensing.forecasts.kinds import ForecastKind, declare
from yizheng.registry.models import FactQuerySet
from yizheng.systems.doctors.changes.rules import Changer, Practice, stays_at_the_place, within_the_years_of_leave
from yizheng.systems.doctors.checks.applicant import ASSISTANT, PHYSICIAN, Bar, HeldQualification
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.grounds import PREFIX, no_refusal_ground, of_full_capacity
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.checks.qualification import as_qualified
from yizheng.systems.doctors.checks.scope import scope_fits_subjects, scope_within_category
from yizheng.systems.doctors.models import Qualification, Registration
from yizheng.systems.doctors.models.registration import ENDED, LEFT
from yizheng.systems.doctors.reading.gathering import as_held, bar_of
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.employer import Employer, employer_of
from yizheng.systems.practitioners.models import PersonIdentity, RegistrationBar
from yizheng.systems.practitioners.places import place_name

PORTION = 2000
GROWN = 19
"""Years after which no rule asks for the age any more, whichever day it is asked for."""


def registered_on(day: date) -> int:
    """How many registrations stand on the day; call it as the system."""
    return _standing(day).count()


def _standing(day: date) -> FactQuerySet[Any]:
    return Registration.objects.as_of(day).filter(level__in=(PHYSICIAN, ASSISTANT)).exclude(status__in=ENDED)


def portions(day: date) -> Iterator[Sequence[Registrations]]:
    """All registrations that stand on the day; call it as the system, inside a transaction.

    They are read once into a table of their own, analysed, so that what follows is planned by what is there.
    """
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, _asked(day))
        cursor.execute("analyze forecast_standing (subject_id, institution_id, singly)")
        yield from _singly(cursor)
        groups = _in_groups(cursor)
        while portion := list(islice(groups, PORTION)):
            yield portion
        cursor.execute("drop table forecast_standing")


def _singly(cursor: Any) -> Iterator[list[Registrations]]:
    """The registrations asked about one by one."""
    cursor.execute("select id from forecast_standing where singly order by id")
    ids = [pk for (pk,) in cursor.fetchall()]
    for first in range(0, len(ids), PORTION):
        portion = ids[first : first + PORTION]
        yield one_by_one(list(Registration.objects.filter(pk__in=portion).order_by("pk")))


def _in_groups(cursor: Any) -> Iterator[Registrations]:
    """The others in groups of which the rules say the same."""
    known: dict[Hashable, Changer] = {}
    cursor.execute(_IN_GROUPS)
    while rows := cursor.fetchmany(PORTION):
        for level, category, scopes, place, held, institution, authority_scope, subjects in rows:
            said = (level, category, tuple(scopes), place, tuple(held or ()))
            if said not in known:
                known[said] = _in_common(*said)
            yield Registrations(known[said], institution, authority_scope, subjects)


def _asked(day: date) -> dict[str, Any]:
    return {
        "day": day,
        "levels": [PHYSICIAN, ASSISTANT],
        "ended": list(ENDED),
        "left": LEFT,
        "grown": add_years(day, -GROWN),
    }


_STANDING = """
create temp table forecast_standing on commit drop as
select q.id, q.subject_id, q.level, q.category, q.scopes, q.place, q.institution_id, q.authority_scope,
       q.status = %(left)s
       or q.subject_id in (select subject_id from practitioners_bar where closed is null)
       or q.subject_id in (select subject_id from practitioners_identity where closed is null and birth_date > %(grown)s)
       as singly
from doctors_registration q
where q.closed is null and q.valid_from <= %(day)s and q.valid_to > %(day)s
  and q.level = any(%(levels)s) and q.status <> all(%(ended)s)
"""
_IN_GROUPS = """
with held as (
    select subject_id, array_agg(level || ':' || category order by line) as qualifications
    from doctors_qualification where closed is null group by subject_id
)
select s.level, s.category, s.scopes, s.place, h.qualifications, s.institution_id, s.authority_scope,
       array_agg(s.subject_id)
from forecast_standing s left join held h using (subject_id)
where not s.singly
group by s.institution_id, s.authority_scope, s.level, s.category, s.scopes, s.place, h.qualifications
"""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a day says apart from the people: the institutions and the parameters of the rules."""

    employers: Mapping[int, Employer]
    licences: Mapping[int, int]
    """By institution a number of what its licence says apart from its name."""
    periods: Periods


def surroundings(on: date, parameters: Mapping[str, int]) -> Surroundings:
    """Every institution as it stands on the day, and these parameters; call it as the system.

    Thousands of licences say the same, so each text is read once.
    """
    rows = InstitutionLicence.objects.as_of(on)
    employers: dict[int, Employer] = {}
    licences: dict[int, int] = {}
    known: dict[Hashable, tuple[int, Employer]] = {}
    columns = rows.values_list("subject_id", "name", "category", "status", "subjects", "district")
    for subject, name, category, status, subjects, district in columns:
        text = (category, status, tuple(subjects), district)
        if text not in known:
            licence = InstitutionLicence(category=category, status=status, subjects=subjects, district=district)
            known[text] = len(known), employer_of(licence)
        licences[subject], employer = known[text]
        employers[subject] = replace(employer, name=name)
    return Surroundings(employers, licences, Periods.among(parameters))


@dataclass(frozen=True, slots=True)
class Registrations:
    """Registrations about which the checks say the same, institution and parameters still open."""

    changer: Changer
    institution: int | None
    authority_scope: int
    subjects: Sequence[int]
    single: bool = False
    """Whether it is one person of whom the checks read days of her own."""

    @property
    def level(self) -> str:
        """The code of the level registered."""
        return self.changer.level

    def on(self, day: Surroundings) -> Changer:
        """What the checks are asked about on a day."""
        return replace(self.changer, employer=day.employers.get(self.institution or 0), periods=day.periods)

    def key(self, *days: Surroundings) -> Hashable | None:
        """What the answer depends on: the same for another institution of the same licence under another name."""
        if self.single:
            return None
        said = self.changer
        licences = (day.licences.get(self.institution or 0) for day in days)
        return (said.level, said.category, said.scopes, said.now, said.qualification, *licences)


def _in_common(level: str, category: str, scopes: tuple[str, ...], place: str, held: tuple[str, ...]) -> Changer:
    row = Registration(level=level, category=category, scopes=scopes, place=place)
    return _changer(row, None, [_held(*each.split(":")) for each in held], (), None)


def _held(level: str, category: str) -> HeldQualification:
    """A qualification as far as the rules about who is registered tell one from another."""
    return HeldQualification(level=level, category=category, qualified_on=date.min, holder_name="")


def one_by_one(rows: Sequence[Registration]) -> list[Registrations]:
    """The people of a portion with what the checks need, in four queries; call it as the system."""
    ids = {row.subject_id for row in rows}
    identities = {
        row.subject_id: row
        for row in PersonIdentity.objects.current().filter(subject_id__in=ids).order_by("valid_from")
    }
    qualifications: dict[int, list[HeldQualification]] = {}
    for fact in Qualification.objects.current().filter(subject_id__in=ids).order_by("line"):
        qualifications.setdefault(fact.subject_id, []).append(as_held(fact))
    bars: dict[int, list[Bar]] = {}
    for record in RegistrationBar.objects.current().filter(subject_id__in=ids, of_register=DOCTORS.code):
        bars.setdefault(record.subject_id, []).append(bar_of(record))
    left = _left_since(rows)
    return [
        Registrations(
            _changer(
                row,
                identities.get(row.subject_id),
                qualifications.get(row.subject_id, []),
                bars.get(row.subject_id, []),
                left.get(row.pk),
            ),
            row.institution_id,
            row.authority_scope,
            [row.subject_id],
            single=True,
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
        qualifications=tuple(qualifications),
    )


def _behind(row: Registration, held: Sequence[HeldQualification]) -> HeldQualification | None:
    """The qualification of the level and category registered, else of the level, else any."""
    return min(
        held, key=lambda each: (each.level != row.level, each.category != row.category, each.level), default=None
    )


def _left_since(rows: Sequence[Registration]) -> dict[int, date]:
    """Since when each leave filing of the portion stands, through all that changed during it; one query."""
    away = {(row.subject_id, row.line): row for row in rows if row.status == LEFT}
    if not away:
        return {}
    versions = Registration.objects.current().filter(subject_id__in={subject for subject, _ in away}, status=LEFT)
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


def _ground(code: str) -> str:
    """The ground of refusal a finding states; empty for a check that has one reason."""
    is_ground = code.startswith(f"{PREFIX}R") and code not in {as_qualified.code, of_full_capacity.code}
    return name_of("doctor_refusal_reason", code.removeprefix(PREFIX)) if is_ground else ""


FORECAST = ForecastKind(
    register=DOCTORS,
    checks=(
        no_refusal_ground,
        of_full_capacity,
        as_qualified,
        scope_within_category,
        licence_in_force,
        scope_fits_subjects,
        stays_at_the_place,
        within_the_years_of_leave,
    ),
    rules="doctors.",
    day=surroundings,
    count=registered_on,
    portions=portions,
    levels="practice_level",
    words=_ground,
)
"""A check here may read of registrations in groups what they have in common and nothing else."""
declare(FORECAST)
