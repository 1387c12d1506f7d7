"""A due date that can give its reasons: which days were counted against the habit of the week, and which were not."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from yizheng.kernel.calendar.notice import runs
from yizheng.kernel.calendar.periods import Period, Unit
from yizheng.kernel.chinese_dates import day_of_month, day_range


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch that does not count, first and last day included (行政许可法 第四十五条: 听证、检验、专家评审等)."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class Due:
    """When a period runs out. ``unannounced_years`` are counted by weekends only and may still move the day."""

    start: date
    period: Period
    last: date
    unannounced_years: tuple[int, ...]
    explanation: str


class DaysByNotice(Protocol):
    """What an explanation needs to know of a calendar."""

    def announced(self, year: int) -> bool:
        """Whether the notice of a year is known."""
        ...

    def days_off(self, first: date, last: date) -> list[date]:
        """Days off by notice in a stretch."""
        ...

    def make_up_days(self, first: date, last: date) -> list[date]:
        """Weekend days worked in a stretch."""
        ...

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on a day."""
        ...


def explain(
    calendar: DaysByNotice, start: date, period: Period, last: date, event: str, pauses: Sequence[Pause]
) -> str:
    """In words, why the period that began with ``event`` on ``start`` runs out on ``last``."""
    opening = f"{day_of_month(start)}{event}，次日起算{period}。"
    if period.unit is Unit.WORKING_DAY:
        reasons = [*_counted(calendar, start, last), *_not_counted(calendar, start, last, pauses)]
    else:
        reasons = list(_moved(calendar, start, period, last))
    body = "；".join(reasons) + "。" if reasons else ""
    return opening + body + "".join(_uncertain(calendar, start, last))


def _counted(calendar: DaysByNotice, start: date, last: date) -> Iterator[str]:
    days = calendar.make_up_days(start + timedelta(days=1), last)
    if days:
        yield "、".join(day_of_month(day) for day in days) + "调休上班计入"


def _not_counted(calendar: DaysByNotice, start: date, last: date, pauses: Sequence[Pause]) -> Iterator[str]:
    holidays = "、".join(
        day_range(first, end) for first, end in runs(calendar.days_off(start + timedelta(days=1), last))
    )
    if holidays:
        yield holidays + "放假不计"
    for pause in pauses:
        if pause.last > start and pause.first <= last:
            yield f"{day_range(pause.first, pause.last)}{pause.reason}期间不计"


def _moved(calendar: DaysByNotice, start: date, period: Period, last: date) -> Iterator[str]:
    before = last - timedelta(days=1)
    if period.unit is Unit.DAY and start + timedelta(days=period.count) == last:
        return
    if not calendar.is_working_day(before):
        first = before
        while not calendar.is_working_day(first - timedelta(days=1)) and first > start:
            first -= timedelta(days=1)
        yield f"期满之日在{day_range(first, before)}休息日内，顺延至{day_of_month(last)}"


def _uncertain(calendar: DaysByNotice, start: date, last: date) -> Iterator[str]:
    for year in range(start.year, last.year + 1):
        if not calendar.announced(year):
            yield f"{year}年放假安排尚未公布，暂只扣除周六、周日。"
