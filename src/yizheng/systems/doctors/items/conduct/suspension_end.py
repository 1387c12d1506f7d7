"""恢复执业: a suspension ends, because its period is over and, after a failed assessment, the next one was passed.

医师法 第四十二条、第五十五条至第五十七条. A suspension by penalty also ends by itself after its last day; this act enters an
early end, and the end of every suspension that has no last day of its own.
"""

from __future__ import annotations

from datetime import date

from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.acts.suspending import SUSPENDED, resume
from yizheng.systems.doctors.bases.registered import RecordedAct
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.checks.resuming import (
    Suspended,
    assessed_again,
    lifted_by_a_decision,
    period_is_over,
)
from yizheng.systems.doctors.forms.resuming import ResumingStep
from yizheng.systems.doctors.models import PenaltyRecord, PeriodicAssessment
from yizheng.systems.doctors.models.registration import REGISTERED
from yizheng.systems.doctors.permitted import status_permits


@declare
class SuspensionEnd(RecordedAct):
    """恢复执业."""

    code = "doctor_suspension_end"
    title = "医师恢复执业"
    short_title = "恢复执业"
    group = "考核与行为"
    articles = (physicians_law(42), physicians_law(57))
    steps = (ResumingStep,)
    checks = (
        status_permits("doctor_suspension_end"),
        kept_here,
        period_is_over,
        assessed_again,
        lifted_by_a_decision,
    )

    def gather(self, answers: Answers, subject_id: int, on: date) -> Suspended:
        """How practice is suspended, until when, and whether the assessment was passed since."""
        held = self.held(subject_id, on)
        by_assessment = held.status == "SUSP_ASSESS"
        with acting_as_system("核对恢复执业"):
            ordered_from, ordered_until = _order(subject_id, on, by_assessment=by_assessment)
            passed = PeriodicAssessment.objects.as_of(on).filter(
                subject_id=subject_id, again=True, passed=True
            )
            days = [each.happened_on for each in passed if ordered_from and each.happened_on >= ordered_from]
        return Suspended(
            register_status=held.status,
            moved=self.moved(answers, held),
            ground=answers.text(ResumingStep.code, "ground"),
            ordered_until=ordered_until,
            reassessed_on=max(days, default=None),
            lifting_document=answers.text(ResumingStep.code, "document_number"),
        )

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Every line that is suspended says again what it said before."""
        standing = self.held(case.subject_id, on).standing
        statuses = [resume(each, change, on) for each in standing if each.status in SUSPENDED]
        word = "恢复执业" if REGISTERED in statuses else "暂停执业结束，仍为离岗备案"
        return Effect(summary=word)


def _order(subject_id: int, on: date, *, by_assessment: bool) -> tuple[date | None, date | None]:
    """First and last day of the last order to stop; call it as the system."""
    kind = PeriodicAssessment if by_assessment else PenaltyRecord
    known = kind.objects.as_of(on).filter(subject_id=subject_id, suspended_from__isnull=False)
    last = known.order_by("-suspended_from").first()
    return (None, None) if last is None else (last.suspended_from, last.suspended_to)
