"""What service over the internet needs (互联网诊疗管理办法 第七条、第八条、第二十五条; 互联网医院管理办法 第五条至第十五条)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.kernel.calendar.periods import add_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import institution_regulation, internet_diagnosis_rules, internet_hospital_rules
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.institutions.routes.routes import Planned

MODE_ITEM = "internet_mode_add"


@dataclass(frozen=True)
class InternetNumbers(DatedNumbers, prefix="institutions.internet_"):
    """How fresh the assessment of the protection is to be."""

    assessment_months: int = number("等级保护测评的有效期间", 12, "个月", internet_hospital_rules(15), doubtful=True)


@dataclass(frozen=True, kw_only=True)
class Online:
    """Service over the internet as a form states it, and the institution that stands behind it."""

    item: str = ""
    doctors: str = answered("platform", "doctors", "")
    partner: str = answered("platform", "partner", "")
    agreement_to: date | None = answered("platform", "agreement_to")
    assessed_on: date | None = answered("platform", "assessed_on")
    joined: bool | None = answered("platform", "joined")
    rows: Sequence[Mapping[str, Any]] = answered("subjects", "subjects", ())
    regime: str = "licensed"
    host_subjects: Sequence[str] = ()
    """What the institution behind it is registered for."""
    unstaffed: Sequence[str] = ()
    """Subjects that nobody there may practise."""
    internet_name: str = ""
    internet_name_faults: Sequence[str] = ()
    internet_name_taken: bool = False
    numbers: InternetNumbers = field(default_factory=InternetNumbers)

    @property
    def online_subjects(self) -> list[str]:
        """The codes of the subjects offered."""
        return [row["subject"] for row in self.rows if row.get("subject")]


@check("I-W-ROUTE", internet_hospital_rules(5), title="以服务方式开展的只用本机构注册的医师", needs=("platform",))
def own_doctors_alone(online: Online, on: date) -> Iterator[Finding]:
    """Who has doctors of other institutions serve is an internet hospital, and applies for its name."""
    wanted = Planned(online.regime, "internet", doctors=online.doctors).items if online.doctors else ()
    if online.item == MODE_ITEM and wanted and MODE_ITEM not in wanted:
        yield refuse("platform.doctors", "有在其他机构注册的医师提供服务的，应当申请将互联网医院作为第二名称")


@check("I-W-SUBJECTS", internet_diagnosis_rules(8), title="互联网诊疗科目在登记的诊疗科目之内", needs=("subjects",))
def within_the_subjects(online: Online, on: date) -> Iterator[Finding]:
    """Nothing is offered over the internet that the institution is not registered for."""
    beyond = [code for code in online.online_subjects if code not in online.host_subjects]
    if beyond and online.host_subjects:
        yield refuse("subjects.subjects", f"{_named(beyond)}不在实体医疗机构登记的诊疗科目之内")


@check(
    "I-W-STAFF",
    institution_regulation(15),
    internet_diagnosis_rules(8),
    title="各科目有注册在实体医疗机构的医师",
    needs=("subjects",),
)
def doctors_stand_behind(online: Online, on: date) -> Iterator[Finding]:
    """Somebody registered there may practise each subject."""
    if online.unstaffed:
        yield refuse("subjects.subjects", f"实体医疗机构没有执业范围可以从事{_named(online.unstaffed)}的医师")


@check("I-W-SENIOR", internet_diagnosis_rules(25), title="医师的职称和临床年限", needs=("subjects",))
def senior_doctors(online: Online, on: date) -> Iterator[Finding]:
    """Titles and years of independent practice are read by a person from the list that is handed in."""
    if online.item != MODE_ITEM and online.online_subjects:
        yield advise(
            "subjects.subjects",
            "请核对：各临床科室有正高、副高职称的执业医师各一名以上，提供服务的医师独立临床工作满三年，有药师审核处方",
        )


@check("I-W-PROTECTED", internet_hospital_rules(15), title="信息系统实施第三级等级保护", needs=("platform",))
def protected_and_assessed(online: Online, on: date) -> Iterator[Finding]:
    """The third level of protection, assessed within the last year."""
    if online.assessed_on is None:
        return
    holds_to = add_months(online.assessed_on, online.numbers.assessment_months)
    if on > holds_to:
        yield refuse(
            "platform.assessed_on",
            f"等级测评到{long_date(holds_to)}已满 {online.numbers.assessment_months} 个月，请重新测评",
        )


@check("I-W-JOINED", internet_hospital_rules(6), title="已与监管平台对接", needs=("platform",))
def watched_by_the_province(online: Online, on: date) -> Iterator[Finding]:
    """The platform is connected with the one by which the province watches, before anything is allowed."""
    if online.joined is False:
        yield refuse("platform.joined", "请先与本市互联网医疗服务监管平台对接")


@check("I-W-PARTNER", internet_hospital_rules(11), title="合作协议在有效期内", needs=("platform",))
def agreement_holds(online: Online, on: date) -> Iterator[Finding]:
    """With a partner there is an agreement, and it is not over."""
    if online.partner and online.agreement_to is None:
        yield refuse("platform.agreement_to", "与第三方合作的，请填写合作协议的有效期")
    elif online.agreement_to is not None and online.agreement_to < on:
        yield refuse("platform.agreement_to", f"合作协议到{long_date(online.agreement_to)}已经期满")


@check("I-W-NAME", internet_hospital_rules(10), title="名称符合互联网医院的命名规则")
def name_is_composed(online: Online, on: date) -> Iterator[Finding]:
    """Name of the institution, of the partner, and 互联网医院."""
    for sentence in online.internet_name_faults:
        yield advise("name.name", f"名称“{online.internet_name}”：{sentence}")


@check("I-W-TAKEN", internet_hospital_rules(10), title="名称没有被其他机构使用")
def name_is_unborne(online: Online, on: date) -> Iterator[Finding]:
    """No other institution bears it, as first or as further name."""
    if online.internet_name_taken:
        yield refuse("name.name", f"本市已有名称为“{online.internet_name}”的医疗机构，请另取名称")


SERVICE = (
    own_doctors_alone, within_the_subjects, doctors_stand_behind, senior_doctors, protected_and_assessed,
    watched_by_the_province, agreement_holds,
)  # fmt: skip
NAMED = (name_is_composed, name_is_unborne)


def _named(codes: Sequence[str]) -> str:
    return "、".join(name_of("clinical_subject", code) for code in codes)
