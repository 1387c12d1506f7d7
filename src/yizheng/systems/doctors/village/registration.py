"""乡村医生执业注册: five years at the village institution that employs (乡村医生从业管理条例 第十条至第十六条)."""

from __future__ import annotations

from datetime import date
from typing import Any

from yizheng.kernel.statutes import village_doctor_regulation
from yizheng.licensing.answers import load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.forms import DeclarationStep, EducationStep, PersonStep
from yizheng.systems.doctors.reading.prefilling import prefilled
from yizheng.systems.doctors.short_term.limits import longest
from yizheng.systems.doctors.village import registering
from yizheng.systems.doctors.village import rules as checks
from yizheng.systems.doctors.village.form import VillagePracticeStep
from yizheng.systems.doctors.village.item import VillageItem
from yizheng.systems.doctors.village.rules import limits
from yizheng.systems.practitioners.certificate_series import next_number
from yizheng.systems.practitioners.identities import enter_applicant, show_to
from yizheng.systems.practitioners.papers import PHOTO


@declare
class VillageFirstRegistration(VillageItem):
    """乡村医生执业注册."""

    code = "rural_doctor_registration"
    title = "乡村医生执业注册"
    short_title = "乡村医生注册"
    articles = (village_doctor_regulation(13), village_doctor_regulation(14))
    standing_needed = False
    steps = (PersonStep, EducationStep, VillagePracticeStep, DeclarationStep)
    materials = (
        PHOTO,
        Material("employment_proof", "拟聘用证明", "由村医疗卫生机构出具"),
        Material("education_proof", "学历证明、证书或者培训合格证书", "与申请依据一致"),
    )
    checks = (
        checks.in_a_village,
        checks.no_physician,
        checks.not_registered_yet,
        checks.of_full_capacity,
        checks.sentence_served,
        checks.not_revoked_lately,
        checks.not_barred,
        checks.passed_lately,
        checks.trained_every_two_years,
        checks.promises_truth,
    )

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Identity and education as the platform knows them."""
        known = prefilled(subject_id)
        return {step: known[step] for step in ("person", "education") if step in known}

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Open the registration for five years. Raises NotPossibleError when the institution is gone."""
        answers = load(case)
        practice, licence = answers["practice"], self.chosen(answers, on)
        if licence is None:
            raise NotPossibleError("村医疗卫生机构的许可已不存在")
        office = Scope.objects.get(pk=case.decided_by)
        with acting_as_system("乡村医生注册登记"):
            identity = enter_applicant(
                change,
                case,
                answers["person"],
                on,
                office=office.pk,
                known=self.held(case.subject_id, on).identity,
            )
            number = next_number(
                registering.CERTIFICATE, on, given_to=f"subject:{case.subject_id}", change_id=change.id
            )
            values = {
                "certificate_number": number,
                "institution": licence.subject_id,
                "services": practice["services"],
                "drug_list": practice.get("drug_list", ""),
                "first_registered_on": on,
                "issued_on": on,
                "valid_until": longest(on, limits(on).valid_years),
            }
            registration = registering.enter(change, case.subject_id, values, on, office.pk)
            show_to(change, identity, licence.subject_id, office.pk, f"case:{case.pk}")
        number = str(answers["person"]["id_number"])
        return registering.certified(registration, identity, licence, office, number, "准予乡村医生注册")
