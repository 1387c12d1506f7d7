"""传统医学师承出师考核: whoever learnt Chinese medicine from a master for three years and passed gets the certificate.

医师法 第十一条第一款: with it she may sit the examination of doctors of Chinese medicine (报考类别 141、241), whose qualification is
registered as any other, the certificate standing for a diploma. Five years and an assessment of skills give a qualification at
once (`speciality`).
"""

from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, passed
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material
from yizheng.licensing.models import Case
from yizheng.licensing.rules import declare_rule, value
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import index_name
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification.obtaining import Granted, ObtainingItem, not_barred
from yizheng.systems.doctors.qualification.speciality import CATEGORY, Assessed, learnt, was_assessed
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.models import TrainingProof
from yizheng.systems.practitioners.models.training import APPRENTICESHIP, line
from yizheng.systems.practitioners.papers import PHOTO

_LAW = physicians_law(11, 1)
YEARS = declare_rule("doctors.apprentice_years", "师承出师考核前连续跟师学习最短时间", 3, "年", _LAW)


class ApprenticeStep(Step):
    """From whom Chinese medicine was learnt, and when."""

    code, title = "learning", "师承"
    rows = (("teacher", "teacher_number"), ("learnt_from", "learnt_to"))
    ordered = (("learnt_from", "learnt_to", "结束日期早于开始日期，请核对"),)

    teacher = forms.CharField(label="指导老师", max_length=50)
    teacher_number = forms.CharField(label="指导老师的执业证书编码", max_length=15)
    learnt_from = day("跟师开始日期")
    learnt_to = day("跟师结束日期", hint="连续满三年")


class AssessmentStep(Step):
    """The assessment and its result."""

    code, title = "speciality", "出师考核"
    rows = (("assessed_on", "result"),)

    assessed_on = day("考核日期")
    result = passed()


@declare
class ApprenticeshipAssessment(ObtainingItem):
    """传统医学师承出师考核."""

    code, title, short_title = "tcm_apprenticeship_assessment", "传统医学师承出师考核", "师承出师考核"
    way, weighs = "apprenticeship", Assessed
    articles = (_LAW,)
    steps = (PersonStep, ApprenticeStep, AssessmentStep)
    materials = (
        PHOTO,
        Material("contract", "师承关系合同", "经公证的跟师学习合同"),
        Material("records", "学习记录和考核结果", "跟师记录、指导老师评语和考核结论"),
    )
    checks = (status_permits(code), not_barred, learnt("D-C21", _LAW), was_assessed("D-C23", _LAW))

    def granted(self, answers: Answers, on: date) -> Granted:
        """No qualification yet; the category says which office assesses."""
        return Granted("", CATEGORY, on)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The years that are asked for."""
        return {**super().known(answers, subject_id, on), "years": value(YEARS.code, on)}

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The certificate, as a fact of the day of the assessment."""
        answers = load(case)
        passed_on = answers.day(AssessmentStep.code, "assessed_on") or on
        with acting_as_system(self.title):
            identity, number = (
                self.enter_person(case, change, on),
                self.new_number("tcm_apprenticeship", case, change, on),
            )
            said = {
                "kind": APPRENTICESHIP, "institution_name": answers.text("learning", "teacher"), "number": number,
                "started_on": answers.day("learning", "learnt_from"), "passed": True,
            }  # fmt: skip
            change.event(
                TrainingProof, case.subject_id, line(APPRENTICESHIP), said,
                happened_on=passed_on, authority_scope=case.decided_by,
            )  # fmt: skip
            index_name(case.subject_id, identity.name, [case.decided_by])
        return Effect(f"师承出师考核合格，出师证书编号 {number}，可以报考中医医师资格考试（师承）")
