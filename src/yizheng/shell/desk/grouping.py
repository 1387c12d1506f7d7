"""Rows of the worklist grouped by what is due next: overdue, today, within three working days, to accept, later, stopped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from yizheng.kernel.calendar import Calendar
from yizheng.licensing.clock import NOT_STARTED as NOT_STARTED_CLOCK
from yizheng.licensing.clock import Clock
from yizheng.licensing.models import Case
from yizheng.shell.desk.views_of_work import RECEIVED

GROUPS = (
    ("已超期", ""),
    ("今天到期", ""),
    ("3 个工作日内", ""),
    ("待受理", "收件 5 个工作日内未告知即视为受理"),
    ("之后", ""),
    ("时钟停计", ""),
    ("未起算", ""),
)
OVERDUE, TODAY, SOON, TO_ACCEPT, LATER, PAUSED, NOT_STARTED = range(7)


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the words of the worklist."""

    case: Case
    clock: Clock
    group: int

    @property
    def url(self) -> str:
        """The case's page."""
        return reverse("desk:case", args=[self.case.number])

    @property
    def findings(self) -> list[tuple[str, int | str]]:
        """What the checks found, as state words with their number."""
        found = (("阻断", self.case.blocks), ("提示", self.case.advice))
        return [(word, count) for word, count in found if count] or [("全部通过", "")]

    @property
    def why_not(self) -> str:
        """Why it cannot go along in a batch; empty when it can."""
        open_ones = self.case.blocks or self.case.advice
        return f"{self.case.applicant_name}有未处置的检查发现" if open_ones else ""


@dataclass(slots=True)
class Group:
    """One headed group of rows."""

    title: str
    note: str
    rows: list[Row] = field(default_factory=list)


def grouped(cases: Iterable[Case], today: date, calendar: Calendar) -> list[Group]:
    """The groups that have rows, in order; rows keep the order they came in."""
    groups = [Group(title, note) for title, note in GROUPS]
    for case in cases:
        row = row_of(case, today, calendar)
        groups[row.group].rows.append(row)
    return [group for group in groups if group.rows]


def row_of(case: Case, today: date, calendar: Calendar) -> Row:
    """The row of one case; its clock is read from what is kept beside the case, so a list asks nothing further."""
    if case.clock_stopped:
        sentence = f"时钟停计：{case.clock_stopped}"
        return Row(case, Clock(None, False, case.clock_total, 0, sentence, case.clock_stopped), PAUSED)
    if case.due_on is None:
        return Row(case, NOT_STARTED_CLOCK, NOT_STARTED)
    left = _left(case.due_on, today, calendar)
    words = f"已超 {-left} 个工作日" if left < 0 else f"剩 {left} 个工作日"
    sentence = f"{words}，共 {case.clock_total} 个工作日，到 {case.due_on:%Y-%m-%d}"
    return Row(
        case,
        Clock(case.due_on, True, case.clock_total, case.clock_total - left, sentence),
        _group(case, left),
    )


def _left(due_on: date, today: date, calendar: Calendar) -> int:
    if due_on < today:
        return -max(1, calendar.working_days_between(due_on, today))
    return calendar.working_days_between(today, due_on)


def _group(case: Case, left: int) -> int:
    if left < 0:
        return OVERDUE
    if case.state in RECEIVED:
        return TO_ACCEPT
    if left == 0:
        return TODAY
    return SOON if left <= 3 else LATER
