"""Doctors and proposals (拟办) on paper and in a spreadsheet, as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from yizheng.kernel.masking import mask_practice_number
from yizheng.licensing.models import Proposal
from yizheng.people.finding import find
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.systems.doctors.clocks.declaring import clock
from yizheng.systems.doctors.pages.deadlines import coming, described
from yizheng.systems.doctors.pages.proposals import handler, open_proposals
from yizheng.systems.doctors.pages.search import STAFF, found_rows

_CHUNK = 2000


def _doctors(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Page after page of what the search finds, so that no more than one page is ever held."""
    account = signed_in(request)
    text, house = request.GET.get("q", "").strip()[:60], request.GET.get("house", "").strip()[:100]
    after = ""
    while True:
        found = find(STAFF, account, text, house, after)
        yield from found_rows(account, found.subjects)
        after = found.after
        if not after:
            return


def _proposals(request: HttpRequest) -> Iterable[Proposal]:
    return open_proposals(handler(request)).order_by("due_on", "pk").iterator(_CHUNK)


def _deadlines(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """The deadlines of ninety days in their order, described in portions."""
    rows = coming(signed_in(request), timezone.localdate())
    chosen = clock(request.GET.get("clock", ""))
    if chosen is not None:
        rows = rows.filter(clock=chosen.code)
    waiting = rows.order_by("fires_on", "pk").iterator(_CHUNK)
    while portion := list(islice(waiting, _CHUNK)):
        yield from described(portion)


def _clock_title(code: str) -> str:
    found = clock(code)
    return found.title if found else code


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
    ListKind(
        "doctor_deadlines",
        "期限",
        office_only,
        (
            Column("到期", "on", 12),
            Column("人员", "name", 12),
            Column("期限", "clock", 20),
            Column("事由", "says", 50),
            Column("机构", "house", 36),
            Column("到期后", "then", 12),
            Column("已提醒", "warned_on", 12),
        ),
        _deadlines,
        {"clock": Filter("期限", _clock_title)},
    ),
    ListKind(
        "doctor_proposals",
        "拟办",
        office_only,
        (
            Column("到期", "due_on", 12),
            Column("事由", "title", 50),
            Column("依据", "article", 40),
            Column("提出", "created_at", 18),
        ),
        _proposals,
    ),
)
