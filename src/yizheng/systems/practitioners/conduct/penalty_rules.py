"""Entering a penalty that was decided: its kind, length and sum must be those of the article it cites.

Which penalties an article knows of whom, with their limits, stands in the code table ``penalty_basis``; what a kind does to a
registration and which ground for not registering follows, in the table of kinds of the register. A penalty that was mitigated
(行政处罚法 第三十二条) may be milder than the law's least: that is said, and stops nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from yizheng.kernel.calendar import add_months, add_years
from yizheng.kernel.codes import Code, table
from yizheng.kernel.statutes import Article, article, chinese_numeral, penalty_law
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.findings import Check, Finding, advise, refuse, shared
from yizheng.systems.practitioners.checks import Concerned

ONE_DAY = timedelta(days=1)
MITIGATED = "，属于依法减轻处罚"
ASKED = "；依法减轻处罚的，请勾选减轻处罚"


def known_of(whom: str) -> list[Code]:
    """What the law knows of penalties on these people."""
    return [row for row in table("penalty_basis").items() if whom in row.many("of")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Punished(Concerned):
    """Somebody and the decision against her, as typed from the decision document."""

    kinds: str = "doctor_penalty_kind"
    """The code table of the kinds her register knows."""
    whom: str = "doctor"
    """On whom the law must know the penalty, as ``penalty_basis`` names them."""
    kind: str = answered("penalty", "kind", "")
    decided_on: date | None = answered("penalty", "decided_on")
    article: str = answered("penalty", "article", "")
    """Reference of the article the decision cites first, as the code table writes it."""
    decided_by_province: bool = False
    document_known: bool = False
    """Whether a decision of this number is on record already."""
    stands: bool = False
    """Whether a registration stands that can be suspended or revoked."""
    suspended_from: date | None = answered("penalty", "suspended_from")
    suspended_to: date | None = answered("penalty", "suspended_to")
    amount: Decimal | None = answered("penalty", "amount")
    banned_from: date | None = answered("penalty", "banned_from")
    banned_to: date | None = answered("penalty", "banned_to")
    for_life: bool = answered("penalty", "for_life", False)
    mitigated: bool = answered("penalty", "mitigated", False)
    """Whether the decision mitigates the penalty below the law's least."""
    review_state: str = answered("penalty", "review_state", "")

    @property
    def law(self) -> Code | None:
        """What the kind does."""
        return table(self.kinds).get(self.kind)

    @property
    def basis(self) -> Code | None:
        """What the article cited allows of this kind."""
        return table("penalty_basis").get(f"{self.article}:{self.kind}")

    def limit(self, name: str) -> int | None:
        """A limit of the article; nothing where it sets none."""
        found = "" if self.basis is None else self.basis.attributes[name]
        return int(found) if found else None

    def milder(self, field: str, sentence: str) -> Finding:
        """What is said of a penalty below the least of the law."""
        if self.mitigated:
            return advise(field, sentence + MITIGATED, articles=(penalty_law(32),))
        return refuse(field, sentence + ASKED)


@shared("处罚依据与处罚种类一致", needs=("penalty",))
def cited_as_the_law_has_it(person: Punished, on: date) -> Iterator[Finding]:
    """The article cited is one that allows this kind of penalty, and was law when it was decided."""
    law, day = person.law, person.decided_on or on
    if law is None or not person.article:
        return
    if person.basis is None or person.whom not in person.basis.many("of"):
        allowing = (row for row in known_of(person.whom) if row.attributes["kind"] == law.code)
        allowed = "、".join(article(each.attributes["article"]).short for each in allowing)
        yield refuse("penalty.article", f"“{law.name}”的依据是{allowed}，与填写的条文不符")
    elif not (person.basis.in_force(day) and article(person.article).in_force_on(day)):
        yield refuse("penalty.article", f"{article(person.article).short}在决定之日不是现行的处罚依据")


@shared("暂停执业的期限符合处罚依据", needs=("penalty",))
def suspended_within_limits(person: Punished, on: date) -> Iterator[Finding]:
    """A suspension names its days and is neither shorter nor longer than the article allows; some set no length."""
    if person.law is None or not person.law.flag("suspends"):
        return
    first, last = person.suspended_from, person.suspended_to
    least, most = person.limit("months_min"), person.limit("months_max")
    if first is None or (last is None and least is not None):
        yield refuse("penalty.suspended_from", "责令暂停执业活动须写明开始和结束日期")
        return
    if last is not None and least is not None and most is not None:
        shortest, longest = add_months(first, least) - ONE_DAY, add_months(first, most) - ONE_DAY
        allowed = f"暂停执业活动为{_length(least)}以上{_length(most)}以下，结束日期应在{shortest}至{longest}之间"
        if last > longest:
            yield refuse("penalty.suspended_to", allowed)
        elif last < shortest:
            yield person.milder("penalty.suspended_to", allowed)
    elif last is not None and last < first:
        yield refuse("penalty.suspended_to", "暂停执业的结束日期早于开始日期，请核对")
    if person.decided_on is not None and first < person.decided_on:
        yield refuse("penalty.suspended_from", "暂停执业不能早于处罚决定之日开始")


