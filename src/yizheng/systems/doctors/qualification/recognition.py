"""港澳台医师内地医师资格认定: a doctor from Hong Kong, Macau or Taiwan gets an ordinary qualification without the examination.

港澳医师资格认定办法、台湾医师资格认定办法 (2009): permanent residents who had practised lawfully for five years by the end of 2007,
are specialists and practise there. What is granted is a qualification like any other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import hk_macau_recognition, taiwan_recognition
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.fields import coded, day, either, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Material
from yizheng.systems.doctors.checks.applicant import PHYSICIAN
from yizheng.systems.doctors.permitted import by_resident_card, status_permits
from yizheng.systems.doctors.qualification.obtaining import Granted, Obtaining, ObtainingItem, not_barred, not_held_yet
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.papers import PHOTO

LAST_DAY_OF_HOME_PRACTICE = date(2007, 12, 31)
RECOGNISED = ("clinical", "stomatology", "tcm")
ORIGINS = (("hk", "香港"), ("macau", "澳门"), ("taiwan", "台湾"))
IS_SO = (("yes", "是"), ("no", "否"))


class RecognitionStep(Step):
    """What the doctor was allowed at home, since when, and where."""

    code, title = "recognition", "认定条件"
    personal = frozenset({"licence_number"})
    rows = (("origin", "category"), ("licensed_on", "licence_number"))

    origin = radio("来源地", ORIGINS)
    category = coded("practice_category", "申请类别", only=lambda code: code.code in RECOGNISED)
    licensed_on = day("取得合法行医资格日期")
    licence_number = forms.CharField(label="行医执照编号", max_length=40)
    specialty = forms.CharField(label="专科", max_length=100)
    permanent_resident = either("当地永久性居民", *IS_SO)
    chinese_citizen = either("中国公民（香港、澳门）", *IS_SO, required=False)
    specialist = either("有专科医师资格证书", *IS_SO)
    practising = either("在当地医疗机构中执业", *IS_SO)
    workplace = forms.CharField(label="当地执业机构", max_length=200)

    def clean(self) -> dict[str, Any]:
        """Residents of Hong Kong and Macau say whether they are citizens."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("origin") in ("hk", "macau") and cleaned.get("chinese_citizen") is None:
            self.add_error("chinese_citizen", "来自香港、澳门的，请选择是否中国公民")
        return cleaned


STEP = RecognitionStep.code


@dataclass(frozen=True)
class RecognitionLimits(DatedNumbers, prefix="recognition."):
    """The numbers as they stand on the day asked about."""

    home_years: int = number(
        "港澳台医师资格认定：到2007年底须已合法行医", 5, "年", hk_macau_recognition(3), doubtful=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised(Obtaining):
    """What the applicant said; nothing while she has not answered."""

    origin: str = answered(STEP, "origin", "")
    licensed_on: date | None = answered(STEP, "licensed_on")
    permanent_resident: bool | None = answered(STEP, "permanent_resident")
    chinese_citizen: bool | None = answered(STEP, "chinese_citizen")
    specialist: bool | None = answered(STEP, "specialist")
    practising: bool | None = answered(STEP, "practising")
    limits: RecognitionLimits = field(default_factory=RecognitionLimits)


@check(
    "D-QO11", hk_macau_recognition(3), taiwan_recognition(3), title="符合港澳台医师资格认定条件", needs=("recognition",)
)
def may_be_recognised(person: Recognised, on: date) -> Iterator[Finding]:
    """All conditions at once: residence, five years by the end of 2007, specialist, practising there."""
    latest = add_years(LAST_DAY_OF_HOME_PRACTICE, -person.limits.home_years)
    if person.licensed_on is not None and person.licensed_on > latest:
        yield refuse(
            "recognition.licensed_on",
            f"到2007年12月31日取得合法行医资格未满{person.limits.home_years}年（须在{long_date(latest)}以前取得）",
        )
    if person.permanent_resident is False:
        yield refuse("recognition.permanent_resident", "申请人应为当地永久性居民")
    if person.origin in ("hk", "macau") and person.chinese_citizen is False:
        yield refuse("recognition.chinese_citizen", "香港、澳门永久性居民应为中国公民")
    if person.specialist is False:
        yield refuse("recognition.specialist", "须有当地专科医师资格证书")
    if person.practising is False:
        yield refuse("recognition.practising", "须在当地医疗机构中执业")
    if person.category and person.category not in RECOGNISED:
        yield refuse("recognition.category", "认定的资格类别为临床、中医、口腔")


@declare
class HmtRecognition(ObtainingItem):
    """港澳台医师内地医师资格认定."""

    code, title, short_title = "hmt_recognition", "港澳台医师内地医师资格认定", "港澳台资格认定"
    way, weighs = "hmt_recognition", Recognised
    articles = (hk_macau_recognition(3), taiwan_recognition(3))
    extendable = True
    steps = (PersonStep, RecognitionStep)
    materials = (
        PHOTO,
        Material("residence", "永久性居民身份证明", "港澳永久性居民身份证、台湾居民身份证明"),
        Material("home_licence", "合法行医资格证明", "取得日期在2002年12月31日以前"),
        Material("specialist", "专科医师资格证书", "原件扫描"),
        Material("practice_proof", "当地执业证明", "所在医疗机构出具"),
    )
    checks = (status_permits(code), not_held_yet, not_barred, may_be_recognised)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Recognised:
        """What she said, and the numbers of the day."""
        known: Recognised = super().gather(answers, subject_id, on)
        return replace(known, limits=RecognitionLimits.on(on))

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Not for holders of a resident identity card."""
        return by_resident_card(subject_id) or super().may_apply(subject_id, on)

    def granted(self, answers: Answers, on: date) -> Granted:
        """A physician's qualification of the category asked for, from the day of the decision."""
        return Granted(PHYSICIAN, answers.text(STEP, "category"), on)
