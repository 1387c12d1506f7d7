"""乡村医生注销注册: the authority that registered ends it on one of four grounds (乡村医生从业管理条例 第十八条、第三十六条)."""

from __future__ import annotations

from datetime import date

from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import village_doctor_regulation
from yizheng.licensing.answers import load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.forms.ex_officio import VillageGroundStep
from yizheng.systems.doctors.village import registering
from yizheng.systems.doctors.village import rules as checks
from yizheng.systems.doctors.village.item import VillageItem


@declare
class VillageDeregistration(VillageItem):
    """乡村医生注销注册."""

    code = "rural_doctor_deregistration"
    title = "乡村医生注销注册"
    short_title = "乡村医生注销"
    articles = (village_doctor_regulation(18), village_doctor_regulation(36))
    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    steps = (VillageGroundStep,)
    checks = (checks.registration_stands,)
    route = (Stage.REVIEW, Stage.DECIDE)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration ends today. Raises NotPossibleError where nothing stands."""
        standing = self.village(case.subject_id).standing(on)
        if standing is None:
            raise NotPossibleError("没有有效的乡村医生注册，不需要注销")
        reason = str(load(case).get("ending", {}).get("ground") or "V3")
        with acting_as_system("乡村医生注销登记"):
            registering.end(standing, change, on, reason=reason)
        words = name_of("village_ending_reason", reason)
        return Effect(summary=f"注销乡村医生注册（{words}），收回执业证书")
