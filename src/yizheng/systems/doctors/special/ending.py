"""依职权终止专项资格: the authority that keeps a special qualification ends it; the registration itself stays.

行政许可法 第七十条; 人体器官移植医师培训与认定管理办法 第二十九条 for who transplants: whoever has not worked for the years of the rule is
proposed by the clock. The doctor is told and heard before another person decides.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import licensing_law, transplant_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.licensing.rules import values
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permits
from yizheng.systems.doctors.checks.periods import Periods, periods
from yizheng.systems.doctors.clocks.numbers import TRANSPLANT_YEARS
from yizheng.systems.doctors.item import RecordedAct
from yizheng.systems.doctors.models import SpecialQualification
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.practitioners.item import OFFICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who holds a special qualification, and why it is to end."""

    register_status: str
    holds: bool
    idle: bool
    """Whether the ground is that nothing was done for years."""
    worked_on: date | None
    """The last day of such work; of one who never did any, the day of the grant."""
    years: int
    periods: Periods


@check("D-S30", licensing_law(70), title="持有该专项资格", needs=("ending",))
def stands(holder: Holder, on: date) -> Iterator[Finding]:
    """Only what this authority keeps and what stands is ended."""
    if not holder.holds:
        yield refuse("ending.type", "没有有效的该类专项资格，或者不由本机关登记")


@check("D-S31", transplant_rules(29, item=1), title="满规定年限未开展", needs=("ending",))
def idle_long_enough(holder: Holder, on: date) -> Iterator[Finding]:
    """Idleness is no ground before the years are over; the anniversary itself is still inside."""
    if not holder.idle or holder.worked_on is None:
        return
    if not holder.periods.has_run(holder.worked_on, holder.years, on):
        last = holder.periods.last_day(holder.worked_on, holder.years)
        yield refuse("ending.ground", f"到{long_date(last)}才满{holder.years}年未开展")


NO_WORK = "no_work"
GROUNDS = ((NO_WORK, "三年未开展"), ("unfit", "不再符合认定条件"), ("lapsed", "执业机构不再具备相应诊疗科目、技术项目"))


class SpecialEndingStep(Step):
    """The type that ends and its ground; the facts stand in the evidence."""

    code = "ending"
    title = "终止的专项资格"

    type = coded("special_qualification_type", "专项类型")
    ground = radio("终止的理由", GROUNDS)


STEP = SpecialEndingStep.code


@declare
class SpecialEnding(RecordedAct):
    """依职权终止专项资格."""

    code = "sq_ex_officio_ending"
    title = "依职权终止专项资格"
    short_title = "终止专项资格"
    register = "专项医师"
    articles = (licensing_law(70), transplant_rules(29))
    steps = (SpecialEndingStep,)
    checks = (status_permits("sq_ex_officio_ending"), stands, idle_long_enough)
    route = (Stage.REVIEW, Stage.DECIDE)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Something must stand that could end."""
        reason = super().may_apply(subject_id, on)
        return reason or (None if _standing(subject_id, on) else "没有有效的专项资格")

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Who keeps each type: that authority ends it."""
        standing = _standing(subject_id, timezone.localdate())
        return {OFFICE: {"kept": {each.type: each.authority_scope for each in standing}}}

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The authority that keeps the type chosen."""
        kept = answers.get(OFFICE, {}).get("kept", {}).get(answers.text(STEP, "type"))
        return None if kept is None else int(kept)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Holder:
        """What stands of the type, since when nothing was done, and the ground."""
        meant = _meant(answers, subject_id, on)
        days = [each.last_work_on or each.granted_on for each in meant]
        return Holder(
            register_status=self.held(subject_id, on).status,
            holds=bool(meant),
            idle=answers.text(STEP, "ground") == NO_WORK,
            worked_on=max(days, default=None),
            years=values(on, TRANSPLANT_YEARS.code)[TRANSPLANT_YEARS.code],
            periods=periods(on),
        )

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """What ends."""
        return _meant(load(case), case.subject_id, on)

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """What stands of the type ends today, the certificates with it. Raises NotPossibleError where another office keeps it."""
        answers = load(case)
        ground = dict(GROUNDS)[answers.text(STEP, "ground")]
        meant = _meant(answers, case.subject_id, on)
        if any(each.authority_scope != case.decided_by for each in meant):
            raise NotPossibleError("该专项资格不由本机关登记")
        ended = permits.end(meant, change, on, reason=ground)
        words = "、".join(dict.fromkeys(name_of("special_qualification_type", each.type) for each in ended))
        return Effect(summary=f"{words}终止（{ground}），执业注册不变")


def _standing(subject_id: int, on: date) -> list[SpecialQualification]:
    return permits.live(permits.held_of(SpecialQualification, subject_id, "核对专项资格"), on)


def _meant(answers: Answers, subject_id: int, on: date) -> list[SpecialQualification]:
    wanted = answers.text(STEP, "type")
    return [each for each in _standing(subject_id, on) if each.type == wanted]
