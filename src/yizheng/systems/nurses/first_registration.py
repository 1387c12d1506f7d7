"""首次注册: who passed the examination enters the register for five years (护士条例 第七条、第八条)."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.documents import numbers
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import nurse_regulation
from yizheng.licensing.answers import Answers
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day, either
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.nurses import rules
from yizheng.systems.nurses.item import NURSE_CERTIFICATE, OfNurses, suspend_until
from yizheng.systems.nurses.models import LINE, NurseExamResult, NurseRegistration, course_of
from yizheng.systems.nurses.register import NURSES
from yizheng.systems.nurses.rules import Limits, NurseApplicant
from yizheng.systems.nurses.terms import Term
from yizheng.systems.practitioners.conduct.suspension import last_ordered
from yizheng.systems.practitioners.forms.declaration import DeclarationStep
from yizheng.systems.practitioners.forms.education import EducationStep, full_time_years
from yizheng.systems.practitioners.forms.employment import EmploymentStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.forms.training import TrainingStep
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF, IDENTITY, PHOTO, TRAINING_PROOF
from yizheng.systems.practitioners.places import CITY, place_name
from yizheng.systems.practitioners.registering import RegisteringItem, recorded_against

DIPLOMA = Material("diploma", "学历证书及临床实习证明", "学历证书和教学、综合医院出具的八个月以上临床实习证明")


class ExamStep(Step):
    """The examination she passed."""

    code, title = "exam", "护士执业资格考试"
    passed_on = day("考试合格日期", hint="成绩合格证明上的日期")
    certificate = forms.CharField(label="成绩合格证明编号", max_length=30, required=False)


class NurseEducationStep(EducationStep):
    """The course of nursing or midwifery and the clinical practice in it."""

    rows = (("level", "degree"), ("learning_form", "years", "graduated_on"), ("internship_from", "internship_to"))
    ordered = (("internship_from", "internship_to", "实习结束日期早于开始日期，请核对"),)
    years = full_time_years(required=True)
    full_time = either("普通全日制护理、助产专业", ("yes", "是"), ("no", "否"))
    internship_hospital = forms.CharField(label="临床实习的教学、综合医院", max_length=100)
    internship_from, internship_to = day("实习开始"), day("实习结束")


class NurseTrainingStep(TrainingStep):
    """Three months of clinical training, asked of who applies more than three years after the pass."""

    applies = staticmethod(rules.trains_before_first)


class NursePracticeStep(EmploymentStep):
    """Where she is going to work."""

    work_kind = coded("nurse_work_kind", "工作类别")


def recorded(subject_id: int, on: date) -> dict[str, Any]:
    """What happened to her registration, what is on record against her, and the numbers of the day; call it as the system."""
    return {**recorded_against(NURSES, subject_id, on), "course": course_of(subject_id), "limits": Limits.on(on)}


class NurseRegistering(RegisteringItem, OfNurses):
    """Somebody is entered in the register of nurses for a term of five years."""

    group = "注册"
    weighs: ClassVar[type[NurseApplicant]] = NurseApplicant
    word: ClassVar[str] = "注册"
    """What is granted."""
    statutory = WorkingDays(20, nurse_regulation(8), from_receipt=True)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """Whether the results held here have her pass, and how long she practised and trained."""
        passes = NurseExamResult.objects.current().filter(subject_id=subject_id, passed=True)
        filed = answers.filed_on or on
        return {
            **super().known(answers, subject_id, on),
            **recorded(subject_id, on),
            "exam_known": passes.filter(passed_on=answers.day("exam", "passed_on")).exists(),
            "internship_months": answers.months("education", "internship_from", "internship_to", filed),
            "training_months": answers.months("training", "started_on", "ended_on", filed),
        }

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Open the term under the number, say what the certificate prints."""
        with acting_as_system(f"{self.title}登记"):
            entered, term = self.admit(case, change, on), Term.beginning(on)
            held = entered.register(
                change, NurseRegistration, LINE, on,
                **self.numbered(case, change, on), term_from=term.first, term_to=term.last,
            )  # fmt: skip
            suspend_until(held, last_ordered(case.subject_id, NURSES.code, on), change, on)
        told = f"准予{self.word}，护士执业证书编号 {held.number}，有效期至{long_date(term.last)}"
        return entered.certified(told, NURSE_CERTIFICATE, held, place=place_name(CITY))

    def numbered(self, case: Case, change: ChangeInProgress, on: date) -> dict[str, Any]:
        """The number she is given, and the day of her first registration."""
        number = numbers.nurse_number(on.year, given_to=f"subject:{case.subject_id}", change_id=change.id)
        return {"number": number, "registered_on": on}


@declare
class NurseFirstRegistration(NurseRegistering):
    """护士执业首次注册."""

    code, title, short_title = "nurse_first_registration", "护士执业首次注册", "护士首次注册"
    articles = (nurse_regulation(7), nurse_regulation(8))
    collective = True
    steps = (PersonStep, NurseEducationStep, ExamStep, NurseTrainingStep, NursePracticeStep, DeclarationStep)
    materials = (PHOTO, IDENTITY, DIPLOMA, EMPLOYMENT_PROOF, TRAINING_PROOF.when(rules.trains_before_first))
    checks = rules.FIRST

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Her identity and the examination she passed."""
        with acting_as_system("填写护士首次注册申请"):
            result = NurseExamResult.objects.current().filter(subject_id=subject_id, passed=True).last()
        exam = {"passed_on": result.passed_on, "certificate": result.pass_certificate} if result else {}
        return {**super().prefill(subject_id), "exam": exam}
