"""A new calendar moves the due days of cases on their way: reckoned from their events in portions, written set-based.

A clock is a ledger read from events alone, so the new day is the day it would have been all along. A case that
somebody moves meanwhile is looked at again: the update claims it by its revision and writes nothing over it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.urls import reverse
from django.utils import timezone

from yizheng.kernel.calendar import Calendar
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.models import Case, CaseEvent
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.work import jobs

PORTION = 500
AT_ONCE = 200
"""Cases that are moved within the approval itself; more than that is a job with progress."""
REASON = "工作日历变更，重算到期日"

#: Writes the new due days of cases that nobody has moved since they were read; answers which were written.
_MOVE = """
update licensing_case
set due_on = moved.due_on
from unnest(%s::bigint[], %s::int[], %s::date[]) as moved (id, revision, due_on)
where licensing_case.id = moved.id and licensing_case.revision = moved.revision
returning licensing_case.id
"""


Move = tuple[Case, date | None]
"""A case whose due day changes, and the new one."""


@dataclass(frozen=True, slots=True)
class Effect:
    """How many open cases a calendar moves; of them later, earlier, and newly overdue today."""

    looked_at: int
    moved: int
    later: int
    earlier: int
    overdue: int


def preview(first_day: date, calendar: Calendar) -> Effect:
    """What ``calendar``, which differs from the one in force from ``first_day`` on, does to open cases. Writes nothing."""
    today = timezone.localdate()
    with acting_as_system("工作日历变更的预览"):
        ids = _running(first_day)
        moves = [move for portion in _portions(ids) for move in _moves(portion, calendar)]
    earlier = [(case.due_on, after) for case, after in moves if case.due_on and after and after < case.due_on]
    overdue = [after for before, after in earlier if after < today <= before]
    return Effect(len(ids), len(moves), len(moves) - len(earlier), len(earlier), len(overdue))


def follow(first_day: date, effect: Effect, account: Account | None, year: int) -> None:
    """Let cases follow the calendar in force: few at once, many as a job that shows its progress to ``account``."""
    if effect.looked_at <= AT_ONCE:
        recompute(first_day)
    else:
        jobs.defer("licensing.recompute_due_days", account=account, first_day=first_day.isoformat(), year=year)


def recompute(first_day: date, report: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write the due days of all cases that run on or past ``first_day`` by the calendar in force. Returns how many moved."""
    calendar = working_calendar()
    moved = 0
    with acting_as_system(REASON):
        left = _running(first_day)
        total = len(left)
        while left:
            overtaken: list[int] = []
            for portion in _portions(left):
                moves = list(_moves(portion, calendar))
                written = _write(moves)
                overtaken += [case.pk for case, _ in moves if case.pk not in written]
                moved += len(written)
                report(min(total, moved), total)
            left = overtaken
    report(total, total)
    return moved


def _running(first_day: date) -> list[int]:
    """Cases whose clock runs to ``first_day`` or beyond; a day that changes after a due day does not move it."""
    return list(Case.objects.filter(due_on__gte=first_day).order_by("pk").values_list("pk", flat=True))


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + PORTION] for start in range(0, len(ids), PORTION))


def _moves(ids: Sequence[int], calendar: Calendar) -> Iterator[Move]:
    cases = list(Case.objects.filter(pk__in=ids).exclude(due_on=None).order_by("pk"))
    events: dict[int, list[CaseEvent]] = defaultdict(list)
    for event in CaseEvent.objects.filter(case_id__in=[case.pk for case in cases]).order_by("id"):
        events[event.case_id].append(event)
    shared = timekeeping.clockwork(cases, calendar)
    for case in cases:
        due_on = shared.read(case, case.item, events[case.pk]).due_on
        if due_on != case.due_on:
            yield case, due_on


def _write(moves: list[Move]) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            _MOVE, [[case.pk for case, _ in moves], [case.revision for case, _ in moves], [to for _, to in moves]]
        )
        return {row[0] for row in cursor.fetchall()}


@jobs.job("licensing.recompute_due_days", title="按新的工作日历重算办件到期日")
def recompute_job(progress: jobs.Progress, *, first_day: str, year: int) -> str:
    """The same with progress; run again it finds nothing left to move."""
    recompute(date.fromisoformat(first_day), lambda done, total: progress.report(done, total, "重算到期日"))
    return reverse("rule_settings:year", args=[year])
