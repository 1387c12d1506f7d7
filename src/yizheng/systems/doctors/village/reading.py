"""Reading a village doctor's facts, and the one value the rules are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.licensing.answers import Answers
from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.models import VillageAssessment, VillageRegistration
from yizheng.systems.doctors.models.permit import REVOKED
from yizheng.systems.doctors.reading.gathering import bar_of
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.rules import periods
from yizheng.systems.doctors.village.rules import VillageParty, limits
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.employer import employer_of


@dataclass(frozen=True, slots=True)
class VillageHeld:
    """One person's village registration and examinations, oldest first."""

    versions: tuple[VillageRegistration, ...]
    assessments: tuple[VillageAssessment, ...]

    def standing(self, on: date) -> VillageRegistration | None:
        """The registration that allows practice on ``on``."""
        found = [each for each in self.versions if each.in_force_on(on) and each.allows_practice(on)]
        return found[0] if found else None

    @property
    def revoked_on(self) -> date | None:
        """The day the certificate was last revoked."""
        return max((each.valid_from for each in self.versions if each.status == REVOKED), default=None)

    @property
    def failed_on(self) -> date | None:
        """The day of the last examination while it was not passed."""
        last = self.assessments[-1] if self.assessments else None
        return None if last is None or last.passed else last.happened_on


def village_held(subject_id: int, why: str) -> VillageHeld:
    """Everything the register says of the person as a village doctor, whoever recorded it."""
    with acting_as_system(why):
        mine = {"subject_id": subject_id}
        versions = VillageRegistration.objects.current().filter(**mine).order_by("valid_from")
        assessments = VillageAssessment.objects.current().filter(**mine).order_by("valid_from")
        return VillageHeld(tuple(versions), tuple(assessments))


def party_of(
    answers: Answers,
    held: Held,
    village: VillageHeld,
    licence: InstitutionLicence | None,
    on: date,
    **asked: Any,
) -> VillageParty:
    """What the rules weigh, and what is ``asked`` beside it."""
    standing, declared = village.standing(on), answers.get("declaration", {})
    typed = {**answers.get("practice", {}), **answers.get("renewal", {})}
    return VillageParty(
        birth_date=answers.get("person", {}).get("birth_date"),
        employer=None if licence is None else employer_of(licence),
        is_physician=bool(held.standing),
        stands=standing is not None,
        valid_until=None if standing is None else standing.valid_until,
        practises_there=standing is not None
        and licence is not None
        and standing.institution_id == licence.subject_id,
        revoked_on=village.revoked_on,
        sentence_served_on=declared.get("sentence_served_on") if declared.get("criminal_record") else None,
        trained_on=typed.get("trained_on"),
        failed_on=village.failed_on,
        bars=tuple(map(bar_of, held.bars)),
        truthful=declared.get("truth"),
        periods=periods(on),
        limits=limits(on),
        **asked,
    )
