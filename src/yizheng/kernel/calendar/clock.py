"""The clock on the wall: a date in this system is a day in Beijing, whatever zone the machine is set to."""

from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")


def beijing_today() -> date:
    """Today's date in Beijing."""
    return datetime.now(BEIJING).date()
