"""定期考核: an institution hands in the result of a cycle for one of its doctors (医师法 第四十二条; 医师定期考核管理办法).

A report to the authority, which keeps it: it takes effect when handed in and is checked afterwards. A failed result stops
nobody by itself; it puts to the authority that it order three to six months' suspension and training, and after a second
failure that it end the registration.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.statutes import assessment_rules, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day, either, passed, radio
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.licensing.ports.consequences import Proposed, consequence, follow
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.conduct import assessing
from yizheng.systems.doctors.conduct import assessment_rules as rules
from yizheng.systems.doctors.conduct.assessment_rules import Assessed, Assessing
from yizheng.systems.doctors.item import RegisteredItem
from yizheng.systems.doctors.models import PeriodicAssessment
from yizheng.systems.doctors.models.assessment import EXEMPTIONS, GRADES, LINE, PROCEDURES
from yizheng.systems.doctors.permitted import kept_here, status_permits
from yizheng.systems.doctors.reading.held import held_on
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.registered_item import keeper


def offered() -> list[tuple[str, str]]:
    """The cycles a result may be entered for."""
    return [("", "请选择"), *((each.code, each.code) for each in assessing.cycles(timezone.localdate()))]


class AssessmentStep(Step):
    """Cycle, procedure, the institution's opinion, the test, the result."""

    code, title = "assessment", "定期考核"
    rows = (
        ("cycle", "procedure"),
        ("body", "assessing_body"),
        ("opinion_on", "tested_on"),
        ("exempt_by", "exempt_on"),
        ("performance", "ethics"),
        ("score", "result"),
        ("result_on", "received_on"),
    )

    cycle = forms.ChoiceField(label="考核周期", choices=offered)
    procedure = radio("考核程序", PROCEDURES)
    again = forms.BooleanField(label="暂停期满后的再次考核", required=False)
    body = coded("assessing_body", "考核机构种类")
    assessing_body = forms.CharField(label="考核机构名称", max_length=100)
    attended = either("参加考核", ("yes", "参加"), ("no", "没有参加"))
    report = forms.CharField(label="述职摘要", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))
    opinion = forms.CharField(label="机构评定意见", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    opinion_on = day("机构意见日期", required=False)
    performance = radio("工作业绩", GRADES)
    ethics = radio("职业道德", GRADES)
    tested_on = day("业务水平测评日期", required=False)
    score = forms.DecimalField(
        label="业务水平测评成绩", max_digits=4, decimal_places=1, min_value=0, max_value=100, required=False
    )
    exempt_by = forms.ChoiceField(label="免予业务水平测评", choices=[("", "没有"), *EXEMPTIONS], required=False)
    exempt_on = day("培训、考试通过日期", required=False, hint="须在考核周期内")
    result = passed()
    failing = coded("assessment_failing_ground", "不合格情形", required=False)
    result_on = day("结果日期")
    received_on = day("结果送达本人日期", hint="收到结果后可以申请复核")
    training_proof = forms.CharField(
        label="培训合格证明", max_length=100, required=False, help_text="再次考核的填写：培训机构和证明编号"
    )

    def clean(self) -> dict[str, Any]:
        """The result reaches the doctor on its day or later."""
        cleaned = super().clean() or self.cleaned_data
        reached, received = cleaned.get("result_on"), cleaned.get("received_on")
        if reached and received and received < reached:
            self.add_error("received_on", "送达日期早于结果日期，请核对")
        return cleaned


STEP = AssessmentStep.code
_KEPT = (
    "cycle", "cycle_from", "cycle_to", "passed", "procedure", "attended", "again", "exempt_by", "score", "performance",
    "ethics", "failing", "training_proof",
)  # fmt: skip
"""What the register keeps of a result as it was weighed."""


@declare
class PeriodicAssessmentReport(RegisteredItem):
    """医师定期考核."""

    code, title, short_title = "doctor_periodic_assessment", "医师定期考核", "定期考核"
    group = "考核与行为"
    articles = (physicians_law(42), assessment_rules(17))
    shape = Shape.FILING
    initiators = (Initiator.INSTITUTION,)
    route = (Stage.ACCEPT,)
    collective = True
    steps = (AssessmentStep,)
    materials = (Material("assessment_record", "考核结果表", "考核机构盖章的医师定期考核表"),)
    weighs = Assessed
    checks = (
        status_permits(code),
        kept_here,
        rules.once_a_cycle,
        rules.registered_within_the_cycle,
        rules.right_procedure,
        rules.opinion_in_time,
        rules.tested_in_general_procedure,
        rules.exempt_within_the_cycle,
        rules.failed_where_it_must_be,
        rules.again_after_the_suspension,
    )

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The doctor, her record in the cycle, and what was entered of it already."""
        held = self.held(subject_id, on)
        cycle = assessing.cycle_called(answers.text(STEP, "cycle"), on)
        good, bad = assessing.conduct_within(subject_id, cycle, on)
        known = [] if cycle is None else assessing.results_of(subject_id, cycle, on)
        failed = next((each for each in reversed(known) if not each.passed and not each.again), None)
        days = {} if cycle is None else {"cycle": cycle.code, "cycle_from": cycle.begins, "cycle_to": cycle.ends}
        return {
            **self.concerned(held, answers),
            **days,
            "first_practised_on": min((each.first_practised_on for each in held.registrations), default=None),
            "good_records": good,
            "bad_records": bad,
            "known": bool(known),
            "failed_before": failed is not None,
            "suspended_to": None if failed is None else failed.suspended_to,
            "numbers": Assessing.on(on),
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the result; what a failed one leads to is put to the authority."""
        answers = load(case)
        found: Assessed = self.gather(answers, case.subject_id, on)
        values = {
            **{name: getattr(found, name) for name in _KEPT},
            "assessing_body": answers.text(STEP, "assessing_body"),
            "received_on": answers.day(STEP, "received_on"),
        }
        assert found.result_on is not None
        with acting_as_system("定期考核登记"):
            result = change.event(
                PeriodicAssessment, case.subject_id, LINE, values,
                happened_on=found.result_on, authority_scope=case.decided_by,
            )  # fmt: skip
        follow(result, cause=change.id, on=on)
        return Effect(summary=f"{found.cycle}周期考核{'合格' if found.passed else '不合格'}")


@consequence("doctors.assessment_result", register=DOCTORS, of=PeriodicAssessment, article=physicians_law(42))
def what_a_result_leads_to(result: Fact, on: date) -> Iterable[Proposed]:
    """First failure: an order to stop; second: the end of the registration; a second success: practice goes on."""
    assert isinstance(result, PeriodicAssessment)
    words = {
        (False, False): "定期考核不合格：须责令暂停执业活动三个月至六个月并接受培训",
        (True, False): "暂停期满再次考核仍不合格：须注销注册（D05）",
        (True, True): "再次考核合格：暂停期满后可以恢复执业",
    }
    sentence = words.get((result.again, result.passed))
    if sentence is None:
        return []
    with acting_as_system("定期考核结果的处理"):
        office = keeper(held_on(result.subject_id, on))
        who = PersonIdentity.objects.as_of(on).filter(subject_id=result.subject_id).first()
    name = "" if who is None else who.name
    return [Proposed(result.subject_id, office, f"{name}{result.cycle}周期{sentence}")]
