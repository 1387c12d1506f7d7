"""Entering a penalty that was decided: its kind, its length, its sum and its article must be those of the law.

医师法 第五十四条至第五十八条. What each kind allows stands in the code table ``doctor_penalty_kind``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.codes import Code, table
from yizheng.kernel.statutes import article, penalty_law, physicians_law
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.concerned import Concerned

PROVINCE = "province"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Punished(Concerned):
    """A doctor and the decision against her, as typed from the decision document."""

    kind: str = ""
    decided_on: date | None = None
    article: str = ""
    """Reference of the article the decision cites first, as the code table writes it."""
    decided_by_province: bool = False
    document_known: bool = False
    """Whether a decision of this number is on record already."""
    stands: bool = False
    """Whether a registration stands that can be suspended or revoked."""
    suspended_from: date | None = None
    suspended_to: date | None = None
    amount: Decimal | None = None
    banned_from: date | None = None
    banned_to: date | None = None
    for_life: bool = False
    review_state: str = ""

    @property
    def law(self) -> Code | None:
        """The row of the code table that says what this kind allows."""
        return table("doctor_penalty_kind").get(self.kind)


@check("P01", physicians_law(54), title="处罚依据与处罚种类一致", needs=("penalty",))
def cited_as_the_law_has_it(person: Punished, on: date) -> Iterator[Finding]:
    """The article cited is one that allows this kind of penalty."""
    law = person.law
    if law is not None and person.article and person.article not in law.many("articles"):
        allowed = "、".join(article(each).short for each in law.many("articles"))
        yield refuse("penalty.article", f"“{law.name}”的依据是{allowed}，与填写的条文不符")


@check("P02", physicians_law(57), title="暂停执业六个月以上一年以下", needs=("penalty",))
def suspended_within_limits(person: Punished, on: date) -> Iterator[Finding]:
    """A suspension names its first and last day and is neither shorter nor longer than the law allows."""
    law = person.law
    if law is None or not law.attributes["months_min"]:
        return
    first, last = person.suspended_from, person.suspended_to
    if first is None or last is None:
        yield refuse("penalty.suspended_from", "责令暂停执业活动须写明开始和结束日期")
        return
    shortest = add_months(first, int(law.attributes["months_min"])) - ONE_DAY
    longest = add_months(first, int(law.attributes["months_max"])) - ONE_DAY
    if not shortest <= last <= longest:
        yield refuse(
            "penalty.suspended_to",
            f"暂停执业活动为六个月以上一年以下，结束日期应在{shortest}至{longest}之间",
        )
    if person.decided_on is not None and first < person.decided_on:
        yield refuse("penalty.suspended_from", "暂停执业不能早于处罚决定之日开始")


@check("P03", physicians_law(56), title="罚款在法定幅度内", needs=("penalty",))
def fined_within_limits(person: Punished, on: date) -> Iterator[Finding]:
    """A fine is named where the kind has one, between the least and the most of the law."""
    law = person.law
    if law is None or not law.attributes["fine_min"]:
        return
    least, most = Decimal(law.attributes["fine_min"]), law.attributes["fine_max"]
    if person.amount is None:
        yield refuse("penalty.amount", "请填写罚款数额")
    elif person.amount < least:
        yield refuse("penalty.amount", f"罚款不得低于{least}元")
    elif most and person.amount > Decimal(most):
        yield refuse("penalty.amount", f"罚款不得高于{most}元")


@check("P04", physicians_law(58), title="禁止从业由省级以上主管部门决定，五年直至终身", needs=("penalty",))
def banned_within_limits(person: Punished, on: date) -> Iterator[Finding]:
    """A ban lasts five years at least or for life, and a provincial authority or a higher one decides it."""
    law = person.law
    if law is None or not law.attributes["ban_years_min"]:
        return
    if person.article == "physicians_law:58" and not person.decided_by_province:
        yield refuse("penalty.decided_by", "禁止从业须由省级以上卫生健康主管部门决定")
    first, last = person.banned_from, person.banned_to
    if first is None:
        yield refuse("penalty.banned_from", "请填写禁止从业的开始日期")
    elif last is None and not person.for_life:
        yield refuse("penalty.banned_to", "禁止从业须写明结束日期，或者选择终身")
    elif last is not None and last < add_years(first, int(law.attributes["ban_years_min"])) - ONE_DAY:
        yield refuse("penalty.banned_to", "禁止从业不得少于五年")


@check("P05", penalty_law(59), title="决定书没有登记过", needs=("penalty",))
def entered_once(person: Punished, on: date) -> Iterator[Finding]:
    """One decision is entered once."""
    if person.document_known:
        yield refuse("penalty.document_number", "这份决定书已经登记")
    if person.decided_on is not None and person.decided_on > on:
        yield refuse("penalty.decided_on", "决定日期晚于今天，请核对决定书")


@check("P06", physicians_law(57), title="有可以暂停、吊销、撤销的注册", needs=("penalty",))
def something_to_take(person: Punished, on: date) -> Iterator[Finding]:
    """Only a registration that stands can be suspended; what has ended already keeps its record and its bars."""
    law = person.law
    if law is None or not law.attributes["status"] or person.stands:
        return
    if law.attributes["months_min"]:
        yield refuse("penalty.kind", "当事人没有在册的注册，不能暂停执业")
    else:
        yield advise("penalty.kind", "当事人没有在册的注册，只登记处罚和不予注册情形，不改变注册状态")


@check("P07", penalty_law(73), title="复议、诉讼不影响执行")
def executed_meanwhile(person: Punished, on: date) -> Iterator[Finding]:
    """A decision under review or before a court is executed all the same, unless the law says otherwise."""
    if person.review_state in ("review", "court"):
        yield advise("penalty.review_state", "处罚正在复议或者诉讼，执行不停止；复议机关、法院决定停止的除外")
