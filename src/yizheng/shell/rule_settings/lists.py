"""The rules of dated data as a list on paper and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from yizheng.shell.access import ADMINS, for_roles
from yizheng.shell.exporting import Column, ListKind, declare
from yizheng.shell.rule_settings.rules import rule_rows


def _rows(request: HttpRequest) -> Iterable[dict[str, Any]]:
    return rule_rows(timezone.localdate())


def _coming(row: dict[str, Any]) -> str:
    return f"{row['coming'].valid_from:%Y-%m-%d} 起 {row['coming'].value}" if row["coming"] else ""


declare(
    ListKind(
        "rules",
        "规则参数",
        for_roles(ADMINS),
        (
            Column("参数", lambda row: row["rule"].title, 40),
            Column("今天的值", "value", 10),
            Column("单位", lambda row: row["rule"].unit, 8),
            Column("默认值", lambda row: row["rule"].default, 10),
            Column("依据", lambda row: str(row["rule"].article), 40),
            Column("将来", _coming, 24),
        ),
        _rows,
    )
)
