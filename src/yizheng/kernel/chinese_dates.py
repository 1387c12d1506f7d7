"""Dates as Chinese readers write them (2025年5月22日, 周四, 5月1日—5日), and dates as they type them."""

import re
from datetime import date, timedelta

from yizheng.kernel.signs import half_width

WEEKDAYS = "一二三四五六日"
_SEPARATED = re.compile(r"(\d{4})\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})", re.ASCII)
_WORDED = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日?", re.ASCII)
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIMED = re.compile(
    r"(.*?\d日?)(?:\s+|T|t)(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|z|[+-]\d{2}:?\d{2})?", re.ASCII
)
_NUMERALS = re.compile(
    r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日?"
)
_FIGURES = {"〇": 0, "○": 0, "零": 0} | {figure: value for value, figure in enumerate("一二三四五六七八九", 1)}
_BEIJING = timedelta(hours=8)


def long_date(day: date) -> str:
    """2025年5月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def day_of_month(day: date) -> str:
    """5月22日."""
    return f"{day.month}月{day.day}日"


def weekday(day: date) -> str:
    """周四."""
    return f"周{WEEKDAYS[day.weekday()]}"


def day_range(first: date, last: date) -> str:
    """A stretch within what is understood to be one year: 5月1日—5日, 1月28日—2月4日; one day stands alone."""
    if first == last:
        return day_of_month(first)
    if first.year != last.year:
        return f"{long_date(first)}—{long_date(last)}"
    tail = f"{last.day}日" if first.month == last.month else day_of_month(last)
    return f"{day_of_month(first)}—{tail}"


def parse_date(text: str) -> date | None:
    """A day as people and their programs write it, or None.

    2025-05-22, 2025/5/22, 2025.5.22, 2025年5月22日, 二〇二五年五月二十二日, 20250522, and the midnight of a day with or without its
    zone. A month is no day, nor is a time of day; an instant that falls on another day in Beijing is neither.
    """
    text = half_width(text).strip()
    timed = _TIMED.fullmatch(text)
    if timed is None:
        return _day_of(text)
    day = _day_of(timed[1])
    return day if day and _is_midnight_in_beijing(timed) else None


def _day_of(text: str) -> date | None:
    if found := _SEPARATED.fullmatch(text):
        parts = (found[1], found[3], found[4])
    elif found := _WORDED.fullmatch(text) or _DIGITS.fullmatch(text):
        parts = (found[1], found[2], found[3])
    elif found := _NUMERALS.fullmatch(text):
        parts = ("".join(str(_FIGURES[one]) for one in found[1]), _small(found[2]), _small(found[3]))
    else:
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None


def _small(numeral: str) -> str:
    """一 to 九十九 in figures; 0 where it is no such numeral."""
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return "0"
    return str((_FIGURES[tens] if tens else 1) * 10 * bool(ten) + (_FIGURES[ones] if ones else 0))


def _is_midnight_in_beijing(timed: re.Match[str]) -> bool:
    """Whether a time is the midnight of the written day, and lies on that day in Beijing as well."""
    hours, minutes, seconds = int(timed[2]), int(timed[3]), int(timed[4] or 0)
    midnight = hours == minutes == seconds == int(timed[5] or 0) == 0
    zone = timed[6]
    if zone is None or not midnight:
        return midnight
    ahead = timedelta(0)
    if zone not in "Zz":
        ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:])) * (-1 if zone[0] == "-" else 1)
    return timedelta(0) <= _BEIJING - ahead < timedelta(days=1)
