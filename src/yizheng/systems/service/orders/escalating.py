"""Warning before a promise of clause 8.2 is broken: at 50, 75 and 90 percent of a limit, to engineers, then their manager."""

from collections.abc import Iterator
from datetime import timedelta

from yizheng.people.kinds import Role
from yizheng.people.scopes import city
from yizheng.systems.service.models import WorkOrder
from yizheng.systems.service.orders.standing import LIMITS, Standing
from yizheng.systems.service.words import OrderKind
from yizheng.work import inbox
from yizheng.work.models import Notice
from yizheng.work.schedules import schedule

STEPS = ((50, Role.ENGINEER), (75, Role.ENGINEER), (90, Role.SERVICE_MANAGER), (100, Role.SERVICE_MANAGER))
"""By how many percent of a limit who is told."""
KIND = "service.escalation"


@schedule("* * * * *", "service.escalate", title="故障时限预警")
def escalate() -> int:
    """Tell of every step that was reached and not told yet; how many were told."""
    failures = WorkOrder.objects.open().filter(kind=OrderKind.FAILURE).with_entries()
    told = 0
    for order in failures:
        for title, role in _reached(Standing(order)):
            if not Notice.objects.filter(kind=KIND, title=title).exists():
                inbox.send(title=title, kind=KIND, role=role, scope=city(), link=order.get_absolute_url())
                told += 1
    return told


def _reached(standing: Standing) -> Iterator[tuple[str, Role]]:
    book = standing.ledger
    so_far = book.gross_at(book.now)
    if so_far is None:
        return
    running: list[tuple[str, timedelta]] = []
    if not standing.answered:
        running.append(("答复", LIMITS.response))
    if not standing.restored:
        running.append(("恢复", LIMITS.restore))
    for promise, limit in running:
        for percent, role in STEPS:
            if so_far * 100 >= limit * percent:
                said = "时限已到" if percent == 100 else f"时限已过 {percent}%"
                yield f"{standing.order.number} {promise}{said}：{standing.order.title}", role
