"""Rows of the worklist grouped by what is due next: overdue, today, within three working days, to accept, later, stopped."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.urls import reverse

from yizheng.kernel.calendar import Calendar
from yizheng.licensing.case_clock.clock import NOT_STARTED as NOT_STARTED_CLOCK
from yizheng.licensing.case_clock.clock import Clock
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
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
    verbs: Sequence[str] = ()
    """The verbs of a batch that the case knows."""

    @property
    def id(self) -> int:
        """The row's key in a batch."""
        return self.case.pk

    @property
    def url(self) -> str:
        """The case's page."""
        return reverse("desk:case", args=[self.case.number])

    @property
    def applicant(self) -> str:
        """Whose case it is."""
        return self.case.applicant_name

    @property
    def item(self) -> str:
        """The item's short name."""
        return self.case.item.short_title

    @property
    def institution(self) -> str:
        """The institution concerned."""
        return self.case.institution_name or "—"

    @property
    def stage(self) -> str:
        """The state word."""
        return CaseState(self.case.state).label

    @property
    def findings(self) -> list[tuple[str, int | str]]:
        """What the checks found, as state words with their number."""
        found: list[tuple[str, int | str]] = []
        if self.case.blocks:
            found.append(("阻断", self.case.blocks))
        if self.case.advice:
            found.append(("提示", self.case.advice))
        return found or [("全部通过", "")]

    @property
    def number(self) -> str:
        """办件号."""
        return self.case.number

    @property
    def handler(self) -> str:
        """经办."""
        return self.case.handler.display_name if self.case.handler else "未分派"

    @property
    def batchable(self) -> bool:
        """Whether checks stand in nobody's way."""
        return not self.case.blocks and not self.case.advice

    @property
    def why_not(self) -> str:
        """Why it cannot go along in a batch."""
        return "" if self.batchable else f"{self.applicant}有未处置的检查发现"


@dataclass(slots=True)
class Group:
    """One headed group of rows."""

    title: str
    note: str
    rows: list[Row] = field(default_factory=list)


def grouped(
    cases: Iterable[Case], today: date, calendar: Calendar, verbs: Callable[[Case], Sequence[str]] = lambda _: ()
) -> list[Group]:
    """The groups that have rows, in order; rows keep the order they came in."""
    groups = [Group(title, note) for title, note in GROUPS]
    for case in cases:
        row = replace(row_of(case, today, calendar), verbs=verbs(case))
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
    return Row(case, Clock(case.due_on, True, case.clock_total, case.clock_total - left, sentence), _group(case, left))


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
