"""Messages to a simulated partner that fails one call in twenty: how many a second; none lost, none twice, none out of order."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta

from yizheng.cli.bench.laboratory import Lab
from yizheng.cli.bench.questions import Pair, at_least, question

MESSAGES, KEYS = 20_000, 5_000
FAILS = {"timeout": 0.02, "dropped": 0.015, "half": 0.015}


@question(
    "messages-failing-partner",
    "通道：向每 20 次失败一次的对方发送 20,000 条报文，每秒条数",
    beside="接口上限 2,000 条每秒",
    unit="条/s",
    reach=at_least(2000),
    runs=1,
)
def failing_partner(lab: Lab) -> Iterator[Pair]:
    """Four versions of each key, all waiting at once; the partner stands in this process, so that the platform is measured."""
    from django.db import transaction
    from django.utils import timezone

    from yizheng.exchange.channels.declaring import Channel, Draft, MessageKind
    from yizheng.exchange.channels.delivering import deliver
    from yizheng.exchange.channels.outbox import post
    from yizheng.exchange.models import Circuit, Message
    from yizheng.exchange.simulating.counterpart import Counterpart, Faults
    from yizheng.people.scope import acting_as_system
    from yizheng.registry.models import Subject

    code = f"bench{time.time_ns() % 10**9}"
    channel = Channel(code, "测量", "bench", "", (MessageKind("fact", "测量", "编号"),), batch=1000)
    other = Counterpart(faults=Faults(dict(FAILS)))
    with acting_as_system("bench"), transaction.atomic():
        subject = Subject.objects.order_by("pk").values_list("pk", flat=True)[0]
        began = time.perf_counter()
        for version in range(MESSAGES // KEYS):
            drafts = [Draft("fact", f"k{key}", {"n": key, "v": version}, subject, 1) for key in range(KEYS)]
            post(channel, drafts, cause="bench")
        entered = time.perf_counter() - began
        began, minute = time.perf_counter(), 0
        while Message.objects.filter(channel=code, state="queued").exists():
            deliver(channel, other, timezone.now() + timedelta(minutes=20 * minute))
            minute += 1
        took = time.perf_counter() - began
        seen: dict[str, int] = {}
        ordered = all(
            seen.setdefault(key, 0) + 1 == version and not seen.update({key: version}) for key, version in other.effects
        )
        lost = MESSAGES - len(set(other.effects))
        twice = len(other.effects) - len(set(other.effects))
        Circuit.objects.filter(channel=code).update(faults=0)
        transaction.set_rollback(True)
    told = f"丢失 {lost}，重复 {twice}，顺序{'保持' if ordered else '错乱'}；写入发件箱 {MESSAGES / entered:,.0f} 条/s，运行 {minute} 次"
    if lost or twice or not ordered:
        raise RuntimeError(told)
    yield Pair(MESSAGES / took, 2000.0, told)
