"""虚假申请记录: who concealed facts or handed in false papers is refused, warned, and barred for a year (行政许可法 第七十八条).

The refusal itself is an ordinary decision on the application; this act enters the bar, from the day of that decision, on the
finding of two persons.
"""

from __future__ import annotations

from datetime import date

from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case, CaseEvent
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import scope_name
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.acts.bars import enter_bar
from yizheng.systems.doctors.bases.registered import RecordedAct
from yizheng.systems.doctors.checks.false_application import FalseApplication, of_a_refused_case
from yizheng.systems.doctors.forms.false_application import FalseApplicationStep
from yizheng.systems.doctors.models import RegistrationBar
from yizheng.systems.doctors.permitted import status_permits

STEP = FalseApplicationStep.code
GROUND = "R17"
REFUSALS = ("refuse", "decline")


@declare
class FalseApplicationRecord(RecordedAct):
    """虚假申请记录."""

    code = "doctor_false_application_record"
    title = "隐瞒情况、提供虚假材料申请的记录"
    short_title = "虚假申请记录"
    group = "考核与行为"
    articles = (licensing_law(78),)
    steps = (FalseApplicationStep,)
    checks = (status_permits("doctor_false_application_record"), of_a_refused_case)

    def gather(self, answers: Answers, subject_id: int, on: date) -> FalseApplication:
        """The refused application, and whether it is on record already."""
        number = answers.text(STEP, "case_number").strip()
        with acting_as_system("核对虚假申请记录"):
            status = self.held(subject_id, on).status
            refused = CaseEvent.objects.filter(
                case__number=number, case__subject_id=subject_id, verb__in=REFUSALS
            ).order_by("-id").first()  # fmt: skip
            known = RegistrationBar.objects.current().filter(
                subject_id=subject_id, ground=GROUND, document_number=number
            )
            return FalseApplication(
                register_status=status,
                case_number=number,
                refused_on=None if refused is None else refused.on,
                recorded_already=bool(number) and known.exists(),
            )

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The bar, from the day on which the application was refused."""
        found = self.gather(load(case), case.subject_id, on)
        enter_bar(
            change,
            case.subject_id,
            GROUND,
            found.refused_on or on,
            authority_scope=case.decided_by,
            authority_name=scope_name(case.decided_by),
            document_number=found.case_number,
        )
        return Effect(summary="予以警告，一年内不受理其同一许可的申请")
