"""Dates as Chinese readers write them (2025年5月22日, 周四, 5月1日—5日), and dates as they type them."""

import re
from datetime import date

WEEKDAYS = "一二三四五六日"
_TYPED = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", re.ASCII)
_DIGITS = re.compile(r"\d{8}", re.ASCII)
_NARROW = str.maketrans("０１２３４５６７８９－／．", "0123456789-/.")
"""Full-width digits and signs, as Chinese input methods leave them, in their ordinary width."""


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
    """A date as a person types it (2025-05-22, 2025/5/22, 2025.5.22, 2025年5月22日, 20250522, full-width too), or None."""
    text = text.strip().translate(_NARROW)
    if _DIGITS.fullmatch(text):
        parts = (text[:4], text[4:6], text[6:])
    elif match := _TYPED.fullmatch(text):
        parts = (match[1], match[2], match[3])
    else:
        return None
    try:
        return date(int(parts[0]), int(parts[1]), int(parts[2]))
    except ValueError:
        return None
