"""What is known already: how orders of a line were solved, and which lines come back so often that a root is looked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from yizheng.systems.service.demands import DemandNumbers
from yizheng.systems.service.matters.acting import open_matter
from yizheng.systems.service.matters.kinds import IMPROVEMENT
from yizheng.systems.service.models import ContractLine, Entry, Matter, WorkOrder
from yizheng.systems.service.words import DEMANDS, EntryKind, OrderKind

_TELLING = (EntryKind.RESTORE, EntryKind.WORKAROUND, EntryKind.CLOSE)
_MOST = 5
_WINDOW = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Known:
    """An order that was solved, with the words of its solution."""

    order: WorkOrder
    solution: str


def solved_before(order: WorkOrder) -> list[Known]:
    """The newest solved orders of the same line and kind, each with what ended it."""
    entries = (
        Entry.objects.filter(
            order__line=order.line_id, order__kind=order.kind, order__closed__isnull=False, kind__in=_TELLING
        )
        .exclude(said="")
        .exclude(order=order.pk)
        .select_related("order")
        .order_by("-order_id", "id")[: _MOST * len(_TELLING)]
    )
    first: dict[int, Known] = {}
    for each in entries:
        first.setdefault(each.order_id, Known(each.order, each.said))
    return list(first.values())[:_MOST]


def open_root_causes(now: datetime) -> int:
    """A task for each line that failed or was complained of too often within thirty days; once a month. How many were opened."""
    today, opened = timezone.localdate(now), 0
    for line, number in _recurring(now, DemandNumbers.on(today).recurring):
        source = f"recurring:{line.pk}:{today:%Y-%m}"
        if not Matter.objects.filter(kind=IMPROVEMENT.code, source=source).exists():
            open_matter(IMPROVEMENT, None, f"{line} 反复出现", _content(line, number, today), source=source)
            opened += 1
    return opened


def _recurring(now: datetime, least: int) -> Iterator[tuple[ContractLine, int]]:
    kinds = [OrderKind.FAILURE, *sorted(DEMANDS - {OrderKind.CONSULT, OrderKind.SUGGESTION})]
    orders = WorkOrder.objects.filter(kind__in=kinds, reported__gt=now - _WINDOW, reported__lte=now)
    counted = orders.order_by().values("line").annotate(number=Count("pk")).filter(number__gte=least)
    numbers = {each["line"]: each["number"] for each in counted}
    for line in ContractLine.objects.filter(pk__in=numbers).order_by("code"):
        yield line, numbers[line.pk]


def _content(line: ContractLine, number: int, today: date) -> dict[str, str]:
    return {
        "why": f"30 日内 {number} 件故障、求助、投诉或者举报",
        "line": line.code,
        "planned": f"{today + timedelta(days=30):%Y-%m-%d}",
    }
