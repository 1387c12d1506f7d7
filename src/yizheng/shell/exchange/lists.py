"""The ledger of packages on paper and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from yizheng.exchange.models import Package
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.exchange.entries import DESKS
from yizheng.shell.exchange.packages import row
from yizheng.shell.exporting import Column, ListKind, declare

_CHUNK = 500


def _rows(request: HttpRequest) -> Iterator[dict[str, Any]]:
    seen = Package.objects.visible_to(signed_in(request)).select_related("partner", "reply_to")
    return map(row, seen.order_by("-pk").iterator(_CHUNK))


declare(
    ListKind(
        "exchange_packages",
        "交换包台账",
        for_roles(DESKS),
        (
            Column("方向", "direction", 8),
            Column("交换对象", "partner", 24),
            Column("序号", "serial", 8),
            Column("内容", "title", 30),
            Column("状态", "state", 12),
            Column("登记时间", "entered_at", 18),
            Column("行数", "rows", 8),
            Column("采纳", "accepted", 8),
            Column("退回", "rejected", 8),
        ),
        _rows,
    )
)
