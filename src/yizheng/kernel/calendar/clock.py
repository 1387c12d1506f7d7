"""The clock on the wall: a date in this system is a day in Beijing, whatever zone the machine is set to."""

import re
from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
TODAY_IN_SQL = "(now() at time zone 'Asia/Shanghai')::date"
"""Today's date in Beijing as SQL says it; ``current_date`` is that of the session, which counts in UTC."""


def beijing_today() -> date:
    """Today's date in Beijing."""
    return datetime.now(BEIJING).date()


def parse_moment(text: str) -> datetime | None:
    """A moment as people type it (2026-03-01 14:30, 2026-3-1T8:05), in Beijing unless it names its zone; None where it is none."""
    try:
        found = datetime.fromisoformat(re.sub(r"(?<![.\d])(\d)(?!\d)", r"0\1", text))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=BEIJING)
