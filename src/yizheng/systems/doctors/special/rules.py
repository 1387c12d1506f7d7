"""Special qualifications (专项资格) of doctors: the form, and the rules, those that every kind asks and then those of single kinds.

医师法 第十四条; each kind names its own basis.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from django import forms

from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import Code, name_of, table
from yizheng.kernel.statutes import (
    Article,
    antibiotic_rules,
    checkup_provisions,
    cosmetic_rules,
    organ_regulation,
    physicians_law,
    prescription_rules,
    radiation_worker_rules,
    transplant_rules,
)
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.dated_numbers import shared as shared_number
from yizheng.licensing.fields import coded, day, passed
from yizheng.licensing.findings import Check, Finding, advise, check, refuse, shared
from yizheng.systems.doctors.checks.applicant import PHYSICIAN
from yizheng.systems.doctors.checks.qualification import same_category
from yizheng.systems.doctors.clocks.numbers import TRANSPLANT_YEARS
from yizheng.systems.practitioners.models.special_qualification import TYPES
from yizheng.systems.practitioners.special import granting
from yizheng.systems.practitioners.special.granting import STEP, training_findings


def _doctors(code: Code) -> bool:
    """Titles of doctors, and none at all."""
    return code.attributes["series"] in ("医师", "")


class SpecialStep(granting.SpecialStep):
    """Where, and with which title."""

    rows: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("trained_from", "trained_to", "result"),
        ("detail", "title_held"),
        ("type", "title_held"),
        ("years", "cosmetic_months"),
    )

    title_held = coded("professional_title", "专业技术职务", only=_doctors)


class TrainedStep(granting.TrainedStep, SpecialStep):
    """A training with its examination as well."""


class OrganStep(TrainedStep):
    """Which organ; trained at a base, and experienced."""

    rows = (("detail", "title_held"), ("trained_from", "trained_to", "result"), ("years", "last_work_on"))

    detail = coded("organ_type", "移植器官")
    years = forms.IntegerField(label="移植临床工作年限", min_value=0, max_value=60)
    last_work_on = day("最近一次移植工作日期", required=False, hint="首次申请的不填")


class CosmeticStep(SpecialStep):
    """Which of the four specialties; the years in its field, and a year of cosmetic medicine."""

    detail = coded("cosmetic_specialty", "主诊专业")
    years = forms.IntegerField(label="相关临床工作年限", min_value=0, max_value=60, help_text="满年数")
    cosmetic_months = forms.IntegerField(
        label="医疗美容临床工作月数", min_value=0, max_value=720, required=False, help_text="实际连续工作"
    )
    training_base = forms.CharField(label="医疗美容培训机构", max_length=100, required=False)
    trained_from = day("培训开始", required=False)
    trained_to = day("培训结束", required=False)
    result = passed(required=False)


def _mch(*codes: str) -> forms.ChoiceField:
    return coded(TYPES, "服务项目", only=lambda code: code.code in codes)


class GeneticStep(TrainedStep):
    """Diagnosis of hereditary diseases or prenatal diagnosis."""

    type = _mch("mch_genetic", "mch_prenatal")


class DeliveryStep(TrainedStep):
    """Midwifery, sterilisation or termination."""

    type = _mch("mch_midwifery", "mch_sterilization", "mch_termination")


class AntibioticStep(TrainedStep):
    """Which class of antibiotics."""

    detail = coded("antibiotic_class", "处方权级别")


class TechniqueStep(TrainedStep):
    """Which restricted technique."""

    detail = coded("restricted_technology", "限制类技术")


class RadiationStep(TrainedStep):
    """Which work with radiation; trained and examined lately."""

    detail = coded("radiation_work", "放射工作类别")
    health_checked_on = day("职业健康检查日期")


class CombinedStep(TrainedStep):
    """Western doctors with Chinese medicine, or the other way round."""

    detail = coded("combined_medicine", "培训方向")


RANKS = ("初级（士）", "初级（师）", "中级", "副高", "正高")
"""Ranks of professional titles, rising."""


@dataclass(frozen=True)
class SpecialLimits(DatedNumbers, prefix="special."):
    """The numbers as they stand on the day asked about."""

    cosmetic_months: int = number("医疗美容培训或者工作最短时间", 12, "个月", cosmetic_rules(11), limits=(0, 60))
    radiation_age: int = number("放射工作人员最低年龄", 18, "岁", radiation_worker_rules(5), limits=(16, 30))
    retraining_years: int = number("放射工作人员复训间隔", 2, "年", radiation_worker_rules(8), limits=(1, 10))
    health_years: int = number("放射工作人员体检间隔", 2, "年", radiation_worker_rules(19), limits=(1, 10))
    idle_years: int = shared_number(TRANSPLANT_YEARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialApplicant(granting.SpecialApplicant):
    """A doctor, and the special qualification asked for."""

    level: str = ""
    category: str = ""
    scopes: tuple[str, ...] = ()
    birth_date: date | None = None
    type: str = ""
    detail: str = answered(STEP, "detail", "")
    """What it is about: an organ, a specialty, a technique, a class."""
    title: str = answered(STEP, "title_held", "")
    """The code of the professional title held."""
    years: int | None = answered(STEP, "years")
    """Full years of clinical work in the field."""
    cosmetic_months: int | None = answered(STEP, "cosmetic_months")
    health_checked_on: date | None = answered(STEP, "health_checked_on")
    last_work_on: date | None = answered(STEP, "last_work_on")
    lapsed_on: date | None = None
    """The day on which the same qualification, held before, ended."""
    limits: SpecialLimits = field(default_factory=SpecialLimits)

    @property
    def rank(self) -> str:
        """The rank of the title, in words."""
        found = table("professional_title").get(self.title)
        return "" if found is None else found.attributes["rank"]

    def ranks_at_least(self, rank: str) -> bool:
        """Whether the title held is of this rank or above."""
        return self.rank in RANKS and RANKS.index(self.rank) >= RANKS.index(rank)


practises_there = granting.practises_there("D-X01", physicians_law(14))
institution_in_force = granting.institution_in_force("D-X02")
not_held_yet = granting.not_held_yet("D-X03", physicians_law(14))


@shared("为执业医师")
def of_a_physician(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """Assistants are not granted it."""
    if applicant.level and applicant.level != PHYSICIAN:
        yield refuse("", "执业助理医师不能办理这项专项资格")


def titled_at_least(rank: str, article: Article) -> Check:
    """The professional title is of this rank or above."""

    @check("D-X05", article, title=f"专业技术职务为{rank}以上", needs=("special",))
    def rule(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
        if applicant.title and not applicant.ranks_at_least(rank):
            yield refuse("special.title_held", f"须具有{rank}以上专业技术职务，现为“{applicant.rank or '无职称'}”")

    return rule


INTERNAL_OR_SURGERY = frozenset({"11", "12"})


@check("D-Y01", organ_regulation(27), title="机构登记了该器官的移植项目", needs=("special",))
def institution_transplants(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """The institution's licence carries the transplant subject of the organ."""
    organ, employer = table("organ_type").get(applicant.detail), applicant.employer
    if organ is None or employer is None:
        return
    if organ.attributes["subject"] not in employer.subjects:
        yield refuse("special.institution", f"{employer.name}没有登记{organ.name}的诊疗科目")


