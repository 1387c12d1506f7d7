"""重发与重放: a person has one message sent again, gives one up, or has a whole period told once more; each is recorded."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from yizheng.exchange.channels.declaring import Channel
from yizheng.exchange.channels.reconciling import fill
from yizheng.exchange.models import Message, MessageState
from yizheng.people import audit
from yizheng.people.models import Account


class NothingToDo(Exception):
    """The message stands elsewhere, or the register says what it said; the message is Chinese."""


@transaction.atomic
def send_again(message: Message, account: Account) -> None:
    """Send a refused message once more as it is, because the partner mended something. Raises NothingToDo."""
    _move(message, MessageState.QUEUED, account, "exchange.again")


@transaction.atomic
def give_up(message: Message, account: Account, reason: str) -> None:
    """Send it no more. Raises NothingToDo, also without a reason."""
    if not reason.strip():
        raise NothingToDo("须写明不再发送的理由")
    _move(message, MessageState.DEAD, account, "exchange.give_up", reason.strip())


def _move(message: Message, state: MessageState, account: Account, verb: str, note: str = "") -> None:
    standing = Message.objects.filter(pk=message.pk, state=MessageState.REJECTED)
    if standing.update(state=state, due=timezone.now(), **({"note": note} if note else {})) != 1:
        raise NothingToDo("这条报文已经不在待处理之列，请刷新后再看")
    audit.record(account, verb, f"message:{message.pk}", {"channel": message.channel, "note": note})


@transaction.atomic
def tell_anew(channel: Channel, message: Message, account: Account) -> int:
    """Tell what the register says of the key now, as its next version. Raises NothingToDo where that is the same."""
    told = fill(channel, [message.key])
    if not told:
        raise NothingToDo("登记中的数据没有变化，请先在来源处更正，再重新上报")
    audit.record(account, "exchange.anew", f"message:{message.pk}", {"channel": channel.code})
    return told


@transaction.atomic
def replay(channel: Channel, since: datetime, until: datetime, account: Account) -> int:
    """Have everything that was acknowledged in a period told once more; the partner knows what it has. How many messages."""
    period = Message.objects.filter(
        channel=channel.code, state=MessageState.ACKED, created__gte=since, created__lt=until
    )
    told = period.update(state=MessageState.QUEUED, due=timezone.now())
    detail = {"since": since.isoformat(), "until": until.isoformat(), "messages": told}
    audit.record(account, "exchange.replay", f"channel:{channel.code}", detail)
    return told
