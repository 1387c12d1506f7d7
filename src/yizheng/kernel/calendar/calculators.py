"""calendar.due: when a period runs out, what of it moves to a working day, and how late an act was (许可法 82, 民法典 201—203)."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from yizheng.kernel.calculators import Row, calculator
from yizheng.kernel.calendar.notice import shipped_notices
from yizheng.kernel.calendar.office_calendar import Calendar, Pause
from yizheng.kernel.calendar.periods import add_months, add_years

_ONE = timedelta(days=1)
ANNOUNCED = range(2024, 2027)
"""The years whose holidays the calculators count; outside them weekends alone are days off."""


@cache
def calendar() -> Calendar:
    """The working days the calculators count."""
    return Calendar({year: notice for year, notice in shipped_notices().items() if year in ANNOUNCED})


@calculator(
    "calendar.due",
    "期限",
    source="行政许可法第四十二条、第四十五条、第八十二条；民法典第二百零一条至第二百零三条",
    input="start:date n:int unit:text direction:text kind:text pause_from:date* pause_to:date* extra:int* act:date*",
    output="first nominal last late",
    choices={"unit": ("workday", "day", "month", "year"), "direction": ("after", "before"), "kind": ("act", "bar")},
    as_typed=True,
)
def due(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The first day counted, the end of the count, the last day of the act, and by how much the act was late."""
    for row in rows:
        after = row["direction"] == "after"
        start, count = row["start"], row["n"] + (row["extra"] or 0)
        nominal = _nominal(row, count)
        rolls = row["kind"] == "act" and after
        last = calendar().next_working_day(nominal, inclusive=True) if rolls else nominal
        yield {
            "first": start + _ONE if after else start - _ONE,
            "nominal": nominal,
            "last": last,
            "late": _late(row, last),
        }


def _nominal(row: Row, count: int) -> date:
    start: date = row["start"]
    sign = 1 if row["direction"] == "after" else -1
    match row["unit"]:
        case "day":
            return start + timedelta(days=sign * count)
        case "month":
            return add_months(start, sign * count)
        case "year":
            return add_years(start, sign * count)
    return _working_days(row, count, sign)


def _working_days(row: Row, count: int, sign: int) -> date:
    start: date = row["start"]
    pause = [Pause(row["pause_from"], row["pause_to"])] if row["pause_from"] and row["pause_to"] else []
    if sign > 0:
        return calendar().add_working_days(start, count, pause)
    day, left = start, count
    while left:
        day -= _ONE
        paused = any(each.first <= day <= each.last for each in pause)
        left -= calendar().is_working_day(day) and not paused
    return day


def _late(row: Row, last: date) -> int | None:
    act: date | None = row["act"]
    if act is None:
        return None
    if act <= last:
        return 0
    if row["unit"] == "workday":
        return calendar().working_days_between(last, act)
    return (act - last).days
