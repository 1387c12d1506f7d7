"""初筛例外由两人定: a reviewer proposes a phrase with its reason, a deciding person agrees; from that day the rule spares it.

A phrase is longer than what the rule hits in it, so that no exception switches a rule off.
"""

from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import Held
from yizheng.people.scopes import city, jurisdiction
from yizheng.systems.adverts.item import TCM_OFFICE
from yizheng.systems.adverts.models.exception import ScreeningException, spared_on
from yizheng.systems.adverts.review.filing import Spared
from yizheng.systems.adverts.screening.licence import AdvertLicence
from yizheng.systems.adverts.screening.screen import Outlet, screen
from yizheng.systems.adverts.screening.vocabulary import ban
from yizheng.work import approval
from yizheng.work.models import Approval

KIND, ENDING = "adverts.exception", "adverts.exception_end"
LONGEST = 80
_NOBODY = AdvertLicence("")


class Unfit(ValueError):
    """The phrase cannot be an exception; the message says why, in Chinese."""


def propose(account: Account, rule: str, phrase: str, reason: str) -> Approval:
    """Ask a deciding person to spare a phrase. Raises Unfit, or ApprovalRefused where it is being asked already."""
    phrase = phrase.strip()
    hit = [each for each in screen(phrase, Outlet.AD, _NOBODY).hits if each.code == rule]
    if not phrase or len(phrase) > LONGEST:
        raise Unfit(f"请写 1 至 {LONGEST} 字的词句")
    if not hit:
        raise Unfit(f"规则 {rule} 不命中“{phrase}”，不需要列入例外")
    if ban(rule).severity == "block" and any(each.words == phrase for each in hit):
        raise Unfit(f"“{phrase}”本身就是禁用词，请连同上下文写成完整的词句")
    if Spared(rule, phrase) in spared_on(timezone.localdate()):
        raise Unfit(f"“{phrase}”已经在例外之中")
    title = f"“{phrase}”不按 {rule}（{ban(rule).title}）认定"
    payload = {"rule": rule, "phrase": phrase, "title": title}
    return approval.propose(KIND, f"advert_exception:{rule}:{phrase}", account, payload, reason)


def propose_end(account: Account, exception: ScreeningException, reason: str) -> Approval:
    """Ask a deciding person to end an exception."""
    payload = {"exception": exception.pk, "title": f"停用初筛例外“{exception.phrase}”（{exception.rule}）"}
    return approval.propose(ENDING, f"advert_exception:{exception.pk}", account, payload, reason)


def waiting() -> QuerySet[Approval]:
    """What is asked for and waits for its second person, the oldest first."""
    asked: QuerySet[Approval] = Approval.objects.waiting().filter(kind__in=(KIND, ENDING))
    return asked.select_related("proposer").order_by("pk")


def may_propose(held: Held) -> bool:
    """A reviewer of an organ that reviews adverts."""
    return any(held.has_over(Role.REVIEWER, [organ]) for organ in _organs())


def _may_decide(held: Held, asked: Approval) -> bool:
    return any(held.has_over(Role.DECIDER, [organ]) for organ in _organs())


def _organs() -> tuple[int, int]:
    return city().pk, jurisdiction(TCM_OFFICE).pk


def _enter(asked: Approval) -> None:
    assert asked.decider is not None
    ScreeningException.objects.get_or_create(
        rule=asked.payload["rule"], phrase=asked.payload["phrase"], valid_to=date.max,
        defaults={
            "reason": asked.reason[:300], "valid_from": timezone.localdate(), "proposed_by": asked.proposer,
            "approved_by": asked.decider,
        },
    )  # fmt: skip


def _end(asked: Approval) -> None:
    standing = ScreeningException.objects.filter(pk=asked.payload["exception"], valid_to=date.max)
    if standing.update(valid_to=timezone.localdate() - timedelta(days=1)) != 1:
        raise approval.ApprovalRefused("这条例外已经停用，请刷新后再看")


approval.ApprovalKind(KIND, title="列入初筛例外", may_decide=_may_decide, carry_out=_enter)
approval.ApprovalKind(ENDING, title="停用初筛例外", may_decide=_may_decide, carry_out=_end)
