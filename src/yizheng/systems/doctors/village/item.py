"""What the business items of village doctors have in common: the district registers (乡村医生从业管理条例 第九条)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.kernel.calendar import Period, Unit
from yizheng.kernel.statutes import Article, village_doctor_regulation
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.item import Candidate, Initiator, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.systems.doctors import levels, permits
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.levels import Level
from yizheng.systems.doctors.models import VillageAssessment, VillageRegistration
from yizheng.systems.doctors.models.permit import REVOKED
from yizheng.systems.doctors.reading.gathering import applicant_from
from yizheng.systems.doctors.short_term.gathering import known
from yizheng.systems.doctors.village.rules import VillageLimits, VillageParty
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.employer import employer_of


@dataclass(frozen=True, slots=True)
class VillageHeld:
    """One person's village registration and examinations, oldest first."""

    versions: tuple[VillageRegistration, ...]
    assessments: tuple[VillageAssessment, ...]

    def standing(self, on: date) -> VillageRegistration | None:
        """The registration that allows practice on ``on``."""
        found = (each for each in self.versions if each.in_force_on(on) and each.allows_practice(on))
        return next(found, None)

    def registered(self, on: date) -> VillageRegistration | None:
        """The registration that has not ended on ``on``, in practice or not."""
        found = (each for each in self.versions if each.in_force_on(on) and each.status in permits.LIVE)
        return next(found, None)

    @property
    def revoked_on(self) -> date | None:
        """The day the certificate was last revoked."""
        return max((each.valid_from for each in self.versions if each.status == REVOKED), default=None)

    @property
    def failed(self) -> VillageAssessment | None:
        """The last examination while it was not passed."""
        last = self.assessments[-1] if self.assessments else None
        return None if last is None or last.passed else last


class VillageItem(DoctorItem):
    """An item about a village doctor, decided by the district where the institution is."""

    register = "乡村医生"
    group = "乡村医生"
    articles: ClassVar[tuple[Article, ...]] = ()
    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.PERSON,)
    route: ClassVar[tuple[Stage, ...]] = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(15, village_doctor_regulation(13))
    standing_needed: ClassVar[bool] = True

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A registration that stands is needed, or must not be there yet."""
        stands = self.counts(self.village(subject_id), on) is not None
        if stands == self.standing_needed:
            return None
        return "已有有效的乡村医生注册" if stands else "没有有效的乡村医生注册"

    def village(self, subject_id: int) -> VillageHeld:
        """Everything the register says of the person as a village doctor, whoever recorded it."""
        with acting_as_system(f"核对{self.title}"):
            versions = VillageRegistration.objects.current().filter(subject_id=subject_id)
            assessments = VillageAssessment.objects.current().filter(subject_id=subject_id)
            return VillageHeld(tuple(versions.order_by("valid_from")), tuple(assessments.order_by("valid_from")))

    def counts(self, village: VillageHeld, on: date) -> VillageRegistration | None:
        """The registration the item is about."""
        return village.standing(on)

    def gather(self, answers: Answers, subject_id: int, on: date) -> VillageParty:
        """What the rules weigh."""
        held, village, licence = (self.held(subject_id, on), self.village(subject_id), self.chosen(answers, on))
        standing, failed, practice = self.counts(village, on), village.failed, answers.get("practice", {})
        renewal, examined, ending = (answers.get(step, {}) for step in ("renewal", "assessment", "ending"))
        numbers = VillageLimits.on(on)
        repeat = Period(numbers.repeat_months, Unit.MONTH)
        asked = {
            "employer": None if licence is None else employer_of(licence),
            "fit": answers.flag("renewal", "health"),
        }
        return VillageParty(
            **known(applicant_from(answers, subject_id, on, held)) | asked,
            qualified=bool(held.qualifications),
            stands=standing is not None,
            valid_until=None if standing is None else standing.valid_until,
            practises_there=standing is not None
            and licence is not None
            and standing.institution_id == licence.subject_id,
            revoked_on=village.revoked_on,
            entry=str(practice.get("ground", "")),
            entered_on=practice.get("entered_on"),
            trained_on=renewal.get("trained_on", practice.get("trained_on")),
            failed_on=None if failed is None else failed.happened_on,
            failed_again=failed is not None and failed.repeated,
            repeat_by=None if failed is None else working_calendar().due(failed.happened_on, repeat).last,
            examined_on=examined.get("assessed_on"),
            repeated=bool(examined.get("kind")),
            ground=str(ending.get("ground", "")),
            happened_on=ending.get("happened_on"),
            limits=numbers,
        )

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The district where the institution is."""
        licence = self.chosen(answers, on)
        return None if licence is None else levels.authority(Level.DISTRICT, licence)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration as it stands, and the institution's licence."""
        standing = self.counts(self.village(case.subject_id), on)
        licence = self.chosen(load(case), on)
        return [each for each in (standing, licence) if each is not None]

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The registration as it stands."""
        today = timezone.localdate()
        standing = self.village(subject_id).standing(today)
        return {} if standing is None else {"standing": as_it_stands(standing, today)}

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The village doctors of the institution, by name."""
        return permits.staff(VillageRegistration, institution_scope, on, self.title)


def as_it_stands(standing: VillageRegistration, on: date) -> dict[str, Any]:
    """The part of a form that says which registration is meant."""
    return {
        "institution": licences.name_of(standing.institution_id, on),
        "certificate_number": standing.certificate_number,
        "valid_until": standing.valid_until,
    }
