"""责令暂停执业活动: who failed the periodic assessment stops for three to six months and is trained (医师法 第四十二条).

The doctor is told and heard first. The suspension has no end by itself: she practises again after passing the next
assessment, which the act of taking up practice again enters.
"""

from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.conduct import assessing
from yizheng.systems.doctors.conduct.assessment_form import OrderStep
from yizheng.systems.doctors.conduct.assessment_rules import (
    Assessing,
    Failed,
    failed_and_not_yet_ordered,
    ordered_within_limits,
)
from yizheng.systems.doctors.conduct.suspending import BY_ASSESSMENT, suspend
from yizheng.systems.doctors.filings.dependents import end_filings_when_suspended
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RecordedAct


@declare
class AssessmentSuspension(RecordedAct):
    """定期考核不合格责令暂停执业."""

    code = "doctor_assessment_suspension"
    title = "责令暂停执业活动（定期考核不合格）"
    short_title = "考核暂停"
    group = "考核与行为"
    articles = (physicians_law(42),)
    route = (Stage.REVIEW, Stage.DECIDE)
    steps = (OrderStep,)
    checks = (
        status_permits("doctor_assessment_suspension"),
        kept_here,
        failed_and_not_yet_ordered,
        ordered_within_limits,
    )

    def gather(self, answers: Answers, subject_id: int, on: date) -> Failed:
        """The last result and the period typed."""
        held = self.held(subject_id, on)
        with acting_as_system("核对考核暂停"):
            last = assessing.last_of(subject_id, on)
        return Failed(
            register_status=held.status,
            moved=self.moved(answers, held),
            failed=last is not None and not last.passed and not last.again,
            ordered=last is not None and last.suspended_from is not None,
            result_on=None if last is None else last.happened_on,
            suspended_from=answers.day(OrderStep.code, "suspended_from"),
            suspended_to=answers.day(OrderStep.code, "suspended_to"),
            numbers=Assessing.on(on),
        )

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The result carries the order, the registration is suspended from its first day."""
        answers = load(case)
        first = answers.day(OrderStep.code, "suspended_from")
        last_day = answers.day(OrderStep.code, "suspended_to")
        result = assessing.last_of(case.subject_id, on)
        assert result is not None
        assert first is not None
        assert last_day is not None
        change.correct_event(result, {**result.values(), "suspended_from": first, "suspended_to": last_day})
        end_filings_when_suspended(case.subject_id, change, max(first, on))
        for registration in self.held(case.subject_id, on).standing:
            suspend(registration, change, BY_ASSESSMENT, first, None)
        return Effect(summary=f"责令暂停执业活动，{long_date(first)}至{long_date(last_day)}，期满再次考核")
