"""What a clinic fulfils that files (条例 第十四条、第十五条; 医师法 第二十条; 中医药法 第十四条; 北京市中医药条例 第二十三条)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yizheng.kernel.calendar.periods import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import beijing_tcm_regulation, institution_regulation, physicians_law, tcm_law
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.institutions.models.parties import NATURAL
from yizheng.systems.institutions.questions import PracticeRecord
from yizheng.systems.institutions.record import rules
from yizheng.systems.institutions.routes.routes import Planned

CLINIC, TCM_CLINIC = "clinic_file", "tcm_clinic_file"
TCM_ITEMS = (TCM_CLINIC, "tcm_clinic_refile")
RENTED = "rent"
PHYSICIAN = "1"
CHINESE_MEDICINE = ("50", "51")
"""Subjects of Chinese and of ethnic medicine."""
BEYOND_CHINESE_MEDICINE = ("注射", "输液", "手术", "麻醉", "西药")
"""Words that a technique of Chinese medicine does not hold."""
_ELSEWHERE = {
    CLINIC: "超出中医药服务范围的诊所，请办理诊所备案",
    TCM_CLINIC: "只提供中药和针灸、拔罐、推拿等非药物疗法的中医诊所，请办理中医诊所备案",
}


@dataclass(frozen=True)
class FilingNumbers(DatedNumbers, prefix="institutions.filing_"):
    """Years of practice before a clinic, and days until the visit after its filing."""

    years: int = number("设置诊所前的执业年限", 5, "年", physicians_law(20, 2))
    unit_years: int = number("单位设置的中医诊所主要负责人的执业年限", 3, "年", tcm_law(14), doubtful=True)
    visit_days: int = number("诊所备案后现场核查期限", 45, "日", institution_regulation(14), doubtful=True)
    tcm_visit_days: int = number("中医诊所备案后现场核查期限", 30, "日", beijing_tcm_regulation(23, 4), doubtful=True)


@dataclass(frozen=True, kw_only=True)
class Led:
    """Who answers for a clinic as a doctor: the person who founds it, or who is responsible for it where a unit does."""

    item: str = CLINIC
    """The item by which it files."""
    founder_kind: str = answered("founder", "kind", "")
    asked: bool = True
    """Whether somebody answers who has practised for how long."""
    doctor_named: bool = False
    """Whether the form names the number of that doctor."""
    practised: tuple[PracticeRecord, ...] = ()
    """Her registrations in practice."""
    numbers: FilingNumbers = field(default_factory=FilingNumbers)

    @property
    def by_person(self) -> bool:
        """Whether natural persons found it, so that the founder's own practice counts."""
        return self.founder_kind in NATURAL

    @property
    def place(self) -> str:
        """Where the form names the doctor."""
        return "founder.number" if self.by_person else "parties.principal_number"

    @property
    def of_chinese_medicine(self) -> bool:
        """Whether it is a clinic of Chinese medicine alone."""
        return self.item in TCM_ITEMS

    @property
    def years(self) -> int:
        """How many years of practice are asked for."""
        by_unit = self.of_chinese_medicine and not self.by_person
        return self.numbers.unit_years if by_unit else self.numbers.years

    @property
    def doctors(self) -> list[PracticeRecord]:
        """The registrations that count: of a physician, of Chinese medicine for its clinic."""
        fitting = [each for each in self.practised if each.level == PHYSICIAN or each.by_speciality]
        return [each for each in fitting if not self.of_chinese_medicine or each.category.startswith("tcm")]


@dataclass(frozen=True, kw_only=True)
class Housed:
    """By what right the rooms are used, and until when."""

    premises_right: str = answered("premises", "premises_right", "")
    premises_to: date | None = answered("premises", "premises_to")


@dataclass(frozen=True, kw_only=True)
class ClinicPlan(rules.Plan, Housed, Led):
    """A clinic that files."""

    only_tcm: bool | None = answered("techniques", "only")
    techniques: str = answered("techniques", "techniques", "")

    @property
    def route(self) -> Planned:
        """Which item leads there."""
        within = self.only_tcm is not False and all(each.startswith(CHINESE_MEDICINE) for each in self.subjects)
        scope = "tcm_only" if within else "beyond"
        return Planned("new", "establish", self.category, beds_to=self.beds, scope=scope)


