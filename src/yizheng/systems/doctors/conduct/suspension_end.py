"""恢复执业: a suspension ends, because its period is over and, after a failed assessment, the next one was passed.

医师法 第四十二条、第五十五条至第五十七条. A suspension by penalty also ends by itself after its last day; this act enters an
early end, and the end of every suspension that has no last day of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import penalty_law, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import Concerned, kept_here
from yizheng.systems.doctors.conduct.suspending import BY_ASSESSMENT, BY_PENALTY, ONE_DAY, SUSPENDED, resume
from yizheng.systems.doctors.models import PeriodicAssessment
from yizheng.systems.doctors.models.registration import REGISTERED
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.doctors.registered_item import RecordedAct
from yizheng.systems.practitioners.models import PenaltyRecord

LIFTED = "lifted"
"""The order was taken back, or an appeal annulled it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspended(Concerned):
    """A doctor whose practice is suspended, and why it may go on."""

    ground: str = ""
    ordered_until: date | None = None
    """The last day of the suspension as the order names it."""
    reassessed_on: date | None = None
    """The day a re-assessment after the order was passed."""
    lifting_document: str = ""


@check("D-SE01", physicians_law(57), title="暂停执业期满", needs=("resuming",))
def period_is_over(doctor: Suspended, on: date) -> Iterator[Finding]:
    """Before its last day has gone, a suspension ends only because the order was taken back."""
    if doctor.ground == LIFTED or doctor.ordered_until is None:
        return
    if on <= doctor.ordered_until:
        yield refuse("resuming.ground", f"暂停执业到{long_date(doctor.ordered_until)}止，期满后才能恢复执业")


@check("D-SE02", physicians_law(42), title="因考核暂停的，再次考核合格", needs=("resuming",))
def assessed_again(doctor: Suspended, on: date) -> Iterator[Finding]:
    """Whoever was stopped for failing the assessment goes on only after passing it."""
    if doctor.register_status == BY_ASSESSMENT and doctor.ground != LIFTED and doctor.reassessed_on is None:
        yield refuse("resuming.ground", "暂停执业期满须再次考核，没有再次考核合格的记录，不能恢复执业")


@check("D-SE03", penalty_law(73), title="提前恢复有撤销或者变更决定的文书", needs=("resuming",))
def lifted_by_a_decision(doctor: Suspended, on: date) -> Iterator[Finding]:
    """An early end rests on the decision that took the order back."""
    if doctor.ground == LIFTED and not doctor.lifting_document:
        yield refuse("resuming.document_number", "请填写撤销、变更原决定的文书号")


GROUNDS = (("over", "暂停期满"), ("reassessed", "暂停期满，再次考核合格"), ("lifted", "原决定被撤销、变更或者停止执行"))


class ResumingStep(Step):
    """The ground, and for an early end the document it rests on."""

    code = "resuming"
    title = "恢复执业"

    ground = radio("恢复执业的理由", GROUNDS)
    document_number = forms.CharField(
        label="文书号", max_length=60, required=False, help_text="提前恢复的，填写撤销、变更原决定的文书"
    )


@declare
class SuspensionEnd(RecordedAct):
    """恢复执业."""

    code = "doctor_suspension_end"
    title = "医师恢复执业"
    short_title = "恢复执业"
    group = "考核与行为"
    articles = (physicians_law(42), physicians_law(57))
    steps = (ResumingStep,)
    checks = (status_permits("doctor_suspension_end"), kept_here, period_is_over, assessed_again, lifted_by_a_decision)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Suspended:
        """How practice is suspended, until when, and whether the assessment was passed since."""
        held = self.held(subject_id, on)
        by_assessment = held.status == BY_ASSESSMENT
        with acting_as_system("核对恢复执业"):
            ordered_from, ordered_until = _order(subject_id, on, by_assessment=by_assessment)
            passed = PeriodicAssessment.objects.as_of(on).filter(subject_id=subject_id, again=True, passed=True)
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
        """The suspension that runs ends on every line; one by another order goes on. A penalty taken back is so from today."""
        held, answers = self.held(case.subject_id, on), load(case)
        ended = held.status
        if ended == BY_PENALTY and answers.text(ResumingStep.code, "ground") == LIFTED:
            _lift(case.subject_id, change, on)
        statuses = [resume(each, change, on, ended=ended) for each in held.standing if each.status == ended]
        if SUSPENDED.intersection(statuses):
            return Effect(summary="这项暂停执业结束，另一项暂停执业继续")
        word = "恢复执业" if REGISTERED in statuses else "暂停执业结束，仍为离岗备案"
        return Effect(summary=word)


def _lift(subject_id: int, change: ChangeInProgress, on: date) -> None:
    """The penalties that stop practice on the day stop it no longer, as the decision on them says."""
    running = PenaltyRecord.objects.as_of(on).filter(
        subject_id=subject_id, of_register=DOCTORS.code, suspended_from__lte=on, suspended_to__gte=on
    )
    for record in running:
        last, first = on - ONE_DAY, record.suspended_from
        kept = (first, last) if first is not None and first <= last else (None, None)
        change.correct_event(record, {**record.values(), "suspended_from": kept[0], "suspended_to": kept[1]})


def _order(subject_id: int, on: date, *, by_assessment: bool) -> tuple[date | None, date | None]:
    """First and last day of the last order to stop; call it as the system."""
    kind = PeriodicAssessment if by_assessment else PenaltyRecord
    ours = {} if by_assessment else {"of_register": DOCTORS.code}
    known = kind.objects.as_of(on).filter(subject_id=subject_id, suspended_from__isnull=False, **ours)
    last = known.order_by("-suspended_from").first()
    return (None, None) if last is None else (last.suspended_from, last.suspended_to)
