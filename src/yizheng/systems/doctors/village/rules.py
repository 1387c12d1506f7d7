"""Village doctors (乡村医生): the form, the rules and their dated numbers.

乡村医生从业管理条例 第二条、第十条至第十八条、第三十一条、第三十四条、第三十六条.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import physicians_law, village_doctor_regulation
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.dated_numbers import DatedNumbers, number, shared
from yizheng.licensing.fields import coded, day, either, passed, radio
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.systems.doctors.checks.applicant import Applicant
from yizheng.systems.doctors.checks.grounds import standing_grounds
from yizheng.systems.doctors.clocks.numbers import RENEWAL_MONTHS, REPEAT_MONTHS, VILLAGE_INTERRUPTED_YEARS
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners import checks

VILLAGE_CLINIC = "D600"
"""村卫生室 among the categories of institutions."""

PUBLISHED = date(2003, 8, 5)
"""The day the regulation was published: who entered before comes under article 10, later under article 12."""

FORMER = ("education", "service", "training")
"""The conditions of article 10; the others are those of article 12, paragraph 2."""

OF_EVERYBODY = frozenset({"R01", "R02", "R03", "R06", "R12"})
"""Grounds that keep anybody from practising, not physicians alone: no capacity, a sentence, a ban."""

OWN_ARTICLES = {"D-R01": village_doctor_regulation(14, item=1), "D-R02": village_doctor_regulation(14, item=2)}
"""Where the village doctors' regulation knows the same ground."""

BASES = (
    ("education", "条例公布（2003年8月5日）前的乡村医生，具有中等以上医学专业学历"),
    ("service", "条例公布前的乡村医生，在村医疗卫生机构连续工作 20 年以上"),
    ("training", "条例公布前的乡村医生，按市培训规划培训取得合格证书"),
    ("secondary", "条例公布后进入，本市规定允许，具有中等医学专业学历"),
    ("equivalent", "条例公布后进入，本市规定允许，经培训达到中等医学专业水平"),
)
"""The conditions of 第十条 for those who were village doctors before, of 第十二条第二款 for those who came since."""


class VillagePracticeStep(Step):
    """In which village institution, on what condition since when, for which services."""

    code = "practice"
    title = "拟执业信息"
    rows = (("entered_on", "former_certificate"), ("trained_on", "drug_list"))

    institution = InstitutionField(label="村医疗卫生机构", help_text="输入登记名称或登记号选择；提交后由机构确认聘用")
    ground = radio("申请依据", BASES)
    entered_on = day("进入村医疗卫生机构工作日期", hint="首次进入的填写拟聘用日期")
    former_certificate = forms.CharField(
        label="原乡村医生证书编号", max_length=40, required=False, help_text="条例公布前的乡村医生填写"
    )
    trained_on = day("最近一次培训日期", required=False, hint="至少每两年一次")
    services = forms.CharField(label="服务内容", max_length=300, help_text="例如：预防、保健和一般医疗服务")
    drug_list = forms.CharField(label="基本用药目录版本", max_length=50, required=False)

    def clean(self) -> dict[str, Any]:
        """Article 10 is for holders of a village doctor's certificate (第十条)."""
        cleaned = super().clean()
        if cleaned.get("ground") in FORMER and not cleaned.get("former_certificate"):
            self.add_error("former_certificate", "条例公布前的乡村医生，请填写原乡村医生证书编号")
        return cleaned


class VillageStandingStep(Step):
    """The registration as it stands."""

    code = "standing"
    title = "现有注册"
    fixed = dict.fromkeys(("institution", "certificate_number", "valid_until"), "登记内容，不能改")
    rows = (("certificate_number", "valid_until"),)

    institution = forms.CharField(label="村医疗卫生机构", max_length=200)
    certificate_number = forms.CharField(label="乡村医生执业证书编号", max_length=40)
    valid_until = day("有效期至")


