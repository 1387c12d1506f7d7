"""The bars of the two promises of clause 8.2: how much of each is used, whether it was kept, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from yizheng.systems.service.ledger import Kept
from yizheng.systems.service.orders.standing import LIMITS, Standing
from yizheng.systems.service.reports.figures import clock

TICKS = (50, 75, 90)
"""Where people are warned, in percent of a limit."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One promise as a bar: its title, the used share in percent, its tone, and the words at its end."""

    title: str
    percent: int
    tone: str
    words: str
    ticks: tuple[int, ...] = TICKS


def bars(standing: Standing) -> list[Bar]:
    """Answer within one hour, restored within four."""
    book, now = standing.ledger, standing.ledger.now
    answer = _bar(
        "答复 1 小时", book.response, _since(book.reported, now), LIMITS.response, book.response_kept, book.response_due
    )
    restore = _bar(
        "恢复 4 小时",
        book.restore_gross,
        _since(book.reported, now),
        LIMITS.restore,
        book.restore_kept_gross,
        book.restore_due,
    )
    if book.restore_net is not None and book.restore_net != book.restore_gross:
        restore = Bar(restore.title, restore.percent, restore.tone, f"{restore.words}，净计 {clock(book.restore_net)}")
    return [answer, restore]


def _bar(
    title: str,
    taken: timedelta | None,
    so_far: timedelta | None,
    limit: timedelta,
    kept: Kept | None,
    due: datetime | None,
) -> Bar:
    used = taken if taken is not None else so_far
    if used is None or due is None:
        return Bar(title, 0, "past", "还没有报告时间")
    percent = min(100, int(used * 100 / limit))
    if taken is not None:
        words = f"{clock(taken)}，{'及时' if kept is Kept.YES else '超时限'}"
        return Bar(title, percent, "ok" if kept is Kept.YES else "bad", words)
    if kept is Kept.NO:
        return Bar(title, 100, "bad", f"已超 {clock(used - limit)}")
    return Bar(
        title, percent, "warn" if percent >= TICKS[0] else "go", f"剩 {clock(limit - used)}，到 {due:%m-%d %H:%M}"
    )


def _since(start: datetime | None, now: datetime) -> timedelta | None:
    return None if start is None else now - start
