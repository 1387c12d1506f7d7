"""Reading a doctor's facts: what holds on a day, as the rules and the forms need it.

A rule must know of registrations and bars wherever they were recorded (医师法 第十三条: the national register), so
these questions are asked as the system; what they answer reaches people only through findings and their own case.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import TypeVar

from yizheng.kernel.remembering import Memory
from yizheng.registry.models import Fact
from yizheng.systems.doctors.models import InstitutionFiling, Qualification, Registration
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.doctors.reading.history import suspensions_run
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models import Education, PersonIdentity, RegistrationBar, TrainingProof
from yizheng.systems.practitioners.models.training import ASSESSMENT, TRAINING
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
    HELD.learn(_held_on(sorted(set(subject_ids)), on))


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
    return _by_person(recorded.filter(of_register=DOCTORS.code).order_by("line"))