def _length(months: int) -> str:
    return "一年" if months == 12 else f"{chinese_numeral(months)}个月"


@shared("罚款在法定幅度内", needs=("penalty",))
def fined_within_limits(person: Punished, on: date) -> Iterator[Finding]:
    """A fine is named where the kind has one, between the least and the most of the article."""
    if person.law is None or not person.law.flag("fines"):
        return
    least, most = person.limit("fine_min"), person.limit("fine_max")
    if person.amount is None:
        yield refuse("penalty.amount", "请填写罚款数额")
    elif most is not None and person.amount > most:
        yield refuse("penalty.amount", f"罚款不得高于{most}元")
    elif least is not None and person.amount < least:
        yield person.milder("penalty.amount", f"罚款低于法定最低数额{least}元")


@shared("禁止从业的机关和期限符合处罚依据", needs=("penalty",))
def banned_within_limits(person: Punished, on: date) -> Iterator[Finding]:
    """A ban lasts as long as its article says, and where it says so a provincial authority or a higher one decides it."""
    if person.law is None or not person.law.flag("bans"):
        return
    first, last = person.banned_from, person.banned_to
    least = person.limit("ban_years_min")
    if person.limit("province") and not person.decided_by_province:
        yield refuse("penalty.decided_by", "禁止从业须由省级以上卫生健康主管部门决定")
    if first is None:
        yield refuse("penalty.banned_from", "请填写禁止从业的开始日期")
    elif person.limit("for_life"):
        if not person.for_life or last is not None:
            yield refuse("penalty.for_life", "依据的条文规定终身禁止从事医疗卫生服务，请选择终身")
    elif last is None and not person.for_life:
        yield refuse("penalty.banned_to", "禁止从业须写明结束日期，或者选择终身")
    elif last is not None and person.for_life:
        yield refuse("penalty.banned_to", "选择终身的，不填写结束日期")
    elif last is not None and least is not None and last < add_years(first, least) - ONE_DAY:
        yield person.milder("penalty.banned_to", f"禁止从业不得少于{chinese_numeral(least)}年")


@shared("决定书没有登记过", needs=("penalty",))
def entered_once(person: Punished, on: date) -> Iterator[Finding]:
    """One decision is entered once."""
    if person.document_known:
        yield refuse("penalty.document_number", "这份决定书已经登记")
    if person.decided_on is not None and person.decided_on > on:
        yield refuse("penalty.decided_on", "决定日期晚于今天，请核对决定书")


@shared("有可以暂停、吊销、撤销的注册", needs=("penalty",))
def something_to_take(person: Punished, on: date) -> Iterator[Finding]:
    """Only a registration that stands can be suspended; what has ended already keeps its record and its bars."""
    law = person.law
    if law is None or not law.attributes["status"] or person.stands:
        return
    if law.flag("suspends"):
        yield refuse("penalty.kind", "当事人没有在册的注册，不能暂停执业")
    else:
        yield advise("penalty.kind", "当事人没有在册的注册，只登记处罚和不予注册情形，不改变注册状态")


@shared("复议、诉讼不影响执行")
def executed_meanwhile(person: Punished, on: date) -> Iterator[Finding]:
    """A decision under review or before a court is executed all the same, unless the law says otherwise."""
    if person.review_state in ("review", "court"):
        yield advise("penalty.review_state", "处罚正在复议或者诉讼，执行不停止；复议机关、法院决定停止的除外")


def rules(prefix: str, *, cited: Article, suspended: Article, fined: Article, banned: Article) -> tuple[Check, ...]:
    """The rules of one register, under its prefix and the articles of its law."""
    return (
        entered_once(f"{prefix}-P05", penalty_law(59)),
        something_to_take(f"{prefix}-P06", suspended),
        cited_as_the_law_has_it(f"{prefix}-P01", cited),
        suspended_within_limits(f"{prefix}-P02", suspended),
        fined_within_limits(f"{prefix}-P03", fined),
        banned_within_limits(f"{prefix}-P04", banned),
        executed_meanwhile(f"{prefix}-P07", penalty_law(73)),
    )
