"""乡村医生考核: the district enters the conclusion of its examination every two years (乡村医生从业管理条例 第三十四条至第三十六条).

The institution reports what the examination brought; the district records it. Who fails may ask to be examined again within
six months; otherwise the registration is ended by an act of its own.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from yizheng.kernel.statutes import village_doctor_regulation
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.models import VillageAssessment
from yizheng.systems.doctors.models.village import ASSESSMENT_LINE
from yizheng.systems.doctors.village import rules as checks
from yizheng.systems.doctors.village.form import VillageAssessmentStep, VillageStandingStep
from yizheng.systems.doctors.village.item import VillageItem
from yizheng.systems.doctors.village.rules import VillageParty


@declare
class VillageAssessmentItem(VillageItem):
    """乡村医生考核."""

    code = "rural_doctor_assessment"
    title = "乡村医生考核"
    short_title = "乡村医生考核"
    articles = (village_doctor_regulation(34), village_doctor_regulation(36))
    shape = Shape.FILING
    institution_step = "standing"
    initiators = (Initiator.INSTITUTION,)
    steps = (VillageStandingStep, VillageAssessmentStep)
    materials = (Material("record", "考核记录", "附村民委员会意见"),)
    checks = (checks.registration_stands, checks.assessed_already, checks.repeated_in_time)
    route = (Stage.CONFIRM, Stage.ACCEPT)

    def gather(self, answers: Answers, subject_id: int, on: date) -> VillageParty:
        """The registration, and the examination reported."""
        typed = answers.get("assessment", {})
        return replace(
            super().gather(answers, subject_id, on),
            assessed_on=typed.get("assessed_on"),
            repeated=bool(typed.get("kind")),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The conclusion on its day."""
        typed = load(case)["assessment"]
        passed = typed["result"]
        with acting_as_system("乡村医生考核登记"):
            change.event(
                VillageAssessment,
                case.subject_id,
                ASSESSMENT_LINE,
                {"cycle": typed["cycle"], "repeated": typed["kind"], "passed": passed},
                happened_on=typed["assessed_on"],
                authority_scope=case.decided_by,
            )
        return Effect(
            summary=f"{typed['cycle']}考核{'合格' if passed else '不合格，6 个月内可以申请再次考核'}"
        )
