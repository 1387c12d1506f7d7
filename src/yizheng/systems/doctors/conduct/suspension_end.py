"""恢复执业 of doctors: a suspension by penalty is over or lifted, one for a failed assessment after the next one was passed.

医师法 第四十二条、第五十五条至第五十七条.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yizheng.kernel.statutes import penalty_law, physicians_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.conduct.suspending import BY_ASSESSMENT, BY_PENALTY, SUSPENDED, resume
from yizheng.systems.doctors.item import RecordedAct
from yizheng.systems.doctors.models import PeriodicAssessment, Registration
from yizheng.systems.doctors.models.registration import REGISTERED
from yizheng.systems.doctors.permitted import kept_here, status_permits
from yizheng.systems.practitioners.conduct import suspension
from yizheng.systems.practitioners.conduct.suspension import LIFTED, lifted_by_a_decision, period_is_over


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(suspension.Suspended):
    """A doctor whose practice is suspended, and why it may go on."""

    reassessed_on: date | None = None
    """The day a re-assessment after the order was passed."""


@check("D-SE02", physicians_law(42), title="因考核暂停的，再次考核合格", needs=("resuming",))
def assessed_again(doctor: Suspended, on: date) -> Iterator[Finding]:
    """Whoever was stopped for failing the assessment goes on only after passing it."""
    if doctor.register_status == BY_ASSESSMENT and doctor.ground != LIFTED and doctor.reassessed_on is None:
        yield refuse("resuming.ground", "暂停执业期满须再次考核，没有再次考核合格的记录，不能恢复执业")


class ResumingStep(suspension.ResumingStep):
    """A doctor also resumes because she was assessed again."""

    ground = radio(
        "恢复执业的理由", (suspension.GROUNDS[0], ("reassessed", "暂停期满，再次考核合格"), suspension.GROUNDS[1])
    )


@declare
class SuspensionEnd(suspension.SuspensionEnd, RecordedAct):
    """恢复执业: stopped by a penalty or for failing the assessment."""

    code, title = "doctor_suspension_end", "医师恢复执业"
    articles = (physicians_law(42), physicians_law(57))
    steps = (ResumingStep,)
    weighs = Suspended
    by_penalty = (BY_PENALTY,)
    checks = (
        status_permits(code),
        kept_here,
        period_is_over("D-SE01", physicians_law(57)),
        assessed_again,
        lifted_by_a_decision("D-SE03", penalty_law(73)),
    )

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Until when practice is suspended, and whether the assessment was passed since."""
        known = super().known(answers, subject_id, on)
        last = self.orders(known["register_status"], subject_id, on).order_by("-suspended_from").first()
        passed = PeriodicAssessment.objects.as_of(on).filter(subject_id=subject_id, again=True, passed=True)
        days = [each.happened_on for each in passed if last is not None and each.happened_on >= last.suspended_from]
        return {**known, "reassessed_on": max(days, default=None)}

    def orders(self, status: str, subject_id: int, on: date) -> QuerySet[Any]:
        """The penalties, or the assessments failed."""
        if status != BY_ASSESSMENT:
            return super().orders(status, subject_id, on)
        return PeriodicAssessment.objects.as_of(on).filter(subject_id=subject_id, suspended_from__isnull=False)

    def resumed(self, registration: Registration, change: ChangeInProgress, on: date) -> str:
        """In practice again, on leave, or stopped by another order."""
        return resume(registration, change, on, ended=registration.status)

    def told(self, statuses: Sequence[str]) -> str:
        """Another suspension may go on, or a leave filing."""
        if SUSPENDED.intersection(statuses):
            return "这项暂停执业结束，另一项暂停执业继续"
        return "恢复执业" if REGISTERED in statuses else "暂停执业结束，仍为离岗备案"
