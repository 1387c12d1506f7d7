"""Proposals on paper and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest

from yizheng.licensing.models import Proposal
from yizheng.shell.desk.access import office_only
from yizheng.shell.exporting import Column, ListKind, declare
from yizheng.shell.proposals.page import handler, open_proposals

_CHUNK = 2000


def _rows(request: HttpRequest) -> Iterable[Proposal]:
    return open_proposals(handler(request)).order_by("due_on", "pk").iterator(_CHUNK)


declare(
    ListKind(
        "proposals",
        "拟办",
        office_only,
        (
            Column("到期", "due_on", 12),
            Column("事由", "title", 50),
            Column("依据", "article", 40),
            Column("提出", "created_at", 18),
        ),
        _rows,
    )
)
