"""申请、开通、停用订阅: the institution asks, the security administrator agrees, either ends it.

What goes out leaves the platform for an address somebody typed; therefore a second person looks at it before.
"""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.exchange.channels.declaring import channel_of
from yizheng.exchange.channels.outbox import canonical, hash_of
from yizheng.exchange.channels.protocol import ACCEPTED, Envelope, TransportFault
from yizheng.exchange.channels.reconciling import fill, untold
from yizheng.exchange.channels.running import other_side
from yizheng.exchange.models import Message, MessageState, Subscription
from yizheng.exchange.partners import ADDRESS
from yizheng.exchange.sending import NotPossible
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import Held, held_by
from yizheng.people.scopes import organisation_of
from yizheng.work import approval
from yizheng.work.models import Approval

KIND = "exchange.subscription"
MOST = 3
"""Addresses of one institution at a time."""


def organisation(account: Account) -> Scope:
    """The institution an operator speaks for. Raises NotPossible."""
    found = organisation_of(account.subject_id) if account.subject_id else None
    if found is None or not held_by(account).has_over(Role.INSTITUTION_OPERATOR, [found.pk]):
        raise NotPossible("变更订阅由机构经办人办理")
    return found


def ask(account: Account, address: str, reason: str) -> Approval:
    """Ask that changes among the institution's staff be told to an address. Raises NotPossible, ApprovalRefused."""
    own, address = organisation(account), address.strip()
    if not ADDRESS.fullmatch(address) or len(address) > 200:
        raise NotPossible("接收地址以 https:// 开头，不超过 200 个字符")
    standing = Subscription.objects.filter(institution_id=account.subject_id, ended=None)
    if standing.filter(address=address).exists():
        raise NotPossible("这个地址已经开通")
    if standing.count() >= MOST:
        raise NotPossible(f"一个机构最多 {MOST} 个接收地址，请先停用一个")
    payload = {
        "institution": account.subject_id, "name": own.name, "address": address, "authority_scope": own.parent_id,
        "title": f"{own.name}：人员变更推送到 {address}",
    }  # fmt: skip
    return approval.propose(KIND, f"institution:{account.subject_id}", account, payload, reason)


def asked(institution: int) -> Approval | None:
    """What waits to be agreed for an institution."""
    return Approval.objects.waiting().filter(kind=KIND, object_ref=f"institution:{institution}").first()


def _carry_out(agreed: Approval) -> None:
    given: dict[str, Any] = {
        name: value for name, value in agreed.payload.items() if name not in ("title", "institution")
    }
    try:
        with transaction.atomic():
            made = Subscription.objects.create(
                institution_id=agreed.payload["institution"], asked_by=agreed.proposer, **given
            )
    except IntegrityError:
        raise approval.ApprovalRefused("这个地址已经开通。") from None
    channel, today = channel_of(made.channel), timezone.localdate()
    told = fill(channel, untold(channel, today, today))
    audit.record(agreed.decider, "exchange.subscription", f"subscription:{made.pk}", {"told": told})


@transaction.atomic
def end(subscription: Subscription, account: Account) -> None:
    """Tell the address no more; what waited is given up. Raises NotPossible where it was ended before."""
    if Subscription.objects.filter(pk=subscription.pk, ended=None).update(ended=timezone.now()) != 1:
        raise NotPossible("这个订阅已经停用")
    waiting = Message.objects.filter(
        channel=subscription.channel, state__in=[MessageState.QUEUED, MessageState.REJECTED]
    )
    dropped = waiting.update(state=MessageState.DEAD, note="订阅停用")
    audit.record(account, "exchange.unsubscribed", f"subscription:{subscription.pk}", {"dropped": dropped})


def test(subscription: Subscription, account: Account) -> str:
    """Send the address an event that is marked as a test; what came of it, in words."""
    channel = channel_of(subscription.channel)
    sample = channel.messages[0]
    event = Envelope(sample.code, "I", "test", 1, hash_of(canonical(sample.sample)), sample.sample)
    audit.record(account, "exchange.test", f"subscription:{subscription.pk}")
    try:
        with other_side(channel) as other:
            answer = other.check(event)
    except TransportFault as fault:
        return f"没有送达：{fault}"
    return "已送达，对方接收" if answer.code == ACCEPTED else f"已送达，对方退回（{answer.note}）"


def _may_decide(held: Held, asked: Approval) -> bool:
    return held.has(Role.SECURITY_ADMIN)


approval.ApprovalKind(KIND, title="开通变更订阅", may_decide=_may_decide, carry_out=_carry_out)
