"""乡村医生变更注册: another village institution, by the procedure of registering (乡村医生从业管理条例 第十七条)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.kernel.statutes import village_doctor_regulation
from yizheng.licensing.answers import load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.village import registering
from yizheng.systems.doctors.village import rules as checks
from yizheng.systems.doctors.village.form import VillageMoveStep, VillageStandingStep
from yizheng.systems.doctors.village.item import VillageItem, identity_number
from yizheng.systems.practitioners.identities import show_to


@declare
class VillageChange(VillageItem):
    """乡村医生变更注册."""

    code = "rural_doctor_change"
    title = "乡村医生变更注册"
    short_title = "乡村医生变更"
    articles = (village_doctor_regulation(17),)
    steps = (VillageStandingStep, VillageMoveStep)
    materials = (Material("employment_proof", "拟聘用证明", "由新的村医疗卫生机构出具"),)
    checks = (
        checks.registration_stands,
        checks.in_a_village,
        checks.another_institution,
        checks.not_barred,
        checks.passed_lately,
    )

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The registration as it stands, and its services."""
        standing = self.village(subject_id).standing(timezone.localdate())
        begun = super().prefill(subject_id)
        if standing is not None:
            begun["practice"] = {"services": standing.services}
        return begun

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The new institution, until the same last day. Raises NotPossibleError where nothing stands."""
        answers = load(case)
        standing = self.village(case.subject_id).standing(on)
        licence, identity = self.chosen(answers, on), self.held(case.subject_id, on).identity
        if standing is None or licence is None or identity is None:
            raise NotPossibleError("没有有效的乡村医生注册，或者新机构的许可已不存在")
        values = {
            **standing.values(),
            "institution": licence.subject_id,
            "services": answers["practice"]["services"],
        }
        office = Scope.objects.get(pk=case.decided_by)
        with acting_as_system("乡村医生变更登记"):
            registration = registering.enter(change, case.subject_id, values, on, office.pk)
            show_to(change, identity, licence.subject_id, office.pk, f"case:{case.pk}")
        number = identity_number(case.subject_id, "打印乡村医生执业证书")
        return registering.certified(registration, identity, licence, office, number, "准予变更执业机构")
