"""What becomes of a short-term practice that stands: it ends, on request or by the authority; its certificate is made again.

港澳医师短期行医规定、台湾医师短期行医规定 第八条、第十三条; 外国医师短期行医办法 第三条、第十二条; 行政许可法 第四十二条、第七十条.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from yizheng.documents import certificates
from yizheng.documents.models import MadeFor
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import foreign_doctor_rules, hk_macau_rules, licensing_law, taiwan_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.findings import Check
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Candidate, Effect, Initiator, Material, Shape, Stage, WorkingDays
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import levels, permits
from yizheng.systems.doctors.forms.ex_officio import ShortTermGroundStep
from yizheng.systems.doctors.models import ShortTermPractice
from yizheng.systems.doctors.models.short_term import FOREIGN
from yizheng.systems.doctors.short_term import registering
from yizheng.systems.doctors.short_term.foreign_form import ForeignEndingStep, ForeignReissueStep, ForeignStandingStep
from yizheng.systems.doctors.short_term.item import StandingItem
from yizheng.systems.doctors.short_term.standing import (
    EndingStep,
    ReissueStep,
    StandingParty,
    StandingStep,
    party_of,
    practice_stands,
    reported_in_time,
)


class EndingItem(StandingItem):
    """The practice ends, and its certificate with it."""

    initiators: ClassVar[tuple[Initiator, ...]] = (Initiator.INSTITUTION, Initiator.PERSON)
    steps: ClassVar[tuple[type[Step], ...]] = (StandingStep, EndingStep)
    materials: ClassVar[tuple[Material, ...]] = (Material("proof", "证明材料", "解除聘用的证明或者其他注销情形的证明"),)
    checks: ClassVar[tuple[Check, ...]] = (practice_stands, reported_in_time)
    route = (Stage.ACCEPT, Stage.DECIDE)

    def gather(self, answers: Answers, subject_id: int, on: date) -> StandingParty:
        """The practice and why it ends."""
        typed, meant = answers.get("ending", {}), self.meant(answers, subject_id, on)
        asked = {"reason": str(typed.get("ground", "")), "happened_on": typed.get("happened_on")}
        return party_of(meant, self.chosen(answers, on), on, **asked)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """What is meant ends today. Raises NotPossibleError where nothing stands."""
        answers = load(case)
        meant = self.meant(answers, case.subject_id, on)
        if not meant:
            raise NotPossibleError(f"{self.nothing}，不需要注销")
        reason = str(answers.get("ending", {}).get("ground") or "S9")
        with acting_as_system(f"{self.title}登记"):
            registering.end(meant, change, on, reason=reason)
        return Effect(f"注销短期行医注册（{name_of('short_term_ending_reason', reason)}），证书废止")


class ReissueItem(StandingItem):
    """The same certificate as a new version; the register stays as it is."""

    initiators = (Initiator.PERSON,)
    steps: ClassVar[tuple[type[Step], ...]] = (StandingStep, ReissueStep)
    materials: ClassVar[tuple[Material, ...]] = (
        Material("statement", "遗失声明或者损坏的证书", "遗失的写明经过，损坏的附原证书照片"),
    )
    checks = (practice_stands,)
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))

    def gather(self, answers: Answers, subject_id: int, on: date) -> StandingParty:
        """The practice whose certificate is meant."""
        return party_of(self.meant(answers, subject_id, on), self.chosen(answers, on), on)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """A new version with a new code. Raises NotPossibleError where no certificate is in force."""
        answers = load(case)
        meant = self.meant(answers, case.subject_id, on)
        with acting_as_system("短期行医证书补发"):
            former = permits.certificates_of(meant[:1]).first()
            if former is None:
                raise NotPossibleError("没有有效的短期行医证书可以补发")
            reason = MadeFor(str(answers["reissue"]["cause"]))
            made = certificates.reissue(former, reason=reason, on=on, change_id=change.id)
        case.certificate_id = made.pk
        return Effect(summary=f"补发证书 {made.number}，原证书失效")


@declare
class ShortTermExOfficioEnding(EndingItem):
    """依职权注销短期行医: on grounds nobody asked for; the person is told and heard before."""

    code = "short_term_ex_officio_ending"
    title = short_title = "依职权注销短期行医"
    articles = (hk_macau_rules(13), taiwan_rules(13), licensing_law(70))
    shape = Shape.AUTHORITY_ACT
    initiators = (Initiator.AUTHORITY,)
    steps = (ShortTermGroundStep,)
    materials = ()
    checks = (practice_stands,)
    route = (Stage.REVIEW, Stage.DECIDE)
    origins = frozenset({"HK", "MO", "TW", FOREIGN})

    def meant(self, answers: Answers, subject_id: int, on: date) -> tuple[ShortTermPractice, ...]:
        """Everything that stands."""
        return self.of_mine(subject_id, on)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Nothing: the act names what stands by itself."""
        return {}

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """What stands."""
        return self.of_mine(case.subject_id, on)

    def staff(self, institution_scope: int, on: date) -> Iterable[Candidate]:
        """No institution begins an act of the authority."""
        return ()


@declare
class HmtDeregistration(EndingItem):
    """港澳台医师短期行医注销: the institution reports within thirty days that one of nine grounds has come about."""

    code = "hmt_short_term_deregistration"
    title = "港澳台医师短期行医注销"
    short_title = "短期行医注销"
    articles = (hk_macau_rules(13), taiwan_rules(13))


@declare
class HmtReissue(ReissueItem):
    """港澳台医师短期行医证书补发."""

    code = "hmt_short_term_reissue"
    title = "港澳台医师短期行医证书补发"
    short_title = "短期行医补证"
    articles = (hk_macau_rules(8), taiwan_rules(8), licensing_law(42))


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
            "statement", "遗失声明或者损坏的许可证", "遗失的写明经过，损坏的附原证照片",
            english=("Statement of loss, or the damaged permit", "say what happened"),
        ),
    )  # fmt: skip
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
            "proof", "证明材料", "协议终止的证明或者其他注销情形的证明",
            english=("Proof", "of the end of the agreement, or of another ground"),
        ),
    )  # fmt: skip
    origins = frozenset({FOREIGN})
    nothing = "没有有效的外国医师短期行医许可"
