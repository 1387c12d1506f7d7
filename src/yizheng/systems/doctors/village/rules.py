"""The dated numbers of village doctors: declared here, read for a day, changed by an administrator.

Rules for village doctors (乡村医生从业管理条例 第十条至第十八条、第三十一条、第三十四条、第三十六条).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import licensing_law, physicians_law, village_doctor_regulation
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.rules import declare_rule, values
from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.grounds import standing_grounds
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.clocks.numbers import RENEWAL_MONTHS
from yizheng.systems.practitioners.employer import Employer

VILLAGE_CLINIC = "D600"
"""村卫生室 among the categories of institutions."""

OF_EVERYBODY = frozenset({"R01", "R02", "R03", "R06", "R12"})
"""Recorded grounds that keep anybody from practising, not physicians alone: no capacity, a sentence, a ban."""


@dataclass(frozen=True, slots=True)
class VillageLimits:
    """The numbers as they stand on the day asked about."""

    valid_years: int = 5
    renewal_months: int = 3
    training_years: int = 2
    bar_years: int = 2
    repeat_months: int = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageParty:
    """A village doctor or one who wants to be, and what is asked."""

    birth_date: date | None = None
    employer: Employer | None = None
    is_physician: bool = False
    stands: bool = False
    valid_until: date | None = None
    practises_there: bool = False
    revoked_on: date | None = None
    sentence_served_on: date | None = None
    """The day a sentence was fully served, as declared."""
    trained_on: date | None = None
    failed_on: date | None = None
    """The day of the last examination while it was not passed."""
    assessed_on: date | None = None
    repeated: bool = False
    fit: bool | None = None
    truthful: bool | None = None
    bars: tuple[Bar, ...] = ()
    """Grounds recorded about the person, whichever register they came from."""
    periods: Periods = field(default_factory=Periods)
    limits: VillageLimits = field(default_factory=VillageLimits)


@check("D-V01", village_doctor_regulation(15), title="执业机构为村医疗卫生机构", needs=("practice",))
def in_a_village(party: VillageParty, on: date) -> Iterator[Finding]:
    """Village doctors practise in village institutions alone, under a licence in force."""
    house = party.employer
    if house is None:
        return
    if not house.category.startswith(VILLAGE_CLINIC):
        yield refuse(
            "practice.institution", f"{house.name}不是村医疗卫生机构，乡村医生只能在村医疗卫生机构执业"
        )
    elif not house.in_force:
        yield refuse("practice.institution", f"{house.name}现为“{house.status}”，不能作为执业机构")


@check("D-V02", village_doctor_regulation(2), title="没有执业（助理）医师注册")
def no_physician(party: VillageParty, on: date) -> Iterator[Finding]:
    """Physicians in village institutions are governed by the physicians' law."""
    if party.is_physician:
        yield refuse("", "已注册为执业（助理）医师，在村医疗卫生机构执业按医师法办理，不再注册乡村医生")


@check("D-V03", village_doctor_regulation(9), title="没有有效的乡村医生注册")
def not_registered_yet(party: VillageParty, on: date) -> Iterator[Finding]:
    """Who is registered renews or changes."""
    if party.stands:
        yield refuse("", "已有有效的乡村医生注册；变更机构或者期满请办理变更、再注册")


@check("D-V04", village_doctor_regulation(14, item=1), title="具有完全民事行为能力", needs=("person",))
def of_full_capacity(party: VillageParty, on: date) -> Iterator[Finding]:
    """Under eighteen somebody must look at it (民法典 第十八条)."""
    if party.birth_date is not None and on < add_years(party.birth_date, 18):
        yield refuse("person.birth_date", "申请人未满十八周岁，不具有完全民事行为能力")


@check("D-V05", village_doctor_regulation(14, item=2), title="没有不满二年的刑事处罚", needs=("declaration",))
def sentence_served(party: VillageParty, on: date) -> Iterator[Finding]:
    """Two years since the sentence was fully served."""
    served, years = party.sentence_served_on, party.limits.bar_years
    if served is not None and not party.periods.has_run(served, years, on):
        last = party.periods.last_day(served, years)
        sentence = f"刑罚执行完毕不满 {years} 年，到{long_date(last)}止不予注册"
        yield refuse("declaration.sentence_served_on", sentence, evidence="申请人声明")


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
    """Renewal is asked for three months before the last day; later a person weighs it."""
    until, months = party.valid_until, party.limits.renewal_months
    if until is None or not party.stands:
        return
    latest = add_months(until, -months)
    if on > latest:
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
    elif party.assessed_on and party.assessed_on > add_months(party.failed_on, party.limits.repeat_months):
        months = party.limits.repeat_months
        yield advise(
            "assessment.assessed_on", f"距不合格的考核已超过 {months} 个月，请核实申请再次考核的日期"
        )


@check("D-V14", village_doctor_regulation(34), title="考核已经进行", needs=("assessment",))
def assessed_already(party: VillageParty, on: date) -> Iterator[Finding]:
    """No conclusion before the day."""
    if party.assessed_on is not None and party.assessed_on > on:
        yield refuse("assessment.assessed_on", "考核日期晚于今天")


@check("D-V15", licensing_law(31), licensing_law(78), title="已承诺材料真实", needs=("declaration",))
def promises_truth(party: VillageParty, on: date) -> Iterator[Finding]:
    """The applicant answers for the truth of what was handed in."""
    if party.truthful is False:
        yield refuse("declaration.truth", "没有作出真实性承诺，承诺后才能提交")


@check("D-V16", village_doctor_regulation(14), physicians_law(58), title="没有已登记的不予注册情形、禁业决定")
def not_barred(party: VillageParty, on: date) -> Iterator[Finding]:
    """A ban on health services and a sentence bar the village doctor as they bar the physician."""
    bars = (bar for bar in party.bars if bar.ground in OF_EVERYBODY or bar.licence == "village")
    yield from standing_grounds(bars, party.periods, on, "village")


DECLARED = {
    "valid_years": declare_rule(
        "village.valid_years", "乡村医生执业证书有效期", 5, "年", village_doctor_regulation(16), limits=(1, 20)
    ),
    "training_years": declare_rule(
        "village.training_years", "乡村医生培训间隔", 2, "年", village_doctor_regulation(31), limits=(1, 10)
    ),
    "bar_years": declare_rule(
        "village.bar_years", "乡村医生不予注册的年限", 2, "年", village_doctor_regulation(14), limits=(1, 10)
    ),
    "repeat_months": declare_rule(
        "village.repeat_months", "再次考核申请期限", 6, "个月", village_doctor_regulation(36), limits=(1, 24)
    ),
}  # fmt: skip


def limits(on: date) -> VillageLimits:
    """The numbers as they stand on a day."""
    found = {**values(on, "village."), **values(on, RENEWAL_MONTHS.code)}
    numbers = {name: found[declared.code] for name, declared in DECLARED.items()}
    return VillageLimits(**numbers, renewal_months=found[RENEWAL_MONTHS.code])