@check("D-Y02", organ_regulation(27, item=3), transplant_rules(30), title="经移植培训并考核合格", needs=("special",))
def trained_to_transplant(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """Nobody is recognised without training and examination; after a recognition ended they come anew."""
    if applicant.passed is None and applicant.trained_to is None:
        if applicant.title:
            yield refuse("special.trained_to", "须经移植医师培训并考核合格，没有培训考核记录的不予认定")
        return
    yield from training_findings(applicant, on)
    ended, trained = applicant.lapsed_on, applicant.trained_to
    if ended is not None and trained is not None and trained <= ended:
        sentence = f"移植医师认定已于{long_date(ended)}终止，须在此后重新培训并考核合格"
        yield refuse("special.trained_to", sentence, articles=(transplant_rules(30),))


@check("D-Y03", transplant_rules(29, item=1), title="没有连续三年未开展移植工作，或者此后重新培训", needs=("special",))
def works_still(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """Three years without transplants are over; only a training since reopens it."""
    worked, years = applicant.last_work_on, applicant.limits.idle_years
    if worked is None:
        return
    last, trained = add_years(worked, years), applicant.trained_to
    if on > last and (trained is None or trained <= last):
        sentence = f"最近一次移植工作在{long_date(worked)}，已满 {years} 年未开展，须重新培训并考核合格"
        yield refuse("special.last_work_on", sentence)


@check("D-Y10", cosmetic_rules(11), title="相关临床工作年限达到要求", needs=("special",))
def enough_clinical_years(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """Six years for surgery, five for dentistry, three for dermatology and for Chinese medicine."""
    specialty = table("cosmetic_specialty").get(applicant.detail)
    if specialty is None or applicant.years is None:
        return
    needed = int(specialty.attributes["years"])
    if applicant.years < needed:
        sentence = f"{specialty.name}须有 {needed} 年以上相关临床工作经历，现为 {applicant.years} 年"
        yield refuse("special.years", sentence)


@check("D-Y11", cosmetic_rules(11), title="一年以上医疗美容培训或者临床工作", needs=("special",))
def a_year_of_cosmetic_medicine(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """A year's training, passed, or a year's continuous cosmetic work."""
    needed = applicant.limits.cosmetic_months
    if applicant.cosmetic_months is not None and applicant.cosmetic_months >= needed:
        return
    begun, ended = applicant.trained_from, applicant.trained_to
    if begun and ended and applicant.passed and ended >= add_months(begun, needed) - date.resolution:
        yield from training_findings(applicant, on)
        return
    if applicant.cosmetic_months is None and (begun is None or ended is None or applicant.passed is None):
        return
    sentence = f"须有 {needed} 个月以上的医疗美容专业培训并合格，或者连续 {needed} 个月以上的医疗美容临床工作"
    yield refuse("special.cosmetic_months", sentence)


@check("D-Y12", cosmetic_rules(11), physicians_law(14), title="执业范围与主诊专业相符", needs=("special",))
def scope_suits_specialty(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """The category and the scope registered are those of the specialty."""
    specialty = table("cosmetic_specialty").get(applicant.detail)
    if specialty is None or not applicant.category:
        return
    scopes = specialty.many("scopes")
    fits = same_category(applicant.category, specialty.attributes["category"])
    if fits and (not scopes or set(scopes) & set(applicant.scopes)):
        return
    held = "、".join(name_of("practice_scope", code) for code in applicant.scopes)
    yield refuse("special.detail", f"注册的执业范围（{held or '无'}）与{specialty.name}不相符")


@check("D-Y20", antibiotic_rules(24), title="专业技术职务与处方权级别相符", needs=("special",))
def class_suits_title(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """Senior titles may use the special class, middle ones the restricted, junior ones the unrestricted."""
    wanted = table("antibiotic_class").get(applicant.detail)
    if wanted is None or not applicant.title:
        return
    if applicant.rank not in wanted.many("ranks"):
        sentence = f"{applicant.rank or '无职称'}不能授予{wanted.name}抗菌药物处方权"
        yield refuse("special.detail", sentence)


@check("D-Y21", prescription_rules(11), title="已知悉不得为自己开具")
def not_for_oneself(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """The right holds at this institution alone and never for oneself; a second right elsewhere is looked at."""
    if applicant.lapsed_on is not None:
        yield advise("", "曾有终止的麻醉药品和第一类精神药品处方资格，请核对终止原因")


@check("D-Y30", radiation_worker_rules(5), title="年满十八周岁")
def of_age_for_radiation(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """Nobody under eighteen works with radiation."""
    age = applicant.limits.radiation_age
    if applicant.birth_date is not None and on < add_years(applicant.birth_date, age):
        yield refuse("", f"放射工作人员须年满 {age} 周岁")


@check("D-Y31", radiation_worker_rules(8), title="两年之内接受过放射防护培训", needs=("special",))
def trained_within_two_years(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """Training is repeated at most every two years."""
    ended, years = applicant.trained_to, applicant.limits.retraining_years
    if ended is not None and on > add_years(ended, years):
        sentence = f"放射防护培训在{long_date(ended)}结束，已超过 {years} 年，须重新培训"
        yield refuse("special.trained_to", sentence)


@check("D-Y32", radiation_worker_rules(19), title="两年之内做过职业健康检查", needs=("special",))
def examined_within_two_years(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """The occupational health check is repeated at most every two years."""
    checked, years = applicant.health_checked_on, applicant.limits.health_years
    if checked is not None and on > add_years(checked, years):
        yield refuse("special.health_checked_on", f"职业健康检查已超过 {years} 年，须重新检查")


@check("D-Y40", checkup_provisions(4), title="执业范围为内科或者外科专业", needs=("special",))
def of_internal_medicine_or_surgery(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """The chief of check-ups is an internist or a surgeon."""
    if applicant.scopes and not INTERNAL_OR_SURGERY & set(applicant.scopes):
        yield refuse("special.institution", "健康体检主检医师的执业范围须为内科专业或者外科专业")


@check("D-Y50", physicians_law(14), title="与注册的执业类别相应", needs=("special",))
def crosses_over(applicant: SpecialApplicant, on: date) -> Iterator[Finding]:
    """Western doctors take up Chinese medicine, doctors of Chinese medicine western techniques."""
    wanted = table("combined_medicine").get(applicant.detail)
    if wanted is None or not applicant.category:
        return
    if not same_category(applicant.category, wanted.attributes["category"]):
        yield refuse("special.detail", f"{wanted.name}与注册的执业类别不相应")
