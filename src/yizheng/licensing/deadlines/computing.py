"""From the register to the calendar of deadlines: one query a clock over everybody, or over the few a decision touched.

What all clocks found is entered together, in a few statements however many clocks there are.

Rows whose facts changed are removed while they have not fired; what was warned of keeps its mark. Both sides of every
comparison are temporary tables analysed just before, so that no plan rests on statistics of yesterday. Call as the system.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction

from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.deadlines.clocks import Clock, clock, clocks
from yizheng.licensing.models import Deadline

_PARAMETER = re.compile(r"%\((\w+)\)s")
"""A parameter in the statement of a clock; registers name the same number each with a value of its own."""
HORIZON = timedelta(days=400)
"""How far ahead the calendar is kept: a year of warning and some."""


def recompute(on: date, subjects: Iterable[int] | None = None) -> int:
    """Bring the calendar up to date for these subjects, or for all; returns how many deadlines it holds for them."""
    asked = {"today": on, "subjects": None if subjects is None else list(subjects), "until": on + HORIZON}
    everybody = subjects is None
    numbers = {of: of.parameters(on) for of in dict.fromkeys(each.of for each in clocks())}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TABLE)
        for each in clocks():
            known = {**numbers[each.of], **asked, "clock": each.code, "since": each.looks_back_to(on)}
            cursor.execute(f"{_FOUND}{_select(each, everybody)}) found", known)
        _move_to_working_days(cursor, [each.code for each in clocks() if each.performed])
        return _merge(cursor, {**asked, "clocks": [each.code for each in clocks()]}, everybody)


def due_for(subject_id: int, on: date) -> list[Deadline]:
    """What fires for one person by her facts as they are this moment, the nearest first, in one query besides the numbers.

    The calendar is minutes behind a decision; what she reads on her own page is not. Call as the system.
    """
    asked = {"today": on, "subjects": [subject_id], "until": on + HORIZON, "since": on}
    columns = "subject_id, line, fires_on, authority_scope, institution_id, cause, about"
    statements: list[str] = []
    values: dict[str, Any] = {}
    for each in clocks():
        prefix = f"{each.of.register.code}_"
        statement = f"select '{each.code}' as clock, {columns} from ({_select(each, False)}) {each.code}"  # noqa: S608
        statements.append(_PARAMETER.sub(rf"%({prefix}\1)s", statement))
    for of in dict.fromkeys(each.of for each in clocks()):
        values |= {f"{of.register.code}_{name}": value for name, value in {**of.parameters(on), **asked}.items()}
    calendar = working_calendar()
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(statements), values)
        names = [column.name for column in cursor.description]
        found = [Deadline(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
    for due in found:
        declared = clock(due.clock)
        if declared is not None and declared.performed:
            due.fires_on = calendar.next_working_day(due.fires_on, inclusive=True)
    return sorted(found, key=lambda due: (due.fires_on, due.clock, due.line))


def _merge(cursor: Any, asked: Mapping[str, Any], everybody: bool) -> int:
    """Enter what was found of all clocks, and remove what is no longer."""
    cursor.execute("analyze deadline_found")
    cursor.execute(_ENTER)
    cursor.execute(_PENDING.format(mine="" if everybody else "and subject_id = any(%(subjects)s)"), asked)
    cursor.execute("analyze deadline_pending")
    cursor.execute(_DROP)
    cursor.execute("select count(*) from deadline_found")
    (held,) = cursor.fetchone()
    cursor.execute("drop table deadline_found, deadline_pending")
    return int(held)


def _select(clock: Clock, everybody: bool) -> str:
    """The deadlines of a clock; of several facts of one line that fire on a day one is kept."""
    standing = ["fact.closed is null", clock.where]
    if clock.holds_today:
        standing += ["fact.valid_from <= %(today)s", "fact.valid_to > %(today)s"]
    if not everybody:
        standing += ["fact.subject_id = any(%(subjects)s)"]
    return f"""
        select distinct on (subject_id, line, fires_on) * from (
            select fact.subject_id, fact.line, {clock.fires_on} as fires_on, fact.authority_scope,
                   {clock.institution} as institution_id, {clock.cause} as cause, {clock.about} as about
            from {clock.fact.fact_table()} fact {clock.joins}
            where {" and ".join(standing)}
        ) found
        where fires_on between %(since)s and %(until)s
        order by subject_id, line, fires_on
    """  # noqa: S608 expressions of declarations


def _move_to_working_days(cursor: Any, performed: list[str]) -> None:
    """What must be done by a day off, as these clocks have it, may still be done on the next working day."""
    calendar = working_calendar()
    cursor.execute("select distinct fires_on from deadline_found where clock = any(%s)", [performed])
    days = [day for (day,) in cursor.fetchall()]
    moved = {day: calendar.next_working_day(day, inclusive=True) for day in days}
    shifted = [(day, to) for day, to in moved.items() if day != to]
    if shifted:
        cursor.execute(
            "update deadline_found f set fires_on = m.later"
            " from unnest(%s::date[], %s::date[]) as m(day, later) where m.day = f.fires_on and f.clock = any(%s)",
            [[day for day, _ in shifted], [to for _, to in shifted], performed],
        )


_TABLE = """
create temp table deadline_found (
    clock text, subject_id bigint, line text, fires_on date, authority_scope int, institution_id bigint, cause bigint,
    about text
) on commit drop
"""
_FOUND = "insert into deadline_found select %(clock)s, found.* from ("

_ENTER = """
insert into licensing_deadline as kept
    (clock, subject_id, line, fires_on, authority_scope, institution_id, about, cause, outcome)
select clock, subject_id, line, fires_on, authority_scope, institution_id, about, cause, '' from deadline_found
on conflict (subject_id, clock, line, fires_on) do update
set authority_scope = excluded.authority_scope, institution_id = excluded.institution_id,
    about = excluded.about, cause = excluded.cause
where kept.fired_on is null
  and (kept.authority_scope, kept.institution_id, kept.about, kept.cause)
      is distinct from (excluded.authority_scope, excluded.institution_id, excluded.about, excluded.cause)
"""

_PENDING = """
create temp table deadline_pending on commit drop as
select id, clock, subject_id, line, fires_on from licensing_deadline
where clock = any(%(clocks)s) and fired_on is null {mine}
"""

# By their ids: the comparison is between two analysed tables, the deletion by key.
_DROP = """
delete from licensing_deadline where id = any(array(
    select p.id from deadline_pending p
    where not exists (
        select from deadline_found f
        where f.clock = p.clock and f.subject_id = p.subject_id and f.line = p.line and f.fires_on = p.fires_on)
))
"""
