"""军队医师转地方注册: with the proof of the military organ and her certificate returned, a doctor enters the civil register.

军队实施执业医师法办法 第九条. It is handled like a first registration, but time served in the forces is practice: the training
after two idle years is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.statutes import military_order, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, radio
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permitted
from yizheng.systems.doctors.checks.applicant import Applicant
from yizheng.systems.doctors.checks.training import trained_after_two_idle_years
from yizheng.systems.doctors.forms import DeclarationStep, EducationStep, PersonStep, PracticeStep, QualificationStep
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.military.to_local_qualification import WAYS
from yizheng.systems.doctors.models import MilitaryTransfer
from yizheng.systems.doctors.models.military import FROM_FORCES, LINE
from yizheng.systems.doctors.reading.gathering import applicant_from
from yizheng.systems.doctors.reading.prefilling import prefilled
from yizheng.systems.doctors.registration.first_registration import FirstRegistration
from yizheng.systems.doctors.registration.registering import register_first
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF, PHOTO

CODE = "military_to_local_registration"


class MilitaryRegistrationStep(Step):
    """The proof of the organ that kept the military registration."""

    code = "military"
    title = "军队注册证明"
    personal = frozenset({"military_practice_number"})
    rows = (("transferred_on", "proof_number"),)

    organ = forms.CharField(label="军队原注册机关", max_length=100, help_text="可以公开的名称或者代号")
    military_practice_number = forms.CharField(label="军队医师执业证书编号", max_length=40)
    way = radio("移交方式", WAYS)
    transferred_on = day("移交地方日期")
    proof_number = forms.CharField(label="原注册机关证明文号", max_length=60)
    returned = forms.BooleanField(label="已交回军队医师执业证书")


STEP = MilitaryRegistrationStep.code
_REPLACED = (FirstRegistration.checks[0], trained_after_two_idle_years)


@declare
class MilitaryToLocalRegistration(DoctorItem):
    """军队医师转地方注册."""

    code = CODE
    title = "军队医师转地方注册"
    short_title = "军队转地方"
    group = "军地转换"
    articles = (military_order(9), physicians_law(13), physicians_law(16))
    steps = (PersonStep, EducationStep, QualificationStep, MilitaryRegistrationStep, PracticeStep, DeclarationStep)
    materials = (
        PHOTO,
        EMPLOYMENT_PROOF,
        Material("military_proof", "军队原注册机关证明", "证明注册情况和执业类别、范围"),
        Material("military_certificate", "军队医师执业证书", "原件，注册后收回"),
    )
    checks = (permitted.status_permits(CODE), *(each for each in FirstRegistration.checks if each not in _REPLACED))

    route = FirstRegistration.route
    statutory = FirstRegistration.statutory

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A civil qualification is needed, and no civil registration may stand."""
        held = self.held(subject_id, on)
        if not held.qualifications:
            return "资格数据中没有您的医师资格；请先办理军队医师换领地方医师资格证书"
        return permitted.may_apply(self.code, held.status)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """What the platform knows of the person already."""
        return prefilled(subject_id)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Applicant:
        """What the rules of registering weigh."""
        return applicant_from(answers, subject_id, on)

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """What the register says of the person, and the institution's licence."""
        licence, facts = self.chosen(load(case), on), self.held(case.subject_id, on).facts
        return facts if licence is None else (*facts, licence)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration as any first one, and the transfer on record."""
        answers = load(case)
        with acting_as_system("军队医师转地方注册"):
            effect = register_first(case, answers, change, on)
            change.event(
                MilitaryTransfer,
                case.subject_id,
                LINE,
                {
                    "direction": FROM_FORCES,
                    "organ": answers.text(STEP, "organ"),
                    "proof_number": answers.text(STEP, "proof_number"),
                    "transferred_on": answers.day(STEP, "transferred_on") or on,
                },
                happened_on=on,
                authority_scope=case.decided_by,
            )
        return effect
