"""Days that count: the State Council's working-day calendar and the arithmetic of statutory periods (行政许可法 第八十二条)."""

from yizheng.kernel.calendar.clock import BEIJING, beijing_today
from yizheng.kernel.calendar.due import Due, Pause
from yizheng.kernel.calendar.notice import NoticeError, YearNotice, parse_notice
from yizheng.kernel.calendar.office_calendar import Calendar, state_council_calendar
from yizheng.kernel.calendar.periods import (
    Period,
    Unit,
    add_months,
    add_years,
    bar_lifted_on,
    full_months,
    full_years,
    is_barred,
    months,
    natural_days,
    term_end,
    working_days,
    years,
)

__all__ = [
    "BEIJING", "Calendar", "Due", "NoticeError", "Pause", "Period", "Unit", "YearNotice", "add_months",
    "add_years", "bar_lifted_on", "beijing_today", "full_months", "full_years", "is_barred", "months",
    "natural_days", "parse_notice", "state_council_calendar", "term_end", "working_days", "years",
]  # fmt: skip
