"""The worklist on paper and in a spreadsheet, by view and filter as the page has it."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils import timezone

from yizheng.licensing.calendars import working_calendar
from yizheng.licensing.states import CaseState
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.desk.grouping import GROUPS, Row, row_of
from yizheng.shell.desk.views_of_work import BY_CODE
from yizheng.shell.desk.worklist_cases import FINDINGS, chosen_cases, item_word
from yizheng.shell.exporting import Column, Filter, ListKind, declare

_CHUNK = 2000


def _rows(request: HttpRequest) -> Iterator[Row]:
    today, calendar = timezone.localdate(), working_calendar()
    cases = chosen_cases(signed_in(request), request.GET, today)
    return (row_of(case, today, calendar) for case in cases.iterator(_CHUNK))


def _found(row: Row) -> str:
    return "　".join(f"{word} {count}".strip() for word, count in row.findings)


def _view_word(code: str) -> str:
    return BY_CODE[code].title if code in BY_CODE else code


def _state_word(state: str) -> str:
    return CaseState(state).label if state in CaseState.values else state


declare(
    ListKind(
        "worklist",
        "待办清单",
        office_only,
        (
            Column("到期", lambda row: row.case.due_on, 12),
            Column("时限", lambda row: row.clock.sentence, 36),
            Column("申请人", "applicant", 12),
            Column("事项", "item", 16),
            Column("机构", "institution", 30),
            Column("环节", "stage", 12),
            Column("检查发现", _found, 16),
            Column("办件号", "number", 12),
            Column("经办", "handler", 10),
        ),
        _rows,
        {
            "view": Filter("视图", _view_word),
            "item": Filter("事项", item_word),
            "stage": Filter("环节", _state_word),
            "findings": Filter("发现", lambda value: dict(FINDINGS).get(value, value)),
            "q": Filter("查找"),
        },
        group=lambda row: (row.group, GROUPS[row.group][0]),
    )
)