class VillageRenewalStep(Step):
    """What has been since: the training, the services that go on."""

    code = "renewal"
    title = "再注册"
    rows = (("trained_on", "health"),)

    trained_on = day("最近一次培训日期", hint="至少每两年一次")
    health = either("健康状况", ("fit", "健康，适宜执业"), ("unfit", "不适宜执业"))
    services = forms.CharField(label="服务内容", max_length=300)
    drug_list = forms.CharField(label="基本用药目录版本", max_length=50, required=False)


class VillageMoveStep(Step):
    """To which village institution."""

    code = "practice"
    title = "变更内容"

    institution = InstitutionField(label="新的村医疗卫生机构", help_text="提交后由新机构确认聘用")
    services = forms.CharField(label="服务内容", max_length=300)


class VillageAssessmentStep(Step):
    """The examination of two years, and its conclusion."""

    code = "assessment"
    title = "考核结论"
    rows = (("cycle", "assessed_on"), ("kind", "result"))

    cycle = forms.CharField(label="考核周期", max_length=20, help_text="例如：2025-2026")
    assessed_on = day("考核日期")
    kind = either("考核种类", ("repeated", "再次考核"), ("regular", "周期考核"), no_first=True)
    result = passed("结论")
    opinions = forms.CharField(label="村委会和村民意见", max_length=300, required=False)


class VillageGroundStep(Step):
    """The ground on which the authority ends the registration, and when it came about; the facts stand in the evidence."""

    code = "ending"
    title = "注销情形"
    rows = (("ground", "happened_on"),)

    ground = coded("village_ending_reason", "注销原因")
    happened_on = day("情形发生日期")


@dataclass(frozen=True)
class VillageLimits(DatedNumbers, prefix="village."):
    """The numbers as they stand on the day asked about."""

    valid_years: int = number("乡村医生执业证书有效期", 5, "年", village_doctor_regulation(16), limits=(1, 20))
    renewal_months: int = shared(RENEWAL_MONTHS)
    service_years: int = number(
        "条例公布前的乡村医生须在村医疗卫生机构连续工作多久",
        20,
        "年",
        village_doctor_regulation(10, item=2),
        limits=(1, 60),
    )
    training_years: int = number("乡村医生培训间隔", 2, "年", village_doctor_regulation(31), limits=(1, 10))
    bar_years: int = number("乡村医生不予注册的年限", 2, "年", village_doctor_regulation(14), limits=(1, 10))
    repeat_months: int = shared(REPEAT_MONTHS)
    interrupted_years: int = shared(VILLAGE_INTERRUPTED_YEARS)


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageParty(Applicant):
    """A village doctor or one who wants to be, and what is asked."""

    qualified: bool = False
    """Whether a qualification of a physician or an assistant is held."""
    stands: bool = False
    valid_until: date | None = None
    practises_there: bool = False
    revoked_on: date | None = None
    entry: str = answered("practice", "ground", "")
    """The condition under which she enters a village institution."""
    entered_on: date | None = answered("practice", "entered_on")
    trained_on: date | None = None
    failed_on: date | None = None
    """The day of the last examination while it was not passed."""
    failed_again: bool = False
    """Whether that was an examination repeated."""
    repeat_by: date | None = None
    """The last day on which a failed examination may be asked for again, moved to a working day."""
    examined_on: date | None = answered("assessment", "assessed_on")
    repeated: bool = answered("assessment", "kind", default=False)
    ground: str = answered("ending", "ground", "")
    """Why the registration is to end, and since when it is so."""
    happened_on: date | None = answered("ending", "happened_on")
    limits: VillageLimits = field(default_factory=VillageLimits)


@check("D-V01", village_doctor_regulation(15), title="执业机构为村医疗卫生机构", needs=("practice",))
def in_a_village(party: VillageParty, on: date) -> Iterator[Finding]:
    """Village doctors practise in village institutions alone, under a licence in force."""
    employer = party.employer
    if employer is None:
        return
    if not employer.category.startswith(VILLAGE_CLINIC):
        sentence = f"{employer.name}不是村医疗卫生机构，乡村医生只能在村医疗卫生机构执业"
        yield refuse("practice.institution", sentence)
    elif not employer.in_force:
        yield refuse("practice.institution", f"{employer.name}现为“{employer.status}”，不能作为执业机构")


