"""定期考核复核: who failed asks within thirty days that the result be looked at again (医师法 第四十二条; 医师定期考核管理办法)."""

from datetime import date

from yizheng.kernel.statutes import licensing_law, physicians_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.conduct import assessing
from yizheng.systems.doctors.conduct.assessment_form import ReviewStep
from yizheng.systems.doctors.conduct.assessment_rules import Assessing, Contesting, contested_in_time
from yizheng.systems.doctors.conduct.suspending import BY_ASSESSMENT, resume
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RegisteredItem

CHANGED = "changed"


@declare
class AssessmentReview(RegisteredItem):
    """定期考核结果复核."""

    code = "doctor_assessment_review"
    title = "医师定期考核结果复核"
    short_title = "考核复核"
    group = "考核与行为"
    articles = (physicians_law(42),)
    route = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (ReviewStep,)
    materials = (Material("evidence", "证明材料", "支持复核理由的材料"),)
    checks = (status_permits("doctor_assessment_review"), kept_here, contested_in_time)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """There must be a result to contest."""
        with acting_as_system("查询可以申请的事项"):
            last = assessing.last_of(subject_id, on)
        if last is None or last.passed:
            return "没有定期考核不合格的结果可以复核"
        return super().may_apply(subject_id, on)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Contesting:
        """The last result and when it reached her."""
        held = self.held(subject_id, on)
        with acting_as_system("核对考核复核"):
            last = assessing.last_of(subject_id, on)
        return Contesting(
            register_status=held.status,
            moved=self.moved(answers, held),
            failed=last is not None and not last.passed,
            reviewed=last is not None and bool(last.review_result),
            applied_on=answers.filed_on or on,
            received_on=None if last is None else last.received_on or last.happened_on,
            numbers=Assessing.on(on),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The result was passed after all; the suspension ordered for it ends, and no other."""
        with acting_as_system("考核复核登记"):
            last = assessing.last_of(case.subject_id, on)
            assert last is not None
            change.correct_event(last, {**last.values(), "passed": True, "failing": "", "review_result": CHANGED})
            if last.suspended_from is not None:
                for registration in self.held(case.subject_id, on).standing:
                    resume(registration, change, on, ended=BY_ASSESSMENT)
        return Effect(summary=f"{last.cycle}周期考核结果改为合格")
