"""What an engineer sees of a channel at a glance: the flow of the day, how far it lags and why, and faults by kind."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncHour
from django.utils import timezone

from yizheng.exchange.channels.declaring import Channel
from yizheng.exchange.channels.protocol import FAULTS
from yizheng.exchange.models import Attempt, Circuit, Message, MessageState, Partner, Reconciliation

LATE = timedelta(minutes=5)
"""A message that waits longer lags (the applicant sees on the other platform what happened here)."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How a channel stands."""

    channel: Channel
    partner: Partner | None
    circuit: Circuit | None
    waiting: int
    unheard: int
    oldest: datetime | None
    oldest_key: str
    today: int
    acked_today: int
    to_mend: int
    last: Attempt | None
    reconciled: Reconciliation | None
    now: datetime

    @property
    def lag(self) -> timedelta:
        """How long the oldest message has waited."""
        return self.now - self.oldest if self.oldest else timedelta(0)

    @property
    def connected(self) -> bool:
        """Whether the partner is registered with an address and in use."""
        if self.channel.other is not None:
            return True
        return self.partner is not None and self.partner.active and bool(self.partner.address)

    @property
    def word(self) -> str:
        """How it stands, in a word of state."""
        if not self.connected:
            return "未开始"
        if self.circuit is not None and self.circuit.opened is not None:
            return "暂停"
        if self.lag > LATE or self.to_mend or (self.reconciled and not self.reconciled.agrees):
            return "告警"
        return "正常"

    @property
    def why(self) -> str:
        """Why it stands so, in a sentence."""
        if not self.connected:
            return "交换对象没有登记接口地址，通道没有接通"
        if self.circuit is not None and self.circuit.opened is not None:
            again = timezone.localtime(self.circuit.again).strftime("%H:%M:%S") if self.circuit.again else "下一分钟"
            return f"连续 {self.circuit.faults} 次{self._fault()}，已暂停发送，{again} 自动再试"
        if self.lag > LATE and self.last is not None and self.last.fault:
            return f"最近一次发送{self._fault()}，最早一条已等 {_long(self.lag)}"
        if self.lag > LATE and self.unheard:
            return f"对方已收到 {self.unheard} 条，还没有给出业务回执；最早一条已等 {_long(self.lag)}"
        if self.lag > LATE:
            return f"最早一条已等 {_long(self.lag)}，还没有发送；请看后台任务是否在运行"
        if self.to_mend:
            return f"发送正常；{self.to_mend} 条被退回，由{self.channel.owner}在来源处更正"
        if self.reconciled and not self.reconciled.agrees:
            return "发送正常；最近一次对账不一致"
        return "发送正常，没有积压"

    def _fault(self) -> str:
        return FAULTS.get(self.last.fault, "故障") if self.last else "故障"


def _long(lag: timedelta) -> str:
    minutes = int(lag.total_seconds() // 60)
    if minutes < 120:
        return f"{minutes} 分钟"
    return f"{minutes // 60} 小时" if minutes < 48 * 60 else f"{minutes // 1440} 天"


def to_mend(channel: str) -> QuerySet[Message]:
    """Refused messages that no later one of their key has taken the place of, the oldest first."""
    later = Message.objects.filter(channel=OuterRef("channel"), key=OuterRef("key"), version__gt=OuterRef("version"))
    return Message.objects.filter(~Exists(later), channel=channel, state=MessageState.REJECTED).order_by("id")


def figures(channels: Iterable[Channel], now: datetime | None = None) -> list[Figures]:
    """How these channels stand."""
    moment = now or timezone.now()
    return [_figures(each, moment) for each in channels]


def _figures(channel: Channel, now: datetime) -> Figures:
    open_ones = Message.objects.filter(channel=channel.code, state__in=[MessageState.QUEUED, MessageState.SENT])
    counted = open_ones.aggregate(
        waiting=Count("id", filter=Q(state=MessageState.QUEUED)),
        unheard=Count("id", filter=Q(state=MessageState.SENT)),
        oldest=Min("created"),
    )
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Message.objects.filter(channel=channel.code, created__gte=midnight).aggregate(
        all=Count("id"), acked=Count("id", filter=Q(state=MessageState.ACKED))
    )
    first = open_ones.order_by("created", "id").first()
    return Figures(
        channel, Partner.objects.filter(code=channel.partner).first(),
        Circuit.objects.filter(channel=channel.code).first(), counted["waiting"], counted["unheard"], counted["oldest"],
        first.key if first else "", today["all"], today["acked"], to_mend(channel.code).count(),
        Attempt.objects.filter(channel=channel.code).order_by("-at").first(),
        Reconciliation.objects.filter(channel=channel.code).first(), now,
    )  # fmt: skip


def flow(channel: str, now: datetime) -> list[tuple[datetime, int, int]]:
    """The last 24 hours: the hour, messages carried, calls that failed."""
    first = timezone.localtime(now).replace(minute=0, second=0, microsecond=0) - timedelta(hours=23)
    rows = (
        Attempt.objects.filter(channel=channel, at__gte=first)
        .annotate(hour=TruncHour("at"))
        .values_list("hour")
        .annotate(good=Count("id", filter=Q(fault="")), bad=Count("id", filter=~Q(fault="")))
    )
    calls = {hour: bad for hour, _, bad in rows}
    answered = (
        Message.objects.filter(channel=channel, answered__gte=first)
        .annotate(hour=TruncHour("answered"))
        .values_list("hour")
        .annotate(count=Count("id"))
    )
    carried = dict(answered)
    hours = [first + timedelta(hours=step) for step in range(24)]
    return [(hour, carried.get(hour, 0), calls.get(hour, 0)) for hour in hours]


def faults(channel: str, since: datetime) -> list[tuple[str, str, int]]:
    """Faults since a time, by kind, the most frequent first: whether of transport or data, what, how often."""
    calls = (
        Attempt.objects.filter(channel=channel, at__gte=since)
        .exclude(fault="")
        .values_list("fault")
        .annotate(n=Count("id"))
    )
    data = (
        Message.objects.filter(channel=channel, state=MessageState.REJECTED, created__gte=since)
        .values_list("code").annotate(n=Count("id"))
    )  # fmt: skip
    told = [("传输", FAULTS.get(kind, kind), count) for kind, count in calls]
    told += [("数据", code, count) for code, count in data]
    return sorted(told, key=lambda each: -each[2])
