"""The institutions an account may see, on paper and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.systems.institutions.pages.listing import chosen_licences, listed

_CHUNK = 2000


def _rows(request: HttpRequest) -> Iterator[dict[str, Any]]:
    chosen = chosen_licences(signed_in(request), request.GET.get("q", "").strip()[:100])
    return map(listed, chosen.iterator(_CHUNK))


declare(
    ListKind(
        "institutions",
        "机构登记",
        office_only,
        (
            Column("机构名称", "name", 36),
            Column("状态", lambda row: f"{row['state']}{row['detail']}", 16),
            Column("类别", "category", 20),
            Column("所在区", "district", 10),
            Column("登记号", "number", 26),
            Column("诊疗科目数", "subjects", 10),
        ),
        _rows,
        {"q": Filter("机构")},
    )
)
