"""What the business items of village doctors have in common: the district registers (乡村医生从业管理条例 第九条)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone

from yizheng.kernel.statutes import Article, village_doctor_regulation
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.item import Candidate, Initiator, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.systems.doctors import levels
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.levels import Level
from yizheng.systems.doctors.models import VillageRegistration
from yizheng.systems.doctors.village.reading import VillageHeld, party_of, village_held
from yizheng.systems.doctors.village.rules import VillageParty
from yizheng.systems.institutions import licences
from yizheng.systems.practitioners.models import PersonIdentity


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
        stands = self.village(subject_id).standing(on) is not None
        if self.standing_needed and not stands:
            return "没有有效的乡村医生注册"
        if not self.standing_needed and stands:
            return "已有有效的乡村医生注册"
        return None

    def village(self, subject_id: int) -> VillageHeld:
        """Everything the register says of the person as a village doctor."""
        return village_held(subject_id, f"核对{self.title}")

    def gather(self, answers: Answers, subject_id: int, on: date) -> VillageParty:
        """What the rules weigh."""
        return party_of(
            answers, self.held(subject_id, on), self.village(subject_id), self.chosen(answers, on), on
        )

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The district where the institution is."""
        licence = self.chosen(answers, on)
        return None if licence is None else levels.authority(Level.DISTRICT, licence)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration as it stands, and the institution's licence."""
        standing, licence = self.village(case.subject_id).standing(on), self.chosen(load(case), on)
        return [each for each in (standing, licence) if each is not None]

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The registration as it stands."""
        today = timezone.localdate()
        standing = self.village(subject_id).standing(today)
        return {} if standing is None else {"standing": as_it_stands(standing, today)}

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """The village doctors of the institution, by name."""
        house = Scope.objects.filter(pk=institution_scope).values_list("subject_id", flat=True).first()
        with acting_as_system(f"选择人员办理{self.title}"):
            rows = VillageRegistration.objects.as_of(on).filter(institution_id=house or 0)
            here = {each.subject_id: each for each in rows if each.allows_practice(on)}
            people = PersonIdentity.objects.as_of(on).filter(subject_id__in=here).order_by("name")
            return [
                Candidate(each.subject_id, each.name, here[each.subject_id].certificate_number)
                for each in people
            ]


def as_it_stands(standing: VillageRegistration, on: date) -> dict[str, Any]:
    """The part of a form that says which registration is meant."""
    return {
        "institution": licences.name_of(standing.institution_id, on),
        "certificate_number": standing.certificate_number,
        "valid_until": standing.valid_until,
    }


def identity_number(subject_id: int, why: str) -> str:
    """The resident number as the certificate prints it; empty where none is kept."""
    account = Account.objects.filter(subject_id=subject_id).first()
    if account is None:
        return ""
    try:
        return vault.reveal(subject_id, IdentifierKind.RESIDENT_ID, account, why)
    except vault.NotHeld:
        return ""
