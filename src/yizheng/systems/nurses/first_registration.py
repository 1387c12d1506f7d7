"""首次注册: who passed the examination enters the register for five years (护士条例 第七条、第八条)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms

from yizheng.documents import numbers
from yizheng.kernel.calendar.periods import full_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import nurse_regulation
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day, either, in_order, passed
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.nurses import rules
from yizheng.systems.nurses.certificate import NURSE_CERTIFICATE
from yizheng.systems.nurses.models import LINE, NurseExamResult, NurseRegistration
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.nurses.rules import NurseApplicant
from yizheng.systems.nurses.terms import Course, Term
from yizheng.systems.practitioners.bars import latest_false_application
from yizheng.systems.practitioners.forms.education import EducationStep
from yizheng.systems.practitioners.forms.employment import EmploymentStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.item import PractitionerItem
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF, PHOTO, TRAINING_PROOF
from yizheng.systems.practitioners.places import CITY, place_name


class ExamStep(Step):
    """The examination she passed."""

    code, title = "exam", "护士执业资格考试"
    passed_on = day("考试合格日期", hint="成绩合格证明上的日期")
    certificate = forms.CharField(label="成绩合格证明编号", max_length=30, required=False)


class NurseEducationStep(EducationStep):
    """The course of nursing or midwifery and the clinical practice in it."""

    rows = (("level", "degree"), ("learning_form", "years", "graduated_on"), ("internship_from", "internship_to"))
    years = forms.DecimalField(
        label="学制（年）", min_value=Decimal(1), max_value=Decimal(12), max_digits=3, decimal_places=1
    )
    full_time = either("普通全日制护理、助产专业", ("yes", "是"), ("no", "否"))
    internship_hospital = forms.CharField(label="临床实习的教学、综合医院", max_length=100)
    internship_from, internship_to = day("实习开始"), day("实习结束")

    def clean(self) -> dict[str, Any]:
        """The practice does not end before it begins."""
        cleaned = super().clean() or self.cleaned_data
        in_order(self, cleaned, "internship_from", "internship_to", "实习结束日期早于开始日期，请核对")
        return cleaned


class NurseTrainingStep(Step):
    """Three months of clinical training, asked of who applies late."""

    code, title = "training", "临床护理培训"
    institution = forms.CharField(label="培训机构", max_length=200)
    started_on, ended_on = day("培训开始"), day("培训结束")
    result = passed()

    @classmethod
    def applies(cls, applicant: NurseApplicant, on: date) -> bool:
        """Only where more than three years have gone by since the pass."""
        return bool(rules.trains_before_first(applicant, on))


class NursePracticeStep(EmploymentStep):
    """Where she is going to work."""

    code, title = "practice", "拟执业信息"
    institution = InstitutionField(label="主要执业机构", help_text="输入登记名称或登记号选择")
    work_kind = coded("nurse_work_kind", "工作类别")


class NurseDeclarationStep(Step):
    """Health, and the promise that what was handed in is true."""

    code, title = "declaration", "声明"
    health = either("健康状况", ("fit", "符合护士执业健康标准"), ("unfit", "不符合"))
    truth = forms.BooleanField(label="本人承诺以上填写内容和提交材料真实、有效")


def _months(answers: Answers, step: str, first: str, last: str, on: date) -> int | None:
    """Full months done by the day; what lies ahead is not done."""
    began, ended = answers.day(step, first), answers.day(step, last)
    if began is None or ended is None:
        return None
    done = min(ended, on)
    return full_months(began, done) if began <= done else 0


@declare
class NurseFirstRegistration(PractitionerItem):
    """护士执业首次注册."""

    of, system, register, group = NURSES, "nurses", "护士", "注册"
    code, title, short_title = "nurse_first_registration", "护士执业首次注册", "首次注册"
    articles = (nurse_regulation(7), nurse_regulation(8))
    initiators = (Initiator.PERSON, Initiator.INSTITUTION)
    collective = True
    steps = (
        PersonStep, NurseEducationStep, ExamStep, NurseTrainingStep, NursePracticeStep, NurseDeclarationStep,
    )  # fmt: skip
    materials = (PHOTO, EMPLOYMENT_PROOF, TRAINING_PROOF.when(lambda who, on: bool(rules.trains_before_first(who, on))))
    checks = (
        rules.not_registered_before, *rules.FIRST, rules.healthy,
        rules.of_full_capacity, rules.employer_may_practise, rules.truthful,
    )  # fmt: skip
    route = (Stage.CONFIRM, Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, nurse_regulation(8), from_receipt=True)

    def may_initiate(self, subject_id: int, institution_scope: int, on: date) -> str | None:
        """The institution that will employ her may apply; she does not work there yet."""
        return self.may_apply(subject_id, on)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Her identity and the examination she passed."""
        with acting_as_system("填写护士首次注册申请"):
            result = NurseExamResult.objects.current().filter(subject_id=subject_id, passed=True).last()
        exam = {"passed_on": result.passed_on, "certificate": result.pass_certificate} if result else {}
        return {**super().prefill(subject_id), "exam": exam}

    def gather(self, answers: Answers, subject_id: int, on: date) -> NurseApplicant:
        """What the rules weigh."""
        with acting_as_system("核对护士首次注册"):
            held = NurseRegistration.objects.current().filter(subject_id=subject_id)
            registered = held.order_by("valid_from").values_list("registered_on", flat=True).first()
            passes = NurseExamResult.objects.current().filter(subject_id=subject_id, passed=True)
            known = set(passes.values_list("passed_on", flat=True))
            concealed = latest_false_application(subject_id, NURSES.code)
        filed, passed_on = answers.filed_on or on, answers.day("exam", "passed_on")
        return NurseApplicant(
            course=Course(registered=registered),
            applied_on=answers.filed_on,
            passed_on=passed_on,
            exam_known=passed_on in known,
            concealed_on=concealed,
            course_years=answers.amount("education", "years"),
            full_time=answers.flag("education", "full_time"),
            internship_months=_months(answers, "education", "internship_from", "internship_to", filed),
            training_months=_months(answers, "training", "started_on", "ended_on", filed) or 0,
            training_passed=bool(answers.flag("training", "result")),
            **self.weighed(answers, on),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Open the term, give the number, say what the certificate prints."""
        with acting_as_system("护士首次注册登记"):
            entered, term = self.admit(case, change, on), Term.beginning(on)
            values = {
                "number": numbers.nurse_number(on.year, given_to=f"subject:{case.subject_id}", change_id=change.id),
                "institution": entered.licence.subject_id,
                "department": entered.answers.text("practice", "department"),
                "work_kind": entered.answers.text("practice", "work_kind"),
                "registered_on": on,
                "term_from": term.first,
                "term_to": term.last,
            }
            scope = entered.office.pk
            held = change.state(NurseRegistration, case.subject_id, LINE, values, valid_from=on, authority_scope=scope)
        told = f"准予注册，护士执业证书编号 {held.number}，有效期至{long_date(term.last)}"
        return entered.certified(told, NURSE_CERTIFICATE, held, place=place_name(CITY))