def of_units(plan: ClinicPlan, on: date) -> bool:
    """Whether a unit founds it, which proves that it exists."""
    return not plan.by_person


@check(
    "I-F-ROUTE", institution_regulation(14), tcm_law(14), title="属于本项备案的诊所", needs=("institution", "subjects")
)
def files_by_this_item(plan: ClinicPlan, on: date) -> Iterator[Finding]:
    """A clinic of Chinese medicine alone files under its own rules; any other under those of clinics."""
    if not plan.category or plan.item in plan.route.items:
        return
    wanted = next((_ELSEWHERE[each] for each in plan.route.items if each in _ELSEWHERE), "")
    yield refuse("institution.category", wanted or "不是实行备案的诊所，请办理医疗机构执业登记")


@check("I-F-DOCTOR", physicians_law(20, 2), tcm_law(14), title="设置人或者主要负责人是在册的执业医师")
def led_by_a_doctor(clinic: Led, on: date) -> Iterator[Finding]:
    """The person who founds it, or who is responsible for it, is a registered physician."""
    if not clinic.doctor_named:
        return
    who = "设置人" if clinic.by_person else "主要负责人"
    if not clinic.asked:
        yield advise(clinic.place, f"没有医师登记簿可以核对，请核对{who}的执业证书")
    elif not clinic.doctors:
        kind = "中医类别执业医师" if clinic.of_chinese_medicine else "执业医师"
        yield refuse(clinic.place, f"{who}不是本市在册并可以执业的{kind}，不能设置诊所")


@check("I-F-YEARS", physicians_law(20, 2), title="执业已满规定年限")
def practised_long_enough(clinic: Led, on: date) -> Iterator[Finding]:
    """Five years after registration; who was qualified by assessment of a speciality in Chinese medicine needs none."""
    if not clinic.doctors or any(each.by_speciality for each in clinic.doctors):
        return
    full = min(add_years(each.since, clinic.years) for each in clinic.doctors)
    if on < full:
        yield refuse(clinic.place, f"须经注册后执业满 {clinic.years} 年，到{long_date(full)}届满")


@check("I-F-LEASE", institution_regulation(15), title="用房在使用期限之内", needs=("premises",))
def premises_last(plan: Housed, on: date) -> Iterator[Finding]:
    """A lease names its end, and is not over."""
    if plan.premises_right == RENTED and plan.premises_to is None:
        yield refuse("premises.premises_to", "租赁用房请填写使用期限")
    elif plan.premises_to is not None and plan.premises_to < on:
        yield refuse("premises.premises_to", f"用房使用期限{long_date(plan.premises_to)}已经届满")


@check(
    "I-F-ORDER",
    beijing_tcm_regulation(23, 2),
    title="营利性的已经市场监督管理部门登记",
    needs=("institution", "premises"),
)
def registered_as_a_business_first(plan: ClinicPlan, on: date) -> Iterator[Finding]:
    """A clinic of Chinese medicine that seeks profit is a business before it files."""
    if plan.business_nature == rules.FOR_PROFIT and not plan.uscc:
        yield refuse("premises.uscc", "营利性中医诊所须先经市场监督管理部门登记，请填写营业执照上的统一社会信用代码")


@check("I-F-TCM", tcm_law(14), title="诊疗技术在中医药服务范围之内", needs=("techniques",))
def within_chinese_medicine(plan: ClinicPlan, on: date) -> Iterator[Finding]:
    """What is no Chinese medicine, or holds a risk that cannot be mastered, is not filed here."""
    found = [word for word in BEYOND_CHINESE_MEDICINE if word in plan.techniques]
    if found:
        yield advise("techniques.techniques", f"诊疗技术中的“{'、'.join(found)}”不属于中医药服务，不得备案")


CLINIC_CHECKS = (*rules.SOUND, files_by_this_item, led_by_a_doctor, practised_long_enough, premises_last)
TCM_CHECKS = (*CLINIC_CHECKS, registered_as_a_business_first, within_chinese_medicine)
