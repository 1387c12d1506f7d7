"""What a forecast asks about the register of doctors, and of whom.

A registration is one of many that no rule can tell apart: level, category, scopes, place, institution and qualifications.
Doctors on leave, barred or young are asked about singly.
"""

from collections.abc import Sequence
from datetime import date

from yizheng.kernel.codes import name_of
from yizheng.licensing.forecasts import ForecastKind, declare
from yizheng.systems.doctors.changes.rules import Changer, stays_at_the_place, within_the_years_of_leave
from yizheng.systems.doctors.checks.applicant import ASSISTANT, PHYSICIAN, Bar, HeldQualification, StandingRegistration
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.grounds import PREFIX, no_refusal_ground, of_full_capacity
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.checks.qualification import as_qualified
from yizheng.systems.doctors.checks.scope import scope_fits_subjects, scope_within_category
from yizheng.systems.doctors.models import Qualification, Registration
from yizheng.systems.doctors.models.registration import ENDED, LEFT
from yizheng.systems.doctors.reading.gathering import as_held, bar_of
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.bars import counting_for
from yizheng.systems.practitioners.forecasting import Day, Registrations, WholeRegister, standing_since
from yizheng.systems.practitioners.models import PersonIdentity, RegistrationBar
from yizheng.systems.practitioners.passing import identities_of
from yizheng.systems.practitioners.places import place_name


def registered_on(day: date) -> int:
    """How many registrations stand on the day; call it as the system."""
    standing = Registration.objects.as_of(day).filter(level__in=(PHYSICIAN, ASSISTANT))
    return int(standing.exclude(status__in=ENDED).count())


def _in_common(level: str, category: str, scopes: tuple[str, ...], place: str, held: tuple[str, ...]) -> Changer:
    row = Registration(level=level, category=category, scopes=scopes, place=place)
    return _changer(row, None, [_held(*each.split(":")) for each in held], (), None)


def _held(level: str, category: str) -> HeldQualification:
    """A qualification as far as the rules about who is registered tell one from another."""
    return HeldQualification(level=level, category=category, qualified_on=date.min, holder_name="")


def one_by_one(rows: Sequence[Registration]) -> list[Registrations]:
    """The people of a portion with what the checks need, in four queries; call it as the system."""
    ids = {row.subject_id for row in rows}
    identities = identities_of(ids)
    qualifications: dict[int, list[HeldQualification]] = {}
    for fact in Qualification.objects.current().filter(subject_id__in=ids).order_by("line"):
        qualifications.setdefault(fact.subject_id, []).append(as_held(fact))
    bars: dict[int, list[Bar]] = {}
    for record in RegistrationBar.objects.current().filter(counting_for(DOCTORS.code), subject_id__in=ids):
        bars.setdefault(record.subject_id, []).append(bar_of(record))
    left = standing_since(Registration, rows, LEFT)
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
        now=StandingRegistration(
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


REGISTER = WholeRegister(
    kind=Registration,
    columns=("level", "category", "scopes", "place"),
    standing="q.level = any(%(levels)s) and q.status <> all(%(ended)s)",
    singly="q.status = %(left)s",
    held="""
        select subject_id, array_agg(level || ':' || category order by line) as held
        from doctors_qualification where closed is null group by subject_id
    """,
    asked={"levels": [PHYSICIAN, ASSISTANT], "ended": list(ENDED), "left": LEFT},
    in_common=_in_common,
    one_by_one=one_by_one,
)


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
    day=lambda on, parameters: Day.of(on, Periods.among(parameters)),
    count=registered_on,
    portions=REGISTER.portions,
    levels="practice_level",
    words=_ground,
)
"""A check here may read of registrations in groups what they have in common and nothing else."""
declare(FORECAST)
