"""What users of the platform are told of its systems: working, failing since when, under announced maintenance, available how much."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from yizheng.kernel.calendar import parse_moment
from yizheng.systems.service.matters.kinds import ANNOUNCEMENT, SYSTEMS
from yizheng.systems.service.models import Contract, Matter, WorkOrder
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.words import OrderKind, System

DAYS = 90
"""How many days the availability looks back."""
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Window:
    """An announcement in force: its words, the system, when it begins and ends."""

    matter: Matter
    system: str
    begins: datetime
    ends: datetime
    stops: bool
    """Whether the system stands still meanwhile."""

    def concerns(self, system: str) -> bool:
        """Whether it is about the system."""
        return self.system in (system, SYSTEMS[0])


@dataclass(frozen=True, slots=True)
class Stand:
    """How a system stands now, and its availability outside announced maintenance."""

    system: str
    state: str
    said: str
    available: float


def windows(now: datetime) -> list[Window]:
    """The announcements the client agreed to, by their beginning."""
    found = []
    for each in Matter.objects.filter(kind=ANNOUNCEMENT.code, state="有效"):
        begins, ends = parse_moment(each.content["begins"]), parse_moment(each.content["ends"])
        if begins and ends and ends > now - timedelta(days=400):
            stops = each.content["kind"] == "停机维护"
            found.append(Window(each, each.content["system"], begins, ends, stops))
    return sorted(found, key=lambda each: each.begins)


def stands(contract: Contract, now: datetime | None = None) -> list[Stand]:
    """Every system of the contract as it stands."""
    now = now or timezone.now()
    since = max(now - timedelta(days=DAYS), timezone.make_aware(datetime.combine(contract.starts, datetime.min.time())))
    announced = windows(now)
    failures = _failures(contract, since, now)
    return [_stand(System(each), failures, announced, since, now) for each in System]


def availability(contract: Contract, since: datetime, now: datetime) -> list[tuple[str, float]]:
    """The availability of each system between two moments."""
    announced, failures = windows(now), _failures(contract, since, now)
    return [(System(each).label, _stand(System(each), failures, announced, since, now).available) for each in System]


def _failures(contract: Contract, since: datetime, now: datetime) -> list[Standing]:
    orders = WorkOrder.objects.filter(contract=contract, kind=OrderKind.FAILURE, reported__lte=now).with_entries()
    found = [Standing(each, now) for each in orders]
    return [each for each in found if not each.restored or _restored(each) > since]


def _restored(standing: Standing) -> datetime:
    moment = standing.ledger.restored
    return timezone.make_aware(moment) if moment else standing.now


def _stand(
    system: System, failures: Sequence[Standing], announced: Sequence[Window], since: datetime, now: datetime
) -> Stand:
    mine = [each for each in failures if each.order.line.system == system]
    planned = [each for each in announced if each.stops and each.concerns(system.label)]
    broken = [each for each in mine if not each.restored]
    share = available(
        [(each.order.reported, _restored(each)) for each in mine],
        [(each.begins, each.ends) for each in planned],
        since,
        now,
    )
    if broken:
        return Stand(
            system.label, "恢复中", f"{timezone.localtime(broken[0].order.reported):%m-%d %H:%M} 起，正在恢复", share
        )
    running = [each for each in planned if each.begins <= now < each.ends]
    if running:
        return Stand(
            system.label, "暂停", f"停机维护，预计 {timezone.localtime(running[0].ends):%m-%d %H:%M} 结束", share
        )
    return Stand(system.label, "正常", "", share)


def available(failed: Sequence[Stretch], planned: Sequence[Stretch], since: datetime, now: datetime) -> float:
    """The share of the time outside announced maintenance in which nothing was broken; what overlaps counts once."""
    whole = [(since, now)]
    served = _without(whole, planned)
    up = _without(served, failed)
    total = _length(served)
    return _length(up) / total if total else 1.0


def _without(stretches: Sequence[Stretch], taken: Sequence[Stretch]) -> list[Stretch]:
    left = list(stretches)
    for first, last in taken:
        cut = [
            piece for begin, end in left for piece in ((begin, min(end, first)), (max(begin, last), end))
            if first < end and last > begin and piece[0] < piece[1]
        ]  # fmt: skip
        left = [*cut, *((begin, end) for begin, end in left if first >= end or last <= begin)]
    return left


def _length(stretches: Sequence[Stretch]) -> float:
    return sum((last - first).total_seconds() for first, last in stretches)
