"""Deadlines on paper and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from yizheng.licensing.deadlines.clocks import clock
from yizheng.shell.deadlines.page import coming, described
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare

_CHUNK = 2000


def _rows(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """The deadlines of ninety days in their order, described in portions."""
    today, chosen = timezone.localdate(), clock(request.GET.get("clock", ""))
    rows = coming(signed_in(request), today)
    waiting = (rows.filter(clock=chosen.code) if chosen else rows).iterator(_CHUNK)
    while portion := list(islice(waiting, _CHUNK)):
        yield from described(portion, today)


def _clock_title(code: str) -> str:
    found = clock(code)
    return found.title if found else code


declare(
    ListKind(
        "deadlines",
        "期限",
        office_only,
        (
            Column("到期", "on", 12),
            Column("人员", "name", 12),
            Column("期限", "clock", 20),
            Column("事由", "says", 50),
            Column("机构", "institution", 36),
            Column("到期后", "then", 12),
            Column("已提醒", "warned_on", 12),
        ),
        _rows,
        {"clock": Filter("期限", _clock_title)},
    )
)