@check("D-V02", village_doctor_regulation(2), title="没有执业（助理）医师资格")
def no_physician(party: VillageParty, on: date) -> Iterator[Finding]:
    """Who holds a physician's qualification is governed by the physicians' law, registered or not."""
    if party.qualified:
        yield refuse("", "已取得执业（助理）医师资格，在村医疗卫生机构执业按医师法注册，不适用乡村医生注册")


@check("D-V03", village_doctor_regulation(9), title="没有有效的乡村医生注册")
def not_registered_yet(party: VillageParty, on: date) -> Iterator[Finding]:
    """Registered village doctors renew or change."""
    if party.stands:
        yield refuse("", "已有有效的乡村医生注册；变更机构或者期满请办理变更、再注册")


of_full_capacity = checks.of_full_capacity("D-V04", village_doctor_regulation(14, item=1))


@check("D-V05", village_doctor_regulation(10), village_doctor_regulation(12), title="符合进入条件", needs=("practice",))  # fmt: skip
def may_enter(party: VillageParty, on: date) -> Iterator[Finding]:
    """Article 10 is for those there before the regulation; since then article 12, paragraph 2, where Beijing allows it."""
    entered = party.entered_on
    if entered is None or not party.entry:
        return
    former = party.entry in FORMER
    if former and entered >= PUBLISHED:
        sentence = f"{long_date(PUBLISHED)}起进入村医疗卫生机构的，不适用第十条的条件，须具备执业（助理）医师资格或者符合第十二条第二款"
        yield refuse("practice.ground", sentence, articles=(village_doctor_regulation(12),))
    elif not former and entered < PUBLISHED:
        sentence = f"{long_date(PUBLISHED)}前进入的，按第十条的条件申请"
        yield refuse("practice.ground", sentence, articles=(village_doctor_regulation(10),))
    elif not former:
        sentence = "按第十二条第二款进入的，须核对本市规定允许以及学历、培训证明"
        yield advise("practice.ground", sentence, articles=(village_doctor_regulation(12, 2),))
    elif party.entry == "service" and on < add_years(entered, years := party.limits.service_years):
        sentence = f"自{long_date(entered)}起在村医疗卫生机构工作不满 {years} 年"
        yield refuse("practice.entered_on", sentence, articles=(village_doctor_regulation(10, item=2),))


@check("D-V06", village_doctor_regulation(14, item=3), title="没有不满二年的吊销处罚")
def not_revoked_lately(party: VillageParty, on: date) -> Iterator[Finding]:
    """Two years since the certificate was revoked, counted from the decision."""
    since, years = party.revoked_on, party.limits.bar_years
    if since is not None and not party.periods.has_run(since, years, on):
        last = party.periods.last_day(since, years)
        yield refuse("", f"被吊销乡村医生执业证书不满 {years} 年，到{long_date(last)}止不予注册")


@check("D-V07", village_doctor_regulation(31), title="两年之内接受过培训")
def trained_every_two_years(party: VillageParty, on: date) -> Iterator[Finding]:
    """Training comes at least every two years; a gap is put to a person."""
    years = party.limits.training_years
    if party.trained_on is not None and on > add_years(party.trained_on, years):
        yield advise("", f"最近一次培训在{long_date(party.trained_on)}，已超过 {years} 年")


@check("D-V08", village_doctor_regulation(16), title="注册有效", needs=("standing",))
def registration_stands(party: VillageParty, on: date) -> Iterator[Finding]:
    """Only what stands is renewed, changed, examined or ended."""
    if not party.stands:
        yield refuse("standing.certificate_number", "没有有效的乡村医生注册；有效期已满的须重新申请注册")


