"""外国医师短期行医许可注销: the permit ends before its last day (行政许可法 第七十条).

外国医师来华短期行医许可: a foreign doctor treats at the hosts named, for a year at most (外国医师短期行医办法 第二条、第四条).

外国医师短期行医重新注册: nothing is prolonged; who stays longer asks for a permit anew, with fresh proofs.

外国医师短期行医办法 第二条、第十二条: a year at most; the new permit takes the place of the former one.

外国医师短期行医许可证补发: a lost or damaged permit is made again with the same contents and a new code.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.kernel.statutes import foreign_doctor_rules, licensing_law
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import levels
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.short_term import registering
from yizheng.systems.doctors.short_term.ending_item import EndingItem
from yizheng.systems.doctors.short_term.foreign import ForeignPermitItem
from yizheng.systems.doctors.short_term.foreign_form import (
    ForeignEndingStep,
    ForeignReissueStep,
    ForeignStandingStep,
)
from yizheng.systems.doctors.short_term.reissue_item import ReissueItem
from yizheng.systems.institutions import licences


@declare
class ForeignShortTermPermit(ForeignPermitItem):
    """外国医师来华短期行医许可."""

    code = "foreign_short_term_permit"
    title = "外国医师来华短期行医许可"
    short_title = "外国医师短期行医"
    english = "Short-term practice of a foreign doctor"


@declare
class ForeignShortTermRenewal(ForeignPermitItem):
    """外国医师短期行医重新注册."""

    code = "foreign_short_term_renewal"
    title = "外国医师短期行医重新注册"
    short_title = "外国医师重新注册"
    english = "New permit for a foreign doctor who stays longer"
    articles = (foreign_doctor_rules(2), foreign_doctor_rules(12))

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Only who had a permit before."""
        last = self.practised(subject_id).last(on)
        if last is None or last.origin != FOREIGN:
            return "没有办理过外国医师短期行医许可；请申请外国医师来华短期行医许可"
        return None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The hosts of the former permit; days and proofs are fresh."""
        today = timezone.localdate()
        versions = [each for each in self.practised(subject_id).versions if each.origin == FOREIGN]
        last = versions[-1].certificate_number if versions else ""
        rows = {each.institution_id: each for each in versions if each.certificate_number == last}
        names = licences.licences_on(rows, today)
        hosts = [
            {"institution": names[key].name, "work": each.specialty}
            for key, each in rows.items()
            if key in names
        ]
        return super().prefill(subject_id) | {"hosts": {"hosts": hosts}}

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The former permit, where it still stands, gives way to the new one."""
        with acting_as_system("外国医师短期行医换新"):
            former = [each for each in self.practised(case.subject_id).standing(on) if each.origin == FOREIGN]
            registering.end(former, change, on, reason="S9")
        return super().effect(case, change, on)


@declare
class ForeignShortTermReissue(ReissueItem):
    """外国医师短期行医许可证补发."""

    code = "foreign_short_term_reissue"
    title = "外国医师短期行医许可证补发"
    short_title = "外国医师补证"
    english = "New copy of a foreign doctor's permit"
    level_rule = levels.FOREIGN_SHORT_TERM.code
    articles = (foreign_doctor_rules(3), licensing_law(42))
    steps = (ForeignStandingStep, ForeignReissueStep)
    materials = (
        Material(
            "statement",
            "遗失声明或者损坏的许可证",
            "遗失的写明经过，损坏的附原证照片",
            english=("Statement of loss, or the damaged permit", "say what happened"),
        ),
    )
    origins = frozenset({FOREIGN})
    nothing = "没有有效的外国医师短期行医许可"


@declare
class ForeignShortTermCancel(EndingItem):
    """外国医师短期行医许可注销."""

    code = "foreign_short_term_cancel"
    title = "外国医师短期行医许可注销"
    short_title = "外国医师许可注销"
    english = "Ending a foreign doctor's permit"
    level_rule = levels.FOREIGN_SHORT_TERM.code
    articles = (licensing_law(70), foreign_doctor_rules(12))
    steps = (ForeignStandingStep, ForeignEndingStep)
    materials = (
        Material(
            "proof",
            "证明材料",
            "协议终止的证明或者其他注销情形的证明",
            english=("Proof", "of the end of the agreement, or of another ground"),
        ),
    )
    origins = frozenset({FOREIGN})
    nothing = "没有有效的外国医师短期行医许可"
