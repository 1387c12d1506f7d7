"""Doctors on paper and in a spreadsheet, as their page shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest

from yizheng.kernel.masking import mask_practice_number
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.systems.doctors.pages.finding import find
from yizheng.systems.doctors.pages.search import found_rows


def _doctors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Page after page of what the search finds, so that no more than one page is ever held."""
    account = signed_in(request)
    text, house = request.GET.get("q", "").strip()[:60], request.GET.get("house", "").strip()[:100]
    after = ""
    while True:
        found = find(account, text, house, after)
        yield from found_rows(account, found)
        after = found.after
        if not after:
            return


def _number(row: dict[str, Any]) -> str:
    return mask_practice_number(row["number"]) if row["covered"] else row["number"]


declare(
    ListKind(
        "doctors",
        "医师登记",
        office_only,
        (
            Column("姓名", "name", 12),
            Column("性别", "sex", 6),
            Column("出生年份", "born", 10),
            Column("状态", lambda row: f"{row['state']}{row['detail']}", 16),
            Column("级别", "level", 14),
            Column("类别", "category", 10),
            Column("执业证书编码", _number, 20),
            Column("主要执业机构", "house", 36),
            Column("执业范围", "scopes", 40),
        ),
        _doctors,
        {"q": Filter("医师"), "house": Filter("机构")},
    ),
)
