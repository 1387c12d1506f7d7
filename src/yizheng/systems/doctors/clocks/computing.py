"""From the register to the calendar of deadlines: one query a clock over everybody, or over the few a decision touched.

Rows whose facts changed are removed while they have not fired; what was warned of keeps its mark. Call as the system.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from yizheng.licensing.calendars import working_calendar
from yizheng.systems.doctors.clocks import permits, registration  # noqa: F401 declares the clocks
from yizheng.systems.doctors.clocks.declaring import Clock, clocks
from yizheng.systems.doctors.clocks.numbers import given

HORIZON = timedelta(days=400)
"""How far ahead the calendar is kept: a year of warning and some."""


def recompute(on: date, subjects: Iterable[int] | None = None) -> int:
    """Bring the calendar up to date for these people, or for everybody; returns how many deadlines it holds for them."""
    numbers = given(on, subjects)
    with transaction.atomic(), connection.cursor() as cursor:
        return sum(_merge(cursor, each, numbers) for each in clocks())


def _merge(cursor: Any, clock: Clock, numbers: dict[str, Any]) -> int:
    today: date = numbers["today"]
    since = date.min if clock.looks_back is None else today - timedelta(days=clock.looks_back)
    mine = "" if numbers["subjects"] is None else "and q.subject_id = any(%(subjects)s)"
    asked = {**numbers, "clock": clock.code, "since": since, "until": today + HORIZON}
    cursor.execute(_FOUND.replace("{found_by}", clock.found_by.replace("{mine}", mine)), asked)
    if clock.performed:
        _move_to_working_days(cursor, today)
    cursor.execute(_ENTER, asked)
    cursor.execute(_DROP if numbers["subjects"] is None else _DROP_MINE, asked)
    cursor.execute("select count(*) from deadline_found")
    (held,) = cursor.fetchone()
    cursor.execute("drop table deadline_found")
    return int(held)


def _move_to_working_days(cursor: Any, today: date) -> None:
    """What must be done by a day off may still be done on the next working day."""
    calendar = working_calendar()
    cursor.execute("select distinct fires_on from deadline_found")
    days = [day for (day,) in cursor.fetchall()]
    moved = {day: calendar.next_working_day(day, inclusive=True) for day in days}
    shifted = [(day, to) for day, to in moved.items() if day != to]
    if shifted:
        cursor.execute(
            "update deadline_found f set fires_on = m.later"
            " from unnest(%s::date[], %s::date[]) as m(day, later) where m.day = f.fires_on",
            [[day for day, _ in shifted], [to for _, to in shifted]],
        )


_FOUND = """
create temp table deadline_found on commit drop as
select distinct on (subject_id, line, fires_on) * from ({found_by}) found
where fires_on between %(since)s and %(until)s
order by subject_id, line, fires_on
"""

_ENTER = """
insert into doctors_deadline
    (clock, subject_id, line, fires_on, authority_scope, institution_id, about, cause, outcome)
select %(clock)s, subject_id, line, fires_on, authority_scope, institution_id, about, cause, '' from deadline_found
on conflict (subject_id, clock, line, fires_on) do update
set authority_scope = excluded.authority_scope, institution_id = excluded.institution_id,
    about = excluded.about, cause = excluded.cause
where doctors_deadline.fired_on is null
  and (doctors_deadline.authority_scope, doctors_deadline.institution_id, doctors_deadline.about, doctors_deadline.cause)
      is distinct from (excluded.authority_scope, excluded.institution_id, excluded.about, excluded.cause)
"""

_DROP = """
delete from doctors_deadline d
where d.clock = %(clock)s and d.fired_on is null
  and not exists (
      select from deadline_found f
      where f.subject_id = d.subject_id and f.line = d.line and f.fires_on = d.fires_on)
"""

_DROP_MINE = _DROP + " and d.subject_id = any(%(subjects)s)"
