"""How data is written: dates, lengths, numbers, identities with their middle covered.

Filters take what the page has (None included: an em dash) and round only here, at display.
"""

import re
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from yizheng.kernel import chinese_dates
from yizheng.kernel.identifiers.institution import SEGMENTS, SHAPE

register = template.Library()

NOTHING = "—"
_DAY = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")
FOREVER = 9999
"""The year that stands for an open end."""
_GROUPS = {15: (3, 6, 6), 22: (4, 6, 6, 6), 18: (6, 8, 4)}


def _local(value: date | datetime) -> date | datetime:
    return timezone.localtime(value) if isinstance(value, datetime) and timezone.is_aware(value) else value


@register.filter
def day(value: date | None) -> str:
    """2025-05-22, as tables have it."""
    return _local(value).strftime("%Y-%m-%d") if value and value.year < FOREVER else NOTHING


@register.filter
def short_day(value: date | None) -> str:
    """05-22, within this year."""
    return _local(value).strftime("%m-%d") if value else NOTHING


@register.filter
def weekday_name(value: date | None) -> str:
    """周四."""
    return chinese_dates.weekday(_local(value)) if value else ""


@register.filter
def full_weekday(value: date) -> str:
    """星期四."""
    return f"星期{chinese_dates.WEEKDAYS[_local(value).weekday()]}"


@register.filter
def sentence_day(value: date | None) -> str:
    """2025年5月22日, as sentences and public pages have it."""
    return chinese_dates.long_date(_local(value)) if value and value.year < FOREVER else NOTHING


@register.filter
def days_in_words(value: str) -> str:
    """A text whose days (2025-05-22 至 2026-05-21) are written as sentences have them."""
    return _DAY.sub(_in_words, value).replace("日 至 ", "日至")


def _in_words(found: re.Match[str]) -> str:
    day = chinese_dates.parse_date(found[0])
    return found[0] if day is None else chinese_dates.long_date(day)


@register.filter
def minute(value: datetime | None) -> str:
    """10:46, Beijing time."""
    return _local(value).strftime("%H:%M") if value else NOTHING


@register.filter
def moment(value: datetime | None) -> str:
    """05-22 10:46."""
    return _local(value).strftime("%m-%d %H:%M") if value else NOTHING


@register.filter
def full_moment(value: datetime | None) -> str:
    """2025年5月22日 10:46."""
    return f"{chinese_dates.long_date(_local(value))} {minute(value)}" if value else NOTHING


@register.filter
def until(first: date | None, last: date | None) -> str:
    """2023年3月1日—2026年2月28日; an open end reads 2023年3月1日起."""
    if not first:
        return NOTHING
    if not last or last.year >= FOREVER:
        return f"{chinese_dates.long_date(first)}起"
    return f"{chinese_dates.long_date(first)}—{chinese_dates.long_date(last)}"


@register.filter
def thousands(value: int | str | None) -> str:
    """12,391; a component's attribute arrives as text."""
    return NOTHING if value in (None, "") else f"{int(value):,}"


@register.filter
def figure(value: float | int | None) -> str:
    """12,391, or with the decimals it has: 1.25."""
    return (
        NOTHING
        if value is None
        else f"{value:,}"
        if isinstance(value, int)
        else f"{value:,.4f}".rstrip("0").rstrip(".")
    )


@register.filter
def grouped(value: str | None) -> SafeString | str:
    """A long number in groups with drawn gaps: copying it gives the digits alone (110 110108 004217).

    The registration number of an institution falls into its parts (E99900190 110108 17 D212 2).
    The number of a document (海卫医许准〔2026〕000003号) stands as it is written.
    """
    if not value:
        return NOTHING
    if not value.isascii():
        return value
    parts, start = [], 0
    for size in SEGMENTS if SHAPE.fullmatch(value) else _GROUPS.get(len(value), (len(value),)):
        parts.append((value[start : start + size],))
        start += size
    return format_html('<span class="groups">{}</span>', format_html_join("", "<span>{}</span>", parts))


@register.filter
def covered_practice_number(value: str | None) -> SafeString | str:
    """110 110108 ***217: the practice number on a public page."""
    if not value or len(value) != 15:
        return value or NOTHING
    return format_html(
        '<span class="groups"><span>{}</span><span>{}</span><span>***{}</span></span>',
        value[:3], value[3:9], value[-3:],
    )  # fmt: skip


@register.filter
def as_cell(value: object) -> str:
    """A cell of a printed list: a day, a moment, a yes or no, a number or a text as it stands."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d %H:%M}"
    return day(value) if isinstance(value, date) else str(value)
