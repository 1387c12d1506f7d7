"""What the clock does with a channel: send every minute and at once when something was said, reconcile every day, forget old attempts.

Each channel has a schedule of its own, so that a partner that is slow holds up nobody else.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial

from django.utils import timezone

from yizheng.exchange.channels.believing import forget_used
from yizheng.exchange.channels.declaring import Channel, Family, UnknownChannel, channel_of, declare, declare_family
from yizheng.exchange.channels.delivering import Run, deliver, next_due
from yizheng.exchange.channels.outbox import running, schedule_of
from yizheng.exchange.channels.over_http import OverHttp
from yizheng.exchange.channels.protocol import Counterparty, TransportFault
from yizheng.exchange.channels.reconciling import fill, reconcile, untold
from yizheng.exchange.channels.signing import provider_for
from yizheng.exchange.models import Attempt, Message, MessageState, Partner
from yizheng.work.queue import hurry_schedule
from yizheng.work.schedules import schedule

log = logging.getLogger(__name__)

SOON = timedelta(minutes=1)
LOOK_BACK = timedelta(days=31)
"""How far the daily comparison of register and outbox looks back."""
KEEP_ATTEMPTS = timedelta(days=180)
"""As long as logs have to be kept (《中华人民共和国网络安全法》第二十一条: six months)."""


class NotConnected(Exception):
    """The partner of the channel is not registered, not in use or has no address; the message is Chinese."""


@contextmanager
def other_side(channel: Channel) -> Iterator[Counterparty]:
    """The partner of a channel at its address, while the block lasts. Raises NotConnected."""
    if channel.other is not None:
        yield channel.other()
        return
    partner = Partner.objects.filter(code=channel.partner, active=True).exclude(address="").first()
    if partner is None:
        raise NotConnected(f"交换对象 {channel.partner} 没有登记接口地址，通道没有接通")
    other = OverHttp(partner, channel.code, provider_for(partner.signing_key))
    try:
        yield other
    finally:
        other.close()


def declare_running(channel: Channel) -> Channel:
    """Enter a channel and the schedule that sends what it has to say."""
    title = f"发送：{channel.title}"
    schedule("* * * * *", schedule_of(channel.code), title=title)(partial(send, channel.code))
    return declare(channel)


def declare_running_family(family: Family, title: str) -> None:
    """Enter a family and the schedule that sends what its channels have to say, one after the other."""
    schedule("* * * * *", schedule_of(family.code), title=title)(partial(_send_family, family))
    declare_family(family)


def _send_family(family: Family) -> None:
    waiting = Message.objects.filter(
        channel__startswith=f"{family.code}-", state=MessageState.QUEUED, due__lte=timezone.now()
    )
    for code in waiting.values_list("channel", flat=True).order_by("channel").distinct():
        send(code)


def send(code: str) -> None:
    """Send what a channel has to say, if it is connected; what waits for another try soon is seen to then."""
    try:
        channel = channel_of(code)
        with other_side(channel) as other:
            run = deliver(channel, other)
    except (NotConnected, UnknownChannel):
        return
    if run != Run():
        told = {"acked": run.acked, "sent": run.sent, "rejected": run.rejected, "faults": run.faults}
        log.info("exchange_run", extra={"channel": code, **told})
    now = timezone.now()
    again = next_due(code, SOON, now)
    if again is not None:
        hurry_schedule(schedule_of(code), after_seconds=max(1, int((again - now).total_seconds()) + 1))


@schedule("40 2 * * *", "exchange.reconcile", title="接口通道每日对账")
def reconcile_all() -> None:
    """Tell what was never told, then compare with every partner; one that cannot be reached is compared the next day."""
    today = timezone.localdate()
    for channel in running():
        missing = untold(channel, today - LOOK_BACK, today)
        if missing:
            fill(channel, missing)
        try:
            with other_side(channel) as other:
                reconcile(channel, other)
        except TransportFault as fault:
            Attempt.objects.create(channel=channel.code, messages=0, fault=fault.kind, note="对账", took=0)
    Attempt.objects.filter(at__lt=timezone.now() - KEEP_ATTEMPTS).delete()
    forget_used()
