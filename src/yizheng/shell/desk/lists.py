"""The worklist as rows: grouped on the page by what is due next, and on paper and in a spreadsheet by view and filter."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.utils import timezone

from yizheng.kernel.calendar import Calendar
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.case_clock.clock import NOT_STARTED as NOT_STARTED_CLOCK
from yizheng.licensing.case_clock.clock import Clock
from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.tables import Asked, Choice, Column, Kept, Table, Text
from yizheng.shell.desk.access import office_only
from yizheng.shell.desk.worklist_cases import FINDINGS, ON_DESK, VIEWS, chosen_cases, in_register

GROUPS = (
    ("已超期", ""),
    ("加急", "逾期申请，有效期届满前须决定"),
    ("今天到期", ""),
    ("3 个工作日内", ""),
    ("待受理", "收件 5 个工作日内未告知即视为受理"),
    ("之后", ""),
    ("时钟停计", ""),
    ("未起算", ""),
)
"""Title and note of each group."""
OVERDUE, URGENT, TODAY, SOON, TO_ACCEPT, LATER, PAUSED, NOT_STARTED = range(8)


@dataclass(frozen=True, slots=True)
class Row:
    """One case in the words of the worklist."""

    case: Case
    clock: Clock
    group: int
    verbs: Sequence[str] = ()
    """The verbs of a batch that the case knows."""
    certificate: str = ""
    """The number of the certificate the person has in the register of the item."""

    @property
    def findings(self) -> list[tuple[str, int | str]]:
        """What the checks found, as state words with their number."""
        found = (("阻断", self.case.blocks), ("提示", self.case.advice))
        return [(word, number) for word, number in found if number] or [("全部通过", "")]

    @property
    def urgent(self) -> str:
        """By when an application that came late needs its decision; empty where none did."""
        return f"加急　{self.case.urgent_on:%m-%d} 届满" if self.case.urgent_on else ""

    @property
    def handler(self) -> str:
        """经办."""
        return self.case.handler.display_name if self.case.handler else "未分派"


def grouped(
    cases: Iterable[Case],
    today: date,
    calendar: Calendar,
    verbs: Callable[[Case], Sequence[str]],
    numbers: Mapping[int, str],
) -> list[tuple[str, str, list[Row]]]:
    """The groups that have rows, in order, each with title and note; rows keep the order they came in."""
    rows = [
        replace(row_of(case, today, calendar), verbs=verbs(case), certificate=numbers.get(case.pk, ""))
        for case in cases
    ]
    in_order = groupby(sorted(rows, key=lambda row: row.group), lambda row: row.group)
    return [(*GROUPS[place], list(each)) for place, each in in_order]


def numbers_of(cases: Sequence[Case], today: date) -> dict[int, str]:
    """The number of each applicant's certificate, by case, as far as the reader sees it; one query a register."""
    found: dict[int, str] = {}
    for system in dict.fromkeys(case.item.system for case in cases):
        same = [case for case in cases if case.item.system == system]
        known = same[0].item.numbers_of([case.subject_id for case in same], today)
        found |= {case.pk: known[case.subject_id] for case in same if case.subject_id in known}
    return found


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
    if case.urgent_on is not None:
        return URGENT
    if case.state in (CaseState.RECEIVED, CaseState.CORRECTED):
        return TO_ACCEPT
    if left == 0:
        return TODAY
    return SOON if left <= 3 else LATER


def _described(cases: list[Case], asked: Asked) -> Iterator[Row]:
    calendar = working_calendar()
    numbers = numbers_of(cases, asked.today)
    return (replace(row_of(case, asked.today, calendar), certificate=numbers.get(case.pk, "")) for case in cases)


WORKLIST = Table(
    "worklist",
    "待办清单",
    lambda asked: chosen_cases(asked.account, asked.request.GET, asked.today),
    (
        Column("到期", "case.due_on", 12),
        Column("时限", lambda row: row.clock.sentence.partition("，到 ")[0], 20),
        Column("申请人", "case.applicant_name", 12),
        Column("证书编号", "certificate", 18),
        Column("事项", lambda row: in_register(row.case.item), 20),
        Column("机构", lambda row: row.case.institution_name or "—", 30),
        Column("环节", "case.get_state_display", 12),
        Column("检查发现", lambda row: "　".join(f"{word} {number}".strip() for word, number in row.findings), 16),
        Column("加急", "urgent", 16),
        Column("办件号", "case.number", 12),
        Column("经办", "handler", 10),
    ),
    guard=office_only,
    filters=(
        Choice("视图", "view", [(view.code, view.title) for view in VIEWS]),
        Choice("事项", "item", lambda: [(item.code, in_register(item)) for item in items(timezone.localdate())]),
        Choice("环节", "stage", [(state.value, state.label) for state in ON_DESK]),
        Choice("发现", "findings", FINDINGS),
        Text("查找"),
        Kept("批量办件", "dossier"),
    ),
    order=("due_on", "pk"),
    described=_described,
    group=lambda row: (row.group, GROUPS[row.group][0]),
)
"""The page is `worklist`, which has views, a clock and verbs for what is chosen besides; it turns by this order."""
