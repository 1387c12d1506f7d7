"""Rules about institutions: terms, verification, endings, numbers, beds, technologies, and what is served under them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from yizheng.kernel import codes
from yizheng.kernel.calendar.periods import add_months, add_years
from yizheng.kernel.identifiers.uscc import is_uscc
from yizheng.kernel.statutes import (
    basic_health_law,
    clinic_filing_rules,
    institution_regulation,
    institution_rules,
    internet_diagnosis_rules,
    licensing_law,
    technology_rules,
    verification_rules,
)
from yizheng.systems.institutions.numbering.numbers import OLD_CLASSIFICATION, NumberKind, prefix_disagrees, read_number
from yizheng.systems.institutions.verification.clock import DAYS_TO_RENEW, MONTHS_TO_APPLY, period_months
from yizheng.systems.supervision.declaring import Found, rule
from yizheng.systems.supervision.world import FILED_REGIMES, NURSING, Institution, Technology, World

_VERIFIED = ("active", "check_due")
_STOPPED_WITH_BEDS = ("outpatient", "internet", "inpatient_new")
_INPATIENT = ("inpatient_new", "inpatient_stay")
_CONTROLLED = ("narcotic", "psychotropic")
_MOVING_DAYS = 30
_SURPLUS_PERCENT = 105
_AGE_WITH_GUARDIAN = 6
_DAYS_TO_FILE = 15
_ONSITE_DAYS = {"clinic_filed": 45, "tcm_clinic_filed": 30}


@rule("I01", "许可证有效期届满未延续", licensing_law(50), licensing_law(70))
def licence_over(world: World) -> Found:
    """Practising after the term, unless renewal was applied for in time."""
    for each in world.institutions:
        if each.status != "active" or each.valid_to is None or world.today <= each.valid_to:
            continue
        in_time = each.valid_to - timedelta(days=DAYS_TO_RENEW)
        if each.renewal_applied is None or each.renewal_applied > in_time:
            yield each.id


@rule("I02", "逾期未校验", institution_regulation(21), verification_rules(25))
def verification_overdue(world: World) -> Found:
    """The day of verification is over and nobody applied by then."""
    for each, due in _verified(world):
        if world.today > due and (each.check_applied is None or each.check_applied > due):
            yield each.id


@rule("I03", "未按期提前申请校验", verification_rules(7))
def verification_late(world: World) -> Found:
    """Within the three months before the day of verification nobody has applied."""
    for each, due in _verified(world):
        begins = add_months(each.check_due or due, -MONTHS_TO_APPLY)
        if begins < world.today <= due and world.known(each.check_applied) is None:
            yield each.id


def _verified(world: World) -> Iterator[tuple[Institution, date]]:
    """Institutions that are verified, with the last day to apply."""
    for each in world.institutions:
        if each.status in _VERIFIED and each.check_due:
            yield each, world.calendar.next_working_day(each.check_due, inclusive=True)


@rule("I04", "暂缓校验期内仍有诊疗活动", verification_rules(24), verification_rules(25))
def served_while_deferred(world: World) -> Found:
    """Without beds nothing may be served; with beds no outpatients and nobody new."""
    for service, each in world.served():
        if each.status != "check_suspended" or service.kind == NURSING or not _since(each, service.date):
            continue
        if not each.beds or service.kind in _STOPPED_WITH_BEDS:
            yield each.id, service.date


def _since(each: Institution, day: date) -> bool:
    """Whether a day lies after the status began."""
    return each.status_from is not None and day > each.status_from


@rule("I05", "停业超过一年", institution_regulation(20), institution_rules(34))
def closed_too_long(world: World) -> Found:
    """A stop of more than a year for no building and no move counts as closing."""
    for each in world.institutions:
        closed = each.status == "closed_temp" and each.closed_reason == "other"
        if closed and each.status_from and world.today > add_years(each.status_from, 1):
            yield each.id


@rule("I06", "注销、吊销后仍有人员注册", licensing_law(70))
def people_left_behind(world: World) -> Found:
    """Doctors or nurses still registered thirty days after the end."""
    held = {row.institution for row in world.active_doctors} | {row.main for row in world.active_nurses}
    for each in world.institutions:
        ended = each.status_from if each.gone and each.id in held else None
        if ended and world.today > ended + timedelta(days=_MOVING_DAYS):
            yield each.id


@rule("I07", "注销、吊销后仍有业务数据", basic_health_law(99))
def served_after_the_end(world: World) -> Found:
    """A service after the end; the day of the service counts, not the day it was loaded."""
    for service, each in world.served():
        if each.gone and _since(each, service.date):
            yield each.id, service.date


@rule("I08", "登记号校验不通过")
def number_wrong(world: World) -> Found:
    """The registration number is wrong in itself or says otherwise than the register."""
    natures = codes.table("institution_business_nature")
    for each in world.institutions:
        number = read_number(each.reg_no, NumberKind.REGISTRATION)
        if not each.reg_no or number.kind is NumberKind.LEGACY:
            continue
        nature = natures.get(each.nature)
        classification = nature.attributes["classification"] if nature else ""
        pairs = [
            (number.region, each.region), (number.economic, each.economic), (number.category, each.category),
            (number.classification, "" if number.classification == OLD_CLASSIFICATION else classification),
        ]  # fmt: skip
        if not number.valid or any(held and held != said for said, held in pairs):
            yield each.id


@rule("I09", "统一社会信用代码缺失或者校验错")
def uscc_wrong(world: World) -> Found:
    """No code where one is due, a wrong check, or a beginning that does not go with the nature."""
    for each in world.institutions:
        missing = not each.uscc and not each.sole_owner
        if missing or (each.uscc and (not is_uscc(each.uscc) or prefix_disagrees(each.uscc, each.nature))):
            yield each.id


@rule("I10", "同名、同址、同代码重复", institution_rules(40))
def doubled(world: World) -> Found:
    """Two that stand at once under one name, code or address; a branch and its main house may."""
    standing = [each for each in world.institutions if not each.gone]
    alike: dict[tuple[str, ...], list[Institution]] = defaultdict(list)
    for each in standing:
        for key in _double_keys(each):
            alike[key].append(each)
    for sharing in alike.values():
        for one, other in combinations(sharing, 2):
            if one.branch_of != other.id and other.branch_of != one.id:
                yield one.id
                yield other.id


def _double_keys(each: Institution) -> Iterator[tuple[str, ...]]:
    if name := "".join(each.name.split()):
        yield "name", each.organ, name
    if each.uscc:
        yield "uscc", each.uscc
    if each.address:
        for subject in set(each.subjects):
            yield "address", each.address, subject


@rule("I12", "床位超核定", institution_regulation(26))
def too_many_beds(world: World) -> Found:
    """More than a twentieth above the registered beds without an order to open more."""
    for each in world.institutions:
        allowed = (each.beds or 0) * _SURPLUS_PERCENT
        if each.open_beds is not None and not each.extra_beds_order and each.open_beds * 100 > allowed:
            yield each.id


@rule("I13", "床位跨线未变更校验期", verification_rules(6))
def wrong_period(world: World) -> Found:
    """The period of verification is not the one its kind and beds ask for."""
    for each in world.institutions:
        if each.check_period is None:
            continue
        due = period_months(
            each.regime, each.category, each.economic, each.beds or 0, after_deferral=bool(each.after_deferral)
        )
        if each.regime in FILED_REGIMES or each.check_period != due:
            yield each.id


@rule("I15", "限制类技术未备案", technology_rules(11))
def technology_not_filed(world: World) -> Found:
    """A restricted technology was used and not filed within fifteen working days of the first case."""
    first: dict[tuple[str, str], date] = {}
    for service in world.done:
        if service.operation in codes.table("restricted_technology"):
            key = service.institution, service.operation
            first[key] = min(first.get(key, service.date), service.date)
    filed: dict[tuple[str, str], list[Technology]] = defaultdict(list)
    for each in world.technologies:
        filed[each.institution, each.technology].append(each)
    for key, day in first.items():
        deadline = world.calendar.add_working_days(day, _DAYS_TO_FILE)
        if world.today > deadline and not any(each.filed_on and each.filed_on <= deadline for each in filed[key]):
            yield key[0]


@rule("I16", "限制类技术负责人失效", technology_rules(11))
def leader_gone(world: World) -> Found:
    """The leader of a filed technology is no longer active at the institution."""
    for each in world.technologies:
        if each.state == "filed":
            rows = world.doctor_rows(each.leader_id, world.today)
            if not any(each.institution in row.places(world.today) for row in rows):
                yield each.institution


@rule("I17", "互联网诊疗超范围", internet_diagnosis_rules(16))
def internet_beyond_bounds(world: World) -> Found:
    """Not registered for it, a first visit, a controlled drug, a child without a guardian, a prescription nobody reviewed."""
    for service, each in world.served():
        if service.kind != "internet":
            continue
        child = service.age is not None and service.age < _AGE_WITH_GUARDIAN and not service.guardian
        beyond = service.first_visit or service.drug in _CONTROLLED or service.one_signer
        if not each.internet or beyond or child:
            yield each.id, service.date


@rule("I18", "备案诊所设床、超备案科目", institution_regulation(26), clinic_filing_rules(2))
def clinic_beyond_filing(world: World) -> Found:
    """A filed clinic took somebody in, or served a subject it did not file."""
    for service, each in world.served():
        beyond = service.kind in _INPATIENT or (service.subject and service.subject not in each.subjects)
        if beyond and each.regime in FILED_REGIMES:
            yield each.id, service.date


@rule("I19", "备案后未现场核查")
def never_visited(world: World) -> Found:
    """Nobody has been there 45 days after filing, 30 for a clinic of Chinese medicine (诊所备案办法, 中医诊所备案办法)."""
    for each in world.institutions:
        days = _ONSITE_DAYS.get(each.regime)
        if not days or each.filed_on is None or world.known(each.onsite_on):
            continue
        if world.today > each.filed_on + timedelta(days=days):
            yield each.id


@rule("I20", "法定代表人、主要负责人属禁止情形", institution_rules(12))
def banned_at_the_head(world: World) -> Found:
    """Who is barred heads the institution; matched by number alone."""
    barred = world.banned()
    for each in world.institutions:
        if each.legal_rep_id in barred or each.principal_id in barred:
            yield each.id
