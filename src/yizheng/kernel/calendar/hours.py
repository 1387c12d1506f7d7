"""The hours that count: every hour of every day, or the office hours of working days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from yizheng.kernel.calendar.office_calendar import Calendar

_ONE = timedelta(days=1)
Stretch = tuple[datetime, datetime]
"""From a moment up to a later one."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Times of day that count on working days; without a calendar all time counts."""

    calendar: Calendar | None = None
    open: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13, 30), time(17, 30)))

    def running(self, start: datetime, end: datetime) -> timedelta:
        """How much time that counts lies between two moments; nothing where the end is not later."""
        total = timedelta()
        for first, last in self._stretches(start):
            if first >= end:
                break
            total += min(last, end) - first
        return total

    def after(self, start: datetime, count: timedelta) -> datetime:
        """The earliest moment at which so much time that counts has run since a moment."""
        for first, last in self._stretches(start):
            if last - first >= count:
                return first + count
            count -= last - first
        raise AssertionError("the hours of working days never end")

    def _stretches(self, start: datetime) -> Iterator[Stretch]:
        """What counts from a moment on, in order."""
        if self.calendar is None:
            yield start, datetime.max  # noqa: DTZ901 — the clock of Beijing, as all moments here
            return
        day = start.date()
        while True:
            if self.calendar.is_working_day(day):
                for first, last in self._of(day):
                    if last > start:
                        yield max(first, start), last
            day += _ONE

    def _of(self, day: date) -> Iterator[Stretch]:
        return ((datetime.combine(day, first), datetime.combine(day, last)) for first, last in self.open)


ROUND_THE_CLOCK = Hours()
