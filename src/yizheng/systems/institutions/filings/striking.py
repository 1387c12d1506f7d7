"""依职权注销诊所备案: false papers, an order not complied with, a stop of more than a year, the end of who answers for it.

条例 第二十条 (a stop beyond a year is an end), 中医药法 第五十六条、北京市中医药条例 第五十六条 (false papers, orders not complied
with). The clinic is told and heard before it is decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.calendar.periods import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import beijing_tcm_regulation, institution_regulation, tcm_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Stage
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.filings.ending import CANCELLED
from yizheng.systems.institutions.item import InstitutionAct
from yizheng.systems.institutions.licensing import end_licence
from yizheng.systems.institutions.models.filings import ORDERED
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.verification.clock import Regime

FALSE, UNCORRECTED, STOPPED, ENDED, LEADER = "false", "uncorrected", "stopped", "ended", "leader"
GROUNDS = {
    FALSE: "备案时提供虚假材料",
    UNCORRECTED: "核查不合格，逾期不改正",
    STOPPED: "停止执业超过一年",
    ENDED: "设置的单位终止",
    LEADER: "主要负责人被吊销医师执业证书或者被追究刑事责任",
}


class GroundStep(Step):
    """Why the filing is cancelled."""

    code, title = "ground", "注销的事由"
    past = ("stopped_on",)

    ground = radio("事由", GROUNDS.items())
    stopped_on = day("停止执业日期", required=False, hint="停止执业超过一年的填写")


@dataclass(frozen=True, slots=True, kw_only=True)
class Striking:
    """A filing that is to be cancelled, and the order the clinic is under."""

    ground: str = answered("ground", "ground", "")
    stopped_on: date | None = answered("ground", "stopped_on")
    state: str = ""
    correct_by: date | None = None


@check(
    "I-X-ORDER", institution_regulation(14), beijing_tcm_regulation(56), title="责令改正的期限已过", needs=("ground",)
)
def order_ran_out(striking: Striking, on: date) -> Iterator[Finding]:
    """There is an order, and its last day is over."""
    if striking.ground != UNCORRECTED:
        return
    if striking.state != ORDERED or striking.correct_by is None:
        yield refuse("ground.ground", "没有尚未改正的责令改正，请先现场核查")
    elif on <= striking.correct_by:
        yield refuse("ground.ground", f"改正期限到{long_date(striking.correct_by)}，尚未届满")


@check("I-X-STOPPED", institution_regulation(20), title="停止执业超过一年", needs=("ground",))
def stopped_for_a_year(striking: Striking, on: date) -> Iterator[Finding]:
    """More than a year, for no building and no move."""
    if striking.ground != STOPPED:
        return
    if striking.stopped_on is None:
        yield refuse("ground.stopped_on", "请填写停止执业日期")
    elif on <= add_years(striking.stopped_on, 1):
        yield refuse("ground.stopped_on", f"停止执业到{long_date(add_years(striking.stopped_on, 1))}才满一年")


class StrikingAct(InstitutionAct):
    """A filing is cancelled though the clinic did not ask for it."""

    group = "备案"
    route = (Stage.REVIEW, Stage.DECIDE)
    statuses = ("filed", "closed_temp", "suspended_penalty")
    steps = (GroundStep,)
    weighs = Striking
    checks = (order_ran_out, stopped_for_a_year)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """How the visit stands."""
        visit = self.held(subject_id, on).check
        return {} if visit is None else {"state": visit.state, "correct_by": visit.correct_by}

    def enter(self, answers: Answers, held: Held, change: ChangeInProgress, deciding: Scope) -> Effect:
        """The filing ends, with its certificate and what stands beside it."""
        end_licence(change, held.subject_id, on=held.on, status=CANCELLED)
        return Effect(f"注销备案，收回备案证明（{GROUNDS[answers.text('ground', 'ground')]}）")


@declare
class ClinicStriking(StrikingAct):
    """依职权注销诊所备案."""

    code, title, short_title = "clinic_file_strike", "依职权注销诊所备案", "依职权注销备案"
    articles = (institution_regulation(14), institution_regulation(20))
    regimes = (Regime.CLINIC_FILED,)


@declare
class TcmClinicStriking(StrikingAct):
    """依职权注销中医诊所备案."""

    code, title, short_title = "tcm_clinic_strike", "依职权注销中医诊所备案", "依职权注销备案"
    articles = (tcm_law(56), beijing_tcm_regulation(56), institution_regulation(20))
    regimes = (Regime.TCM_CLINIC_FILED,)
