"""Arithmetic of years and months, as bars, terms and trainings are counted.

The day of the event is not counted and the full period must have run, so the anniversary itself still lies inside
a bar of "不满二年"; in a year without 29 February the anniversary is 28 February (《中华人民共和国民法典》第二百零一条、第二百零二条).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Unit(StrEnum):
    """What a period is counted in."""

    WORKING_DAY = "working_day"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"

    @property
    def measure(self) -> str:
        """The Chinese measure word after the number."""
        return {"working_day": "个工作日", "day": "日", "month": "个月", "year": "年"}[self.value]


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time with its unit, e.g. 20 working days."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError(f"期限不能为负数：{self.count}")

    def __str__(self) -> str:
        return f"{self.count}{self.unit.measure}"


def working_days(count: int) -> Period:
    """So many working days (工作日)."""
    return Period(count, Unit.WORKING_DAY)


def natural_days(count: int) -> Period:
    """So many calendar days (自然日)."""
    return Period(count, Unit.DAY)


def add_months(day: date, count: int) -> date:
    """The same day ``count`` months later (or earlier), or the last day of a month too short for it."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_years(day: date, count: int) -> date:
    """The anniversary ``count`` years later; 29 February becomes 28 February in a common year."""
    return add_months(day, count * 12)


def full_months(first_day: date, last_day: date) -> int:
    """Whole months in a stretch whose first and last day both count: 5 January to 4 July are six."""
    end = last_day + timedelta(days=1)
    if end <= first_day:
        return 0
    return (end.year - first_day.year) * 12 + end.month - first_day.month - (end.day < first_day.day)


def full_years(first_day: date, last_day: date) -> int:
    """Whole years in a stretch whose first and last day both count."""
    return full_months(first_day, last_day) // 12


def term_end(first_day: date, count: int) -> date:
    """The last day of a term of ``count`` years beginning on ``first_day``: five years from 2020-05-12 end on 2025-05-11."""
    return add_years(first_day, count) - timedelta(days=1)


def bar_lifted_on(event: date, count: int) -> date:
    """The first day on which one may apply again after a bar of ``count`` years; the anniversary is still barred."""
    return add_years(event, count) + timedelta(days=1)
