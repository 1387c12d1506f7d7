"""Days that count: the State Council's working-day calendar and the arithmetic of statutory periods (行政许可法 第八十二条)."""

from yizheng.kernel.calendar.clock import BEIJING, beijing_today, parse_moment
from yizheng.kernel.calendar.notice import NoticeError, YearNotice, parse_notice
from yizheng.kernel.calendar.office_calendar import Calendar, Due, Pause, state_council_calendar
from yizheng.kernel.calendar.periods import (
    Period,
    Unit,
    add_months,
    add_years,
    bar_lifted_on,
    full_months,
    full_years,
    natural_days,
    term_end,
    working_days,
)

__all__ = [
    "BEIJING", "Calendar", "Due", "NoticeError", "Pause", "Period", "Unit", "YearNotice", "add_months",
    "add_years", "bar_lifted_on", "beijing_today", "full_months", "full_years", "natural_days", "parse_moment",
    "parse_notice", "state_council_calendar", "term_end", "working_days",
]  # fmt: skip
