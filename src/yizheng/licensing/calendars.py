"""The working-day calendar in force: the announced years that ship with the platform and those an administrator loaded."""

from __future__ import annotations

from functools import lru_cache

from yizheng.kernel.calendar import Calendar, state_council_calendar
from yizheng.licensing.models import CalendarYear


def working_calendar() -> Calendar:
    """The calendar with every loaded year laid over the shipped ones; cached per set of loaded years."""
    loaded = tuple(CalendarYear.objects.order_by("year", "-id").distinct("year").values_list("id", flat=True))
    return _with_loaded(loaded)


@lru_cache(maxsize=8)
def _with_loaded(rows: tuple[int, ...]) -> Calendar:
    calendar = state_council_calendar()
    for row in CalendarYear.objects.filter(pk__in=rows).order_by("year"):
        calendar = calendar.with_year(row.year, holidays=row.holiday_dates(), workdays=row.workday_dates())
    return calendar
