"""The worklist on paper and in a spreadsheet, by view and filter as the page has it."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case
from yizheng.people.tables import Asked, Choice, Column, Kept, Table, Text
from yizheng.shell.desk.access import office_only
from yizheng.shell.desk.grouping import GROUPS, Row, row_of
from yizheng.shell.desk.views_of_work import VIEWS
from yizheng.shell.desk.worklist_cases import FINDINGS, ON_DESK, chosen_cases


def _described(cases: list[Case], asked: Asked) -> Iterator[Row]:
    calendar = working_calendar()
    return (row_of(case, asked.today, calendar) for case in cases)


def _found(row: Row) -> str:
    return "　".join(f"{word} {count}".strip() for word, count in row.findings)


def _left(row: Row) -> str:
    """The clock without the day, which stands beside it."""
    return row.clock.sentence.partition("，到 ")[0]


def _items() -> list[tuple[str, str]]:
    return [(item.code, item.short_title) for item in items(timezone.localdate())]


def _cases(asked: Asked) -> Any:
    return chosen_cases(asked.account, asked.request.GET, asked.today)


WORKLIST = Table(
    "worklist",
    "待办清单",
    _cases,
    (
        Column("到期", "case.due_on", 12),
        Column("时限", _left, 20),
        Column("申请人", "applicant", 12),
        Column("事项", "item", 16),
        Column("机构", "institution", 30),
        Column("环节", "stage", 12),
        Column("检查发现", _found, 16),
        Column("办件号", "number", 12),
        Column("经办", "handler", 10),
    ),
    guard=office_only,
    filters=(
        Choice("视图", "view", [(view.code, view.title) for view in VIEWS]),
        Choice("事项", "item", _items),
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
