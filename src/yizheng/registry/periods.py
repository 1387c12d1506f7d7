"""Dates of validity: half-open periods of Beijing days, and the day that stands for "no end"."""

from datetime import date, timedelta
from typing import Final

FOREVER: Final = date.max
"""9999-12-31: the open end of a period. A date that every tool can read, unlike PostgreSQL's `infinity`."""


def one_day(day: date) -> tuple[date, date]:
    """The period of that day alone. Raises OverflowError for the last day of the calendar."""
    return day, day + timedelta(days=1)


def last_day(until: date) -> date | None:
    """The last day a period holds that ends before `until`, as people read it; None when the end is open."""
    return None if until == FOREVER else until - timedelta(days=1)
