"""Dates of validity: half-open periods of Beijing days, and the day that stands for "no end"."""

from datetime import date, timedelta
from typing import Final

FOREVER: Final = date.max
"""9999-12-31: the open end of a period. A date that every tool can read, unlike PostgreSQL's `infinity`."""

ONE_DAY: Final = timedelta(days=1)


def day_after(day: date) -> date:
    """The next day; the last day of the calendar has none and raises OverflowError."""
    return day + ONE_DAY
