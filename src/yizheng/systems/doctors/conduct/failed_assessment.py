"""定期考核不合格: who failed stops for three to six months and is trained, and may ask the assessing body for a review.

医师法 第四十二条; 医师定期考核管理办法. The doctor is told and heard before she is stopped. The suspension has no end by itself: she
practises again after passing the next assessment, which the act of taking up practice again enters.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms

from yizheng.kernel.calendar import add_months, natural_days
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import licensing_law, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, radio
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.conduct.assessing import last_of
from yizheng.systems.doctors.conduct.assessment_rules import Assessing
from yizheng.systems.doctors.conduct.suspending import BY_ASSESSMENT, resume, suspend
from yizheng.systems.doctors.filings.dependents import end_filings_when_suspended
from yizheng.systems.doctors.item import RecordedAct, RegisteredItem
from yizheng.systems.doctors.models.assessment import REVIEWS
from yizheng.systems.doctors.permitted import kept_here, status_permits
from yizheng.systems.practitioners.checks import Concerned

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contesting(Concerned):
    """A doctor who asks for a review of her result."""

    failed: bool = False
    reviewed: bool = False
    asked_on: date | None = answered("review", "asked_on")
    concluded_on: date | None = answered("review", "concluded_on")
    ask_by: date | None = None
    """The last day to ask the assessing body."""
    conclude_by: date | None = None
    """The last day for the assessing body to conclude."""


@check("D-K21", physicians_law(42), title="收到考核结果三十日内向考核机构申请复核")
def contested_in_time(doctor: Contesting, on: date) -> Iterator[Finding]:
    """A review is asked for once, within thirty days of receiving the result."""
    if not doctor.failed:
        yield refuse("", "没有定期考核不合格的结果可以复核")
        return
    if doctor.reviewed:
        yield refuse("", "这次考核结果已经复核")
    if doctor.asked_on is not None and doctor.ask_by is not None and doctor.asked_on > doctor.ask_by:
        yield refuse("review.asked_on", f"收到考核结果后可以在{long_date(doctor.ask_by)}以前申请复核，现已超过")


@check("D-K22", physicians_law(42), title="考核机构在三十日内复核", needs=("review",))
def concluded_in_time(doctor: Contesting, on: date) -> Iterator[Finding]:
    """The assessing body concludes within thirty days of being asked; that it was late is not held against the doctor."""
    if doctor.concluded_on is not None and doctor.conclude_by is not None and doctor.concluded_on > doctor.conclude_by:
        yield advise("review.concluded_on", f"考核机构应在{long_date(doctor.conclude_by)}以前作出复核意见，现已超过")


CHANGED = "changed"


class ReviewStep(Step):
    """What was wrong with the result, and what the assessing body says of it."""

    code, title = "review", "复核意见"
    rows = (("asked_on", "concluded_on"), ("outcome", "opinion_number"))
    past = ("asked_on", "concluded_on")
    ordered = (("asked_on", "concluded_on", "复核意见日期早于申请日期，请核对"),)

    asked_on = day("向考核机构申请复核的日期")
    concluded_on = day("考核机构复核意见日期")
    outcome = radio("复核结果", REVIEWS)
    opinion_number = forms.CharField(label="复核意见书文号", max_length=60)
    reasons = forms.CharField(label="复核的事实和理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 5}))


@declare
class AssessmentReview(RegisteredItem):
    """定期考核结果复核."""

    code, title, short_title = "doctor_assessment_review", "医师定期考核结果复核", "考核复核"
    group = "考核与行为"
    articles = (physicians_law(42),)
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (ReviewStep,)
    materials = (Material("opinion", "复核意见书", "考核机构作出的书面复核意见"),)
    weighs = Contesting
    checks = (status_permits(code), kept_here, contested_in_time, concluded_in_time)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """There must be a result to contest."""
        with acting_as_system("查询可以申请的事项"):
            last = last_of(subject_id, on)
        if last is None or last.passed:
            return "没有定期考核不合格的结果可以复核"
        return super().may_apply(subject_id, on)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The last result, and until when it may be contested and reviewed; both are acts, so a day off moves the last day."""
        last, days = last_of(subject_id, on), natural_days(Assessing.on(on).review_days)
        received, asked = last and (last.received_on or last.happened_on), answers.day(ReviewStep.code, "asked_on")
        return {
            **super().known(answers, subject_id, on),
            "failed": last is not None and not last.passed,
            "reviewed": last is not None and bool(last.review_result),
            "ask_by": received and working_calendar().due(received, days).last,
            "conclude_by": asked and working_calendar().due(asked, days).last,
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """As the assessing body concluded; of a result passed after all the suspension ordered for it ends, and no other."""
        outcome = load(case).text(ReviewStep.code, "outcome")
        with acting_as_system("考核复核登记"):
            last = last_of(case.subject_id, on)
            assert last is not None
            passed = {"passed": True, "failing": ""} if outcome == CHANGED else {}
            change.correct_event(last, {**last.values(), **passed, "review_result": outcome})
            if passed and last.suspended_from is not None:
                for registration in self.held(case.subject_id, on).standing:
                    resume(registration, change, on, ended=BY_ASSESSMENT)
        return Effect(summary=f"{last.cycle}周期考核结果{dict(REVIEWS)[outcome]}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed(Concerned):
    """A doctor who failed, and the suspension that is to be ordered."""

    failed: bool = False
    ordered: bool = False
    result_on: date | None = None
    suspended_from: date | None = answered("order", "suspended_from")
    suspended_to: date | None = answered("order", "suspended_to")
    numbers: Assessing = field(default_factory=Assessing)


@check("D-K11", physicians_law(42), title="定期考核不合格，尚未责令暂停执业", needs=())
def failed_and_not_yet_ordered(doctor: Failed, on: date) -> Iterator[Finding]:
    """One failed assessment leads to one order."""
    if not doctor.failed:
        yield refuse("", "没有定期考核不合格的记录")
    elif doctor.ordered:
        yield refuse("", "已经就这次考核责令暂停执业活动")


@check("D-K12", physicians_law(42), title="暂停执业三个月至六个月", needs=("order",))
def ordered_within_limits(doctor: Failed, on: date) -> Iterator[Finding]:
    """The order is for three months at least and six at most, and does not begin before the result."""
    first, last = doctor.suspended_from, doctor.suspended_to
    if first is None or last is None:
        return
    least = add_months(first, doctor.numbers.least_months) - ONE_DAY
    most = add_months(first, doctor.numbers.most_months) - ONE_DAY
    if not least <= last <= most:
        yield refuse("order.suspended_to", f"责令暂停三个月至六个月，结束日期应在{least}至{most}之间")
    if doctor.result_on is not None and first < doctor.result_on:
        yield refuse("order.suspended_from", "暂停执业不能早于考核结果开始")


class OrderStep(Step):
    """How long practice stops, and where the doctor is trained meanwhile."""

    code, title = "order", "责令暂停执业活动"
    rows = (("suspended_from", "suspended_to"),)

    suspended_from = day("暂停开始")
    suspended_to = day("暂停结束", hint="最后一天；三个月至六个月")
    training = forms.CharField(label="接受培训的机构和内容", max_length=200)


@declare
class AssessmentSuspension(RecordedAct):
    """定期考核不合格责令暂停执业."""

    code, title, short_title = "doctor_assessment_suspension", "责令暂停执业活动（定期考核不合格）", "考核暂停"
    group = "考核与行为"
    articles = (physicians_law(42),)
    route = (Stage.REVIEW, Stage.DECIDE)
    steps = (OrderStep,)
    weighs = Failed
    checks = (status_permits(code), kept_here, failed_and_not_yet_ordered, ordered_within_limits)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The last result, and whether practice was stopped for it."""
        last = last_of(subject_id, on)
        return {
            **super().known(answers, subject_id, on),
            "failed": last is not None and not last.passed and not last.again,
            "ordered": last is not None and last.suspended_from is not None,
            "result_on": None if last is None else last.happened_on,
            "numbers": Assessing.on(on),
        }

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The result carries the order, the registration is suspended from its first day."""
        answers, result = load(case), last_of(case.subject_id, on)
        first, last_day = (answers.day(OrderStep.code, name) for name in ("suspended_from", "suspended_to"))
        assert result is not None
        assert first is not None
        assert last_day is not None
        change.correct_event(result, {**result.values(), "suspended_from": first, "suspended_to": last_day})
        end_filings_when_suspended(case.subject_id, change, max(first, on))
        for registration in self.held(case.subject_id, on).standing:
            suspend(registration, change, BY_ASSESSMENT, first, None)
        return Effect(summary=f"责令暂停执业活动，{long_date(first)}至{long_date(last_day)}，期满再次考核")
