"""医疗机构处罚停止公示: credit is repaired after the least term, or the decision fell away.

北京市优化营商环境条例 第七十三条 (who fulfilled the decision and removed the harm may ask for a shorter term); 行政处罚法 第四十八条 (a
decision that was altered, annulled, found unlawful or void is withdrawn within three days).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.exchange.credit.terms import withdrawn_by
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import Article, business_regulation, penalty_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, either, radio
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.item import InstitutionAct
from yizheng.systems.institutions.models import InstitutionPenalty
from yizheng.systems.institutions.models.penalty import ANNULLED, REPAIRED, UNLISTED_FOR, line
from yizheng.systems.institutions.penalties.recording import PenaltyRecording
from yizheng.systems.institutions.record.held import Held

STEP = "unlisting"


class UnlistingStep(Step):
    """Which decision, and why it is taken down."""

    code, title = STEP, "停止公示"
    past = ("document_on",)
    rows = (("document", "document_on"),)

    document_number = forms.CharField(label="处罚决定书文号", max_length=60)
    ground = radio("停止公示的原因", UNLISTED_FOR.items())
    mended = either("处罚决定已经履行，违法行为已经改正", ("yes", "是"), ("no", "否"), required=False)
    document = forms.CharField(label="依据的文书", max_length=100, help_text="信用修复决定，或者变更、撤销处罚的文书")
    document_on = day("文书日期")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlisting:
    """A decision that is to be taken down."""

    ground: str = answered(STEP, "ground", "")
    mended: bool | None = answered(STEP, "mended")
    known: bool = True
    """Whether such a decision is on record and public."""
    repair_from: date | None = None
    """The first day on which its term may be shortened."""
    withdraw_by: date | None = None
    """The last day to withdraw a decision that fell away."""


@check("I-P-LISTED", penalty_law(48), title="处罚正在公示", needs=(STEP,))
def is_listed(unlisting: Unlisting, on: date) -> Iterator[Finding]:
    """There is such a decision, and it was not taken down before."""
    if not unlisting.known:
        yield refuse("unlisting.document_number", "没有这份处罚决定，或者已经停止公示，请核对文号")


@check("I-P-REPAIR", business_regulation(73), title="已满最短公示期并已改正", needs=(STEP,))
def repaired_after_the_least_term(unlisting: Unlisting, on: date) -> Iterator[Finding]:
    """Not before the least term, nor while the decision is not fulfilled."""
    if unlisting.ground != REPAIRED:
        return
    if unlisting.repair_from is not None and on < unlisting.repair_from:
        yield refuse("unlisting.ground", f"最短公示期到{long_date(unlisting.repair_from)}届满，此前不能停止公示")
    if not unlisting.mended:
        yield refuse("unlisting.mended", "处罚决定没有履行、违法行为没有改正的，不能停止公示")


@check("I-P-WITHDRAW", penalty_law(48, 2), penalty_law(85), title="三个工作日内撤回", needs=(STEP,))
def withdrawn_in_time(unlisting: Unlisting, on: date) -> Iterator[Finding]:
    """What fell away is withdrawn within three working days; later counts too, and is told as late."""
    if unlisting.ground == ANNULLED and unlisting.withdraw_by is not None and on > unlisting.withdraw_by:
        yield advise("unlisting.document_on", f"应当在{long_date(unlisting.withdraw_by)}前撤回，已经逾期，请说明原因")


@declare
class PenaltyUnlisting(InstitutionAct):
    """医疗机构处罚停止公示."""

    code, title, short_title, group = "inst_penalty_unlist", "医疗机构处罚停止公示", "处罚停止公示", "处罚"
    articles: ClassVar[tuple[Article, ...]] = (business_regulation(73), penalty_law(48))
    route: ClassVar[tuple[Stage, ...]] = (Stage.DECIDE,)
    statuses, regimes = PenaltyRecording.statuses, PenaltyRecording.regimes
    steps = (UnlistingStep,)
    weighs = Unlisting
    checks = (is_listed, repaired_after_the_least_term, withdrawn_in_time)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """While a decision against it is public."""
        public = [each for each in self.held(subject_id, on).of(InstitutionPenalty) if each.is_public(on)]
        return super().may_apply(subject_id, on) or (None if public else "没有正在公示的行政处罚")

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The decision, as it stands."""
        document_on = answers.day(STEP, "document_on")
        known = {"withdraw_by": withdrawn_by(document_on, working_calendar()) if document_on else None}
        number = answers.text(STEP, "document_number")
        penalty = _penalty(self.held(subject_id, on), number)
        return {
            **known,
            "known": not number or penalty is not None,
            "repair_from": penalty.term.repair_from if penalty else None,
        }

    def enter(self, answers: Answers, held: Held, change: ChangeInProgress, deciding: Scope) -> Effect:
        """It is public no more; that it was decided stays in the register."""
        penalty = _penalty(held, answers.text(STEP, "document_number"))
        assert penalty is not None
        ground = answers.text(STEP, "ground")
        values = {**penalty.values(), "unlisted_for": ground, "fulfilled": penalty.fulfilled or ground == REPAIRED}
        change.state(
            InstitutionPenalty, held.subject_id, line(penalty.document_number), values, valid_from=held.on,
            authority_scope=deciding.pk,
        )  # fmt: skip
        return Effect(f"处罚 {penalty.document_number} 停止公示（{UNLISTED_FOR[ground]}）")


def _penalty(held: Held, number: str) -> InstitutionPenalty | None:
    found: list[InstitutionPenalty] = held.of(InstitutionPenalty)
    return next((each for each in found if each.document_number == number and not each.unlisted_for), None)
