"""The figures of a period: each with what it counts and the list that opens its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median

from django.urls import reverse
from django.utils import timezone

from yizheng.systems.service.clauses.changes import account_of_changes
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.demands import composite, rates
from yizheng.systems.service.ledger import Kept
from yizheng.systems.service.models import Inspection
from yizheng.systems.service.models.inspection import Verdict
from yizheng.systems.service.orders.standing import LIMITS, Standing
from yizheng.systems.service.reclocking import reclocked
from yizheng.systems.service.words import DEMANDS, OrderKind


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a report: its name, what it says, and where its rows are."""

    title: str
    value: str
    url: str


def figures(around: Surroundings, first: date, last: date) -> list[Figure]:
    """What a report of these days says; both days included. Without failures there is no share, and it says so."""
    orders = [each for each in around.standings if first <= timezone.localdate(each.order.reported) <= last]
    period = f"from={first}&to={last}"
    listed = reverse("service:orders") + f"?{period}"
    made = [
        Figure("工单", f"{len(orders)} 件，办结 {sum(each.ended for each in orders)} 件", listed),
        *_failures(around, first, last, f"{listed}&kind=failure"),
        *_demands([each for each in orders if each.order.kind in DEMANDS], f"{listed}&kind=demands", last),
        Figure(
            "晚于约定时限", f"{sum(each.late for each in orders if not each.is_failure)} 件", f"{listed}&state=late"
        ),
        Figure("用时", _effort(orders), listed),
        Figure("小变更", _changes(around, last), reverse("service:changes")),
    ]
    return [*made, _inspections(first, last, period)]


def _failures(around: Surroundings, first: date, last: date, listed: str) -> Iterable[Figure]:
    failures = reclocked(around.contract, _morning(first), _morning(last + timedelta(days=1)), around.now)
    yield Figure("故障", f"{len(failures)} 件" if failures else "没有发生", listed)
    if not failures:
        return
    answered = [each.answered(LIMITS) for each in failures]
    restored = [each.restored(LIMITS) for each in failures]
    yield Figure("1 小时内答复", f"{answered.count(Kept.YES)} / {len(failures)}", listed)
    yield Figure("4 小时内恢复（毛计）", f"{restored.count(Kept.YES)} / {len(failures)}", listed)
    net = [each.restored_net(LIMITS) for each in failures]
    yield Figure("4 小时内恢复（净计，供参考）", f"{net.count(Kept.YES)} / {len(failures)}", listed)
    own = [each for each in failures if each.binding]
    late = [each for each in own if Kept.NO in (each.answered(LIMITS), each.restored(LIMITS))]
    yield Figure("乙方原因且超时限", f"{len(late)} / {len(own)}", listed)
    taken = [each.gross for each in failures if each.gross is not None]
    if taken:
        middle = timedelta(seconds=median(each.total_seconds() for each in taken))
        yield Figure("恢复用时", f"中位 {clock(middle)}，最长 {clock(max(taken))}", listed)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _demands(demands: list[Standing], listed: str, day: date) -> Iterable[Figure]:
    yield Figure("诉求", f"{len(demands)} 件" if demands else "没有收到", listed)
    if not demands:
        return
    found = rates(demands, day)
    for each in found:
        yield Figure(
            each.title, _share(each.part, each.whole), f"{listed}&state=asked" if each.title == "满意率" else listed
        )
    whole = composite(found, day)
    if whole is not None:
        yield Figure("接诉即办综合", f"{whole:.2%}（权重按规则参数）", listed)


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}（{part} / {whole}）" if whole else "—（没有回访）"


def _effort(orders: list[Standing]) -> str:
    minutes = sum(entry.minutes for each in orders for entry in each.entries)
    return f"{minutes / 60:.1f} 小时"


def _changes(around: Surroundings, last: date) -> str:
    booked = [each for each in account_of_changes(around).booked if each.on <= last]
    agreed = len([each for each in around.changes if each.order.kind == OrderKind.CHANGE and each.change == "agreed"])
    return f"同意 {agreed} 项，累计 {sum(each.days for each in booked):g} / 20 人日"


def _inspections(first: date, last: date, period: str) -> Figure:
    made = Inspection.objects.filter(at__date__range=(first, last))
    wrong = made.filter(verdict__in=[Verdict.WARNING, Verdict.FAULT]).count()
    url = reverse("service:inspections") + f"?{period}"
    return Figure("巡检", f"{made.count()} 次，告警或者失败 {wrong} 次", url)


def clock(taken: timedelta) -> str:
    """1:26, hours and minutes."""
    minutes = int(taken.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02d}"