@check("D-V09", village_doctor_regulation(16), title="有效期满前三个月申请")
def in_time_to_renew(party: VillageParty, on: date) -> Iterator[Finding]:
    """Renewal is asked for three months before the last day, which no day off moves; later a person weighs it."""
    until, months = party.valid_until, party.limits.renewal_months
    if until is not None and party.stands and on > (latest := add_months(until, -months)):
        yield advise("", f"应在{long_date(latest)}前申请再注册，现已逾期，请核实原因")


@check("D-V10", village_doctor_regulation(36), title="考核合格")
def passed_lately(party: VillageParty, on: date) -> Iterator[Finding]:
    """Who failed the last examination is not registered again before passing."""
    if party.failed_on is not None:
        yield refuse("", f"{long_date(party.failed_on)}考核不合格，再次考核合格后再办理")


@check("D-V11", village_doctor_regulation(16), title="健康状况适宜执业", needs=("renewal",))
def fit_to_go_on(party: VillageParty, on: date) -> Iterator[Finding]:
    """Who declares to be unfit is not registered again."""
    if party.fit is False:
        yield refuse("renewal.health", "申请人声明健康状况不适宜执业")


@check("D-V12", village_doctor_regulation(17), title="不在该机构执业", needs=("practice",))
def another_institution(party: VillageParty, on: date) -> Iterator[Finding]:
    """A change leads elsewhere."""
    if party.practises_there and party.employer is not None:
        yield refuse("practice.institution", f"已在{party.employer.name}执业，不需要变更")


@check("D-V13", village_doctor_regulation(36), title="再次考核在六个月之内", needs=("assessment",))
def repeated_in_time(party: VillageParty, on: date) -> Iterator[Finding]:
    """An examination is repeated after a failed one, asked for within six months."""
    if not party.repeated:
        return
    if party.failed_on is None:
        yield refuse("assessment.kind", "没有不合格的考核，不需要再次考核")
    elif party.examined_on and party.repeat_by and party.examined_on > party.repeat_by:
        months = party.limits.repeat_months
        sentence = f"距不合格的考核已超过 {months} 个月，请核实申请再次考核的日期"
        yield advise("assessment.assessed_on", sentence)


@check("D-V14", village_doctor_regulation(34), title="考核已经进行", needs=("assessment",))
def assessed_already(party: VillageParty, on: date) -> Iterator[Finding]:
    """No conclusion before the day."""
    if party.examined_on is not None and party.examined_on > on:
        yield refuse("assessment.assessed_on", "考核日期晚于今天")


promises_truth = checks.promises_truth("D-V15")


@check("D-V16", village_doctor_regulation(14), physicians_law(58), title="没有不予注册情形、禁业决定")
def not_barred(party: VillageParty, on: date) -> Iterator[Finding]:
    """A sentence and a ban on health services bar the village doctor as they bar the physician, declared or recorded."""
    bars = (bar for bar in party.bars if bar.ground in OF_EVERYBODY or bar.licence == "village")
    for finding in standing_grounds(bars, party.periods, on, "village"):
        own = OWN_ARTICLES.get(finding.code)
        yield finding if own is None else replace(finding, articles=(own,))


@check("D-V17", village_doctor_regulation(18), village_doctor_regulation(36), title="注销的情形已经发生", needs=("ending",))  # fmt: skip
def ground_has_come(party: VillageParty, on: date) -> Iterator[Finding]:
    """Two years' interruption have run; a failed examination was failed again or not asked for again in time."""
    years = party.limits.interrupted_years
    if party.happened_on is not None and party.happened_on > on:
        yield refuse("ending.happened_on", "注销的情形还没有发生")
    elif party.ground == "V3" and party.happened_on and not party.periods.has_run(party.happened_on, years, on):
        last = party.periods.last_day(party.happened_on, years)
        yield refuse("ending.ground", f"到{long_date(last)}才满 {years} 年未执业")
    elif party.ground == "V4" and not party.failed_again:
        if party.failed_on is None:
            yield refuse("ending.ground", "没有不合格的考核")
        elif party.repeat_by is not None and on <= party.repeat_by:
            yield refuse("ending.ground", f"到{long_date(party.repeat_by)}止可以申请再次考核，现在不能注销")
