"""中医医术确有专长人员医师资格考核: whoever was assessed in certain methods and diseases is given the qualification for them.

中医药法 第十五条第二款; 医师法 第十一条; 北京市中医药条例 第二十五条: apprenticeship of five continuous years or many years of practice,
recommended by two doctors of Chinese medicine at least, assessed by the city's administration of Chinese medicine. What was
assessed is what may be registered (`registration/tcm_specialist`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import beijing_tcm_regulation, physicians_law, tcm_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, passed, radio
from yizheng.licensing.findings import Finding, check, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Material
from yizheng.licensing.rules import declare_rule, value
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification.obtaining import Granted, Obtaining, ObtainingItem, not_barred, not_held_yet
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.papers import PHOTO

LEVEL, CATEGORY = "4", "tcm"
WAYS = (("apprentice", "以师承方式学习"), ("practice", "经多年实践"))
ONE_DAY = timedelta(days=1)
YEARS = declare_rule(
    "doctors.speciality_years", "确有专长考核前连续跟师学习或者实践最短时间", 5, "年", beijing_tcm_regulation(25, 2)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Obtaining):
    """Somebody who learnt or practised Chinese medicine, and how she was assessed."""

    learnt_from: date | None = answered("learning", "learnt_from")
    learnt_to: date | None = answered("learning", "learnt_to")
    first_recommender: str = answered("learning", "first_recommender", "")
    second_recommender: str = answered("learning", "second_recommender", "")
    assessed_on: date | None = answered("speciality", "assessed_on")
    passed: bool | None = answered("speciality", "result")
    years: int = 5


@shared("连续跟师学习或者实践满规定的年限", needs=("learning",))
def learnt(person: Assessed, on: date) -> Iterator[Finding]:
    """So many continuous years, both days counted."""
    if person.learnt_from is None or person.learnt_to is None:
        return
    earliest = add_years(person.learnt_from, person.years) - ONE_DAY
    if person.learnt_to < earliest:
        yield refuse("learning.learnt_to", f"须连续满{person.years}年，结束日期不能早于{long_date(earliest)}")
    elif person.learnt_to > on:
        yield refuse("learning.learnt_to", "学习、实践的结束日期晚于今天，请核对")


@check("D-C12", tcm_law(15, 2), title="由至少两名中医医师推荐", needs=("learning",))
def recommended_by_two(person: Assessed, on: date) -> Iterator[Finding]:
    """Two different doctors recommend."""
    if person.first_recommender and person.first_recommender == person.second_recommender:
        yield refuse("learning.second_recommender", "两名推荐医师的执业证书编码相同，须由至少两名中医医师推荐")


@shared("考核合格", needs=("speciality",))
def was_assessed(person: Assessed, on: date) -> Iterator[Finding]:
    """The assessment was passed, on a day that has been, after the years of learning."""
    if person.passed is False:
        yield refuse("speciality.result", "考核不合格，不能发给证书")
    if person.assessed_on is None:
        return
    if person.assessed_on > on:
        yield refuse("speciality.assessed_on", "考核日期晚于今天，请核对")
    elif person.learnt_to is not None and person.assessed_on < person.learnt_to:
        yield refuse("speciality.assessed_on", "考核日期早于学习、实践的结束日期，请核对")


learnt_for_years = learnt("D-C11", beijing_tcm_regulation(25, 2))
assessed_and_passed = was_assessed("D-C13", tcm_law(15, 2))


class LearningStep(Step):
    """How Chinese medicine was learnt, and who recommends."""

    code, title = "learning", "师承或者实践"
    rows = (("way", "teacher"), ("learnt_from", "learnt_to"), ("first_recommender", "second_recommender"))
    ordered = (("learnt_from", "learnt_to", "结束日期早于开始日期，请核对"),)

    way = radio("方式", WAYS)
    teacher = forms.CharField(label="指导老师", max_length=50)
    learnt_from = day("开始日期")
    learnt_to = day("结束日期", hint="连续满五年")
    first_recommender = forms.CharField(label="推荐医师一的执业证书编码", max_length=15)
    second_recommender = forms.CharField(label="推荐医师二的执业证书编码", max_length=15)


class SpecialityStep(Step):
    """What was assessed, and the result."""

    code, title = "speciality", "实践技能和效果考核"
    rows = (("assessed_on", "result"), ("document_number",))

    assessed_scope = forms.CharField(
        label="考核的技术方法和病证", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    assessed_on = day("考核日期")
    result = passed()
    document_number = forms.CharField(label="考核合格公布文号", max_length=60)


@declare
class SpecialityAssessment(ObtainingItem):
    """中医医术确有专长人员医师资格考核."""

    code, title, short_title = "tcm_specialist_assessment", "中医医术确有专长人员医师资格考核", "确有专长考核"
    way, weighs = "speciality", Assessed
    articles = (tcm_law(15, 2), physicians_law(11), beijing_tcm_regulation(25))
    extendable = True
    steps = (PersonStep, LearningStep, SpecialityStep)
    materials = (
        PHOTO,
        Material("apprenticeship", "师承合同或者实践证明", "经公证的跟师学习合同、出师证明，或者多年实践的证明"),
        Material("recommendations", "推荐表", "至少两名中医医师签署"),
        Material("assessment_result", "考核结果", "专家组的考核结论，写明技术方法和病证"),
    )
    checks = (status_permits(code), not_held_yet, not_barred, learnt_for_years, recommended_by_two, assessed_and_passed)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The apprenticeship, where the register knows of one."""
        proof = self.held(subject_id, timezone.localdate()).apprenticeship
        learnt_so = {} if proof is None else {"way": WAYS[0][0], "learnt_from": proof.started_on}
        return {**super().prefill(subject_id), LearningStep.code: learnt_so}

    def granted(self, answers: Answers, on: date) -> Granted:
        """The methods and diseases assessed, from the day of the decision."""
        return Granted(LEVEL, CATEGORY, on, answers.text(SpecialityStep.code, "assessed_scope"))

    def summary(self, granted: Granted) -> str:
        """What she may treat."""
        return f"取得中医（专长）医师资格：{granted.assessed_scope}"

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """The years that are asked for."""
        return {**super().known(answers, subject_id, on), "years": value(YEARS.code, on)}
