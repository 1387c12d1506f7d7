"""Reading a doctor's facts: what holds on a day, as the rules and the forms need it.

A rule must know of registrations and bars wherever they were recorded (医师法 第十三条: the national register), so
these questions are asked as the system; what they answer reaches people only through findings and their own case.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TypeVar

from yizheng.kernel.remembering import Memory
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.systems.doctors.models import InstitutionFiling, PeriodicAssessment, Qualification, Registration
from yizheng.systems.doctors.models.registration import LEFT, REGISTERED
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.bars import counting_for
from yizheng.systems.practitioners.identities import IDENTITIES
from yizheng.systems.practitioners.models import (
    Education,
    PenaltyRecord,
    PersonIdentity,
    RegistrationBar,
    TrainingProof,
)
from yizheng.systems.practitioners.models.training import APPRENTICESHIP, ASSESSMENT, TRAINING
from yizheng.systems.practitioners.registered import Registered

F = TypeVar("F", bound=Fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Registered[Registration]):
    """All facts of one doctor that hold or had happened on a day."""

    qualifications: tuple[Qualification, ...]
    bars: tuple[RegistrationBar, ...]
    proofs: tuple[TrainingProof, ...]
    educations: tuple[Education, ...]
    ever_registered: bool
    suspended_until: date | None = None
    """The last day of the order to stop that runs on the day."""

    @property
    def assessed_on(self) -> date | None:
        """The day the last assessment was passed."""
        days = [proof.happened_on for proof in self.proofs if proof.kind == ASSESSMENT and proof.passed]
        return max(days, default=None)

    @property
    def training(self) -> TrainingProof | None:
        """The last training on record."""
        trainings = [proof for proof in self.proofs if proof.kind == TRAINING]
        return max(trainings, key=lambda proof: proof.happened_on, default=None)

    @property
    def apprenticeship(self) -> TrainingProof | None:
        """The certificate of who learnt Chinese medicine from a master."""
        return next((proof for proof in self.proofs if proof.kind == APPRENTICESHIP and proof.passed), None)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The versions a decision about the person relies on."""
        identity = () if self.identity is None else (self.identity,)
        return (*identity, *self.qualifications, *self.registrations, *self.bars, *self.proofs)

    def qualification_for(self, number_level: str = "", number_category: str = "") -> Qualification | None:
        """The qualification meant: the one a certificate number names, else the highest not yet registered."""
        named = [
            each
            for each in self.qualifications
            if number_level in ("", each.level) and number_category in ("", each.category)
        ]
        taken = {each.level for each in self.standing}
        return min(named, key=lambda each: (each.level in taken, each.level, each.line), default=None)


def held_on(subject_id: int, on: date) -> Held:
    """Everything the register says of the person on ``on``, in nine queries; call it as the system."""
    return HELD.ask((subject_id, on), lambda: _held_on([subject_id], on)[subject_id, on])


HELD: Memory[tuple[int, date], Held] = Memory("yizheng_doctors_held", of=itemgetter(0))
"""For work on many people, of whom everything was read at once (`read_held`)."""


def read_held(subject_ids: Iterable[int], on: date) -> None:
    """Read of many people at once what `held_on` is asked for each, in as many queries; call it as the system."""

    def read(unread: list[tuple[int, date]]) -> dict[tuple[int, date], Held]:
        found = _held_on([subject for subject, _ in unread], on)
        IDENTITIES.learn({key: held.identity for key, held in found.items()})
        return found

    HELD.ask_many([(subject, on) for subject in sorted(set(subject_ids))], read)


def _held_on(wanted: Sequence[int], on: date) -> dict[tuple[int, date], Held]:
    mine = {"subject_id__in": wanted}
    identities = _by_person(PersonIdentity.objects.as_of(on).filter(**mine).order_by("pk"))
    qualifications = _by_person(Qualification.objects.as_of(on).filter(**mine).order_by("line"))
    known = _by_person(Registration.objects.current().filter(**mine, valid_from__lte=on).order_by("line"))
    filings = _by_person(InstitutionFiling.objects.as_of(on).filter(**mine).order_by("line"))
    bars = bars_of(wanted, on)
    proofs = _by_person(TrainingProof.objects.as_of(on).filter(**mine, of_register=DOCTORS.code))
    educations = _by_person(Education.objects.as_of(on).filter(**mine).order_by("line"))
    suspended = suspensions_run(wanted, on)
    return {
        (subject_id, on): Held(
            people=PEOPLE,
            on=on,
            identity=next(iter(identities[subject_id]), None),
            qualifications=tuple(qualifications[subject_id]),
            registrations=tuple(each for each in known[subject_id] if each.in_force_on(on)),
            filings=tuple(filings[subject_id]),
            bars=tuple(bars[subject_id]),
            proofs=tuple(proofs[subject_id]),
            educations=tuple(educations[subject_id]),
            ever_registered=bool(known[subject_id]),
            suspended_until=suspended.get(subject_id),
        )
        for subject_id in wanted
    }


def _by_person(rows: Iterable[F]) -> defaultdict[int, list[F]]:
    found: defaultdict[int, list[F]] = defaultdict(list)
    for row in rows:
        found[row.subject_id].append(row)
    return found


def bars_of(subject_ids: Iterable[int], on: date) -> defaultdict[int, list[RegistrationBar]]:
    """The grounds recorded of these people by ``on``, in one query; call it as the system."""
    recorded = RegistrationBar.objects.current().filter(subject_id__in=list(subject_ids), valid_from__lte=on)
    return _by_person(recorded.filter(counting_for(DOCTORS.code)).order_by("line"))


ELSEWHERE = frozenset({REGISTERED, "MOVED", "MIL"})
"""Statuses under which she practises, here or under another register."""


def suspensions_run(subject_ids: Collection[int], on: date) -> dict[int, date]:
    """By person the last day of the order to stop that runs on ``on``, whether a registration stands or not, in two queries.

    医师法 第四十二条、第五十五条; call it as the system.
    """
    found: dict[int, date] = {}
    for orders in (
        PenaltyRecord.objects.as_of(on).filter(of_register=DOCTORS.code),
        PeriodicAssessment.objects.as_of(on),
    ):
        running = orders.filter(subject_id__in=subject_ids, suspended_from__lte=on, suspended_to__gte=on)
        for subject, until in running.values_list("subject_id", "suspended_to"):
            if until is not None:
                found[subject] = max(until, found.get(subject, until))
    return found


def days_without_practice(subject_id: int, on: date) -> int:
    """How many days since the first registration nobody was in practice: deregistered, on leave, suspended; as the system."""
    lines = Registration.objects.current().filter(subject_id=subject_id, valid_from__lte=on)
    known = sorted(lines, key=lambda each: each.valid_from)
    if not known:
        return 0
    reached, away = known[0].valid_from, 0
    for version in known:
        if version.status in ELSEWHERE:
            away += max(0, (version.valid_from - reached).days)
            reached = max(reached, min(version.valid_to, on))
    return away + max(0, (on - reached).days)


def left_since(registration: Registration) -> date | None:
    """The first day of the leave filing that stands, whatever else of the registration changed during it."""
    if registration.status != LEFT:
        return None
    since = registration.valid_from
    with acting_as_system("核对离岗备案"):
        line = Registration.objects.current().filter(
            subject_id=registration.subject_id, line=registration.line, valid_from__lt=since
        )
        for version in line.order_by("-valid_from"):
            if version.status != LEFT or version.valid_to != since:
                break
            since = version.valid_from
    return since
