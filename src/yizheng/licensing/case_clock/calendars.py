"""The working-day calendar in force: the announced years that ship with the platform and those an administrator loaded."""

from datetime import datetime
from functools import lru_cache

from django.db.models import Count, Max

from yizheng.kernel.calendar import Calendar, state_council_calendar
from yizheng.licensing.models import CalendarYear

Edition = tuple[int, int | None, datetime | None]
"""How many years were loaded, the newest row and when it was written: rows are only ever added."""


def working_calendar() -> Calendar:
    """The calendar with every loaded year laid over the shipped ones; one small query, built once an edition."""
    found = CalendarYear.objects.aggregate(rows=Count("id"), newest=Max("id"), written=Max("loaded_at"))
    return _edition((found["rows"], found["newest"], found["written"]))


def loaded_years() -> list[CalendarYear]:
    """The row that counts of every loaded year, in order of years."""
    return list(CalendarYear.objects.select_related("loaded_by").order_by("year", "-id").distinct("year"))


@lru_cache(maxsize=8)
def _edition(edition: Edition) -> Calendar:
    calendar = state_council_calendar()
    if edition[0]:
        for row in loaded_years():
            calendar = calendar.with_year(
                row.year, holidays=frozenset(row.days_off), workdays=frozenset(row.working_weekends)
            )
    return calendar
