"""Granting a qualification on papers instead of an examination: identity, qualification, number, certificate, in one place.

Shared by the exchange of military qualifications and the recognition of doctors from Hong Kong, Macau and Taiwan.

卫医发〔2003〕130号: within ninety days of being handed over. 认定管理办法 of 2009: five years' right to practise by the end of 2007,
permanent residence, a specialist's certificate, practice there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from yizheng.documents.authorities import authority
from yizheng.kernel.calendar import add_years
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.codes import name_of
from yizheng.kernel.identifiers import make_qualification_number
from yizheng.kernel.statutes import (
    hk_macau_recognition,
    military_exchange_notice,
    military_order,
    physicians_law,
    taiwan_recognition,
)
from yizheng.licensing.answers import Answers
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.licensing.rules import declare_rule, value
from yizheng.licensing.states import ENDED
from yizheng.people.models import Scope
from yizheng.people.search import index_name
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import Concerned
from yizheng.systems.doctors.checks.grounds import ground, stands
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.models import Qualification
from yizheng.systems.doctors.qualification import qualifying
from yizheng.systems.doctors.reading.gathering import bar_of
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.practitioners.identities import enter_identity, photo_of

LAST_DAY_OF_HOME_PRACTICE = date(2007, 12, 31)
HOME_YEARS = 5
RECOGNISED = frozenset({"clinical", "stomatology", "tcm"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Obtaining(Concerned):
    """Somebody who asks for a qualification, and what she held before."""

    level: str = ""
    category: str = ""
    held_already: bool = False
    """Whether a qualification of this level and category is in the register."""
    number_taken: bool = False
    barred: bool = False
    """Whether an application of this kind is not accepted now (R11)."""
    applied_on: date | None = None
    transferred_on: date | None = None
    exchange_days: int = 90
    qualified_on: date | None = None

    origin: str = ""
    """Of recognition, what the applicant said; nothing while she has not answered."""
    licensed_on: date | None = None
    permanent_resident: bool | None = None
    chinese_citizen: bool | None = None
    specialist: bool | None = None
    practising: bool | None = None


@check("D-QO01", physicians_law(12), title="尚无同级别同类别的医师资格")
def not_held_yet(person: Obtaining, on: date) -> Iterator[Finding]:
    """One qualification of a level and category is enough; a number belongs to one person."""
    if person.held_already:
        yield refuse("", "资格数据中已有同级别、同类别的医师资格")
    if person.number_taken:
        yield refuse("", "按证件号码生成的资格证书编码已被使用，请先核对资格数据")


@check("D-QO02", physicians_law(54), title="不在三年内不受理的期限内")
def not_barred(person: Obtaining, on: date) -> Iterator[Finding]:
    """Whose qualification was annulled for improper means waits three years."""
    if person.barred:
        yield refuse("", "以不正当手段取得资格被撤销，三年内不受理相应申请")


@check("D-QO03", military_exchange_notice(1), title="移交地方后九十日内申请", needs=("military",))
def within_ninety_days(person: Obtaining, on: date) -> Iterator[Finding]:
    """The exchange is asked for within ninety days of being handed over to the civil authorities."""
    if person.transferred_on is None:
        return
    day = person.applied_on or on
    last = person.transferred_on + timedelta(days=person.exchange_days)
    if day > last:
        yield refuse("military.transferred_on", f"换领应在移交后九十日内申请，到{long_date(last)}止")
    if person.transferred_on > day:
        yield refuse("military.transferred_on", "移交日期晚于申请日期，请核对")


@check("D-QO04", military_order(4), title="军队医师资格在移交之前取得", needs=("military",))
def qualified_in_the_forces(person: Obtaining, on: date) -> Iterator[Finding]:
    """The military qualification is older than the transfer."""
    if person.qualified_on is None or person.transferred_on is None:
        return
    if person.qualified_on > person.transferred_on:
        yield refuse("military.qualified_on", "军队医师资格的取得日期晚于移交日期，请核对")


@check(
    "D-QO11", hk_macau_recognition(3), taiwan_recognition(3), title="符合港澳台医师资格认定条件", needs=("recognition",)
)
def may_be_recognised(person: Obtaining, on: date) -> Iterator[Finding]:
    """All conditions at once: residence, five years by the end of 2007, specialist, practising there."""
    latest = add_years(LAST_DAY_OF_HOME_PRACTICE, -HOME_YEARS)
    if person.licensed_on is not None and person.licensed_on > latest:
        yield refuse(
            "recognition.licensed_on", f"到2007年12月31日取得合法行医资格未满五年（须在{long_date(latest)}以前取得）"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Joining(Concerned):
    """A civil doctor who joins the forces or is hired by them."""

    joined_on: date | None = None
    returned: bool = False


@check("D-QO21", military_order(10), title="交回医师执业证书", needs=("joining",))
def certificate_returned(person: Joining, on: date) -> Iterator[Finding]:
    """The civil certificate is handed in, and the day of joining is known."""
    if not person.returned:
        yield refuse("joining.returned", "转军队注册须交回医师执业证书")
    if person.joined_on is not None and person.joined_on > on:
        yield refuse("joining.joined_on", "入伍、聘用日期晚于今天，入伍后再办理")


EXCHANGE_DAYS = declare_rule(
    "doctors.military_exchange_days", "军队医师移交后多少日内申请换领资格证书", 90, "日", military_exchange_notice(1)
)
BEIJING = "11"


@dataclass(frozen=True, slots=True)
class Granted:
    """What is granted: level, category, way, the day it was obtained, and the identity number in its number."""

    level: str
    category: str
    way: str
    qualified_on: date
    identity_number: str

    @property
    def number(self) -> str:
        """The qualification number of this holder."""
        year = self.qualified_on.year
        return make_qualification_number(year, BEIJING, self.level, self.category, self.identity_number)


def grant(case: Case, typed: Answers, held: Held, granted: Granted, change: ChangeInProgress, on: date) -> Effect:
    """Enter person and qualification; say what is certified. Call it as the system."""
    office = Scope.objects.get(pk=case.decided_by)
    identity = enter_identity(
        change,
        case.subject_id,
        typed["person"],
        office=office.pk,
        photo=photo_of(case),
        on=on if held.identity is None else held.identity.valid_from,
        known=held.identity,
    )
    qualification = qualifying.enter_qualification(
        change,
        case.subject_id,
        identity,
        level=granted.level,
        category=granted.category,
        way=granted.way,
        number=granted.number,
        qualified_on=granted.qualified_on,
        on=on,
        office=office,
    )
    index_name(case.subject_id, identity.name, [office.pk])
    return Effect(
        summary=f"取得{name_of('practice_level', granted.level)}资格（{name_of('practice_category', granted.category)}）",
        certificate_kind=qualifying.KIND,
        certificate_fields=qualifying.printed(
            qualification,
            identity_number=granted.identity_number,
            number=granted.number,
            education=held.educations[0] if held.educations else None,
            serial=qualifying.new_serial(on, case.subject_id, change.id),
            issuer=authority(office.code).name,
            photo=identity.photo,
        ),
    )


def holds(held: Held, level: str, category: str) -> Qualification | None:
    """A qualification of this level and category that is held already."""
    return next((each for each in held.qualifications if (each.level, each.category) == (level, category)), None)


def barred(held: Held, on: date) -> bool:
    """Whether applications are not accepted because a qualification was annulled."""
    law = ground("R11", on)
    mine = [bar_of(each) for each in held.bars if each.ground == "R11"]
    return law is not None and any(stands(bar, law, periods(on), on) for bar in mine)


def applied_on(item_code: str, subject_id: int, on: date) -> date:
    """The day the open case was handed in; ``on`` while there is none. Periods for applying look at this day."""
    mine = Case.objects.filter(item_code=item_code, subject_id=subject_id, submitted_at__isnull=False)
    found = mine.exclude(state__in=ENDED).order_by("-id").values_list("submitted_at", flat=True).first()
    return on if found is None else min(on, timezone.localdate(found))


def exchange_days(on: date) -> int:
    """Natural days for exchanging a military qualification."""
    return value(EXCHANGE_DAYS.code, on)
