"""乡村医生再注册: asked for three months before the five years end, for five years more (乡村医生从业管理条例 第十六条)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from yizheng.kernel.statutes import village_doctor_regulation
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.short_term.limits import longest
from yizheng.systems.doctors.village import registering
from yizheng.systems.doctors.village import rules as checks
from yizheng.systems.doctors.village.form import VillageRenewalStep, VillageStandingStep
from yizheng.systems.doctors.village.item import VillageItem, identity_number
from yizheng.systems.doctors.village.rules import VillageParty, limits


@declare
class VillageRenewal(VillageItem):
    """乡村医生再注册."""

    code = "rural_doctor_renewal"
    title = "乡村医生再注册"
    short_title = "乡村医生再注册"
    articles = (village_doctor_regulation(16),)
    institution_step = "standing"
    steps = (VillageStandingStep, VillageRenewalStep)
    materials = (Material("employment_proof", "聘用证明", "由村医疗卫生机构出具"),)
    checks = (
        checks.registration_stands,
        checks.in_time_to_renew,
        checks.not_barred,
        checks.passed_lately,
        checks.trained_every_two_years,
        checks.fit_to_go_on,
    )

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The registration as it stands, and its services."""
        standing = self.village(subject_id).standing(timezone.localdate())
        begun = super().prefill(subject_id)
        if standing is not None:
            begun["renewal"] = {"services": standing.services, "drug_list": standing.drug_list}
        return begun

    def gather(self, answers: Answers, subject_id: int, on: date) -> VillageParty:
        """What the rules weigh, with the declaration of health."""
        return replace(super().gather(answers, subject_id, on), fit=answers.flag("renewal", "health"))

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Five years more from the day after the last. Raises NotPossibleError where nothing stands."""
        answers = load(case)
        standing = self.village(case.subject_id).standing(on)
        licence, identity = self.chosen(answers, on), self.held(case.subject_id, on).identity
        if standing is None or licence is None or identity is None:
            raise NotPossibleError("没有有效的乡村医生注册")
        typed = answers["renewal"]
        values = {
            **standing.values(),
            "services": typed["services"],
            "drug_list": typed.get("drug_list", ""),
            "issued_on": on,
            "valid_until": longest(standing.valid_until + timedelta(days=1), limits(on).valid_years),
        }
        office = Scope.objects.get(pk=standing.authority_scope)
        with acting_as_system("乡村医生再注册登记"):
            registration = registering.enter(change, case.subject_id, values, on, office.pk)
        number = identity_number(case.subject_id, "打印乡村医生执业证书")
        return registering.certified(registration, identity, licence, office, number, "准予再注册")
