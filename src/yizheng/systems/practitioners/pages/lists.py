"""The lists of an institution's people on paper and in a spreadsheet, for each register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.systems.practitioners.pages import roster, watch
from yizheng.systems.practitioners.pages.institution import StaffPage, staff_page
from yizheng.systems.practitioners.registered import PeopleRegister
from yizheng.systems.practitioners.roster.members import Roster
from yizheng.systems.practitioners.roster.movements import movements
from yizheng.systems.practitioners.roster.watching import watched

_CHUNK = 2000
_INSTITUTION = Filter("机构", lambda code: "指定机构")


def declare_lists(people: PeopleRegister) -> None:
    """Declare the roster, comings and goings, what comes due and the watch list of a register."""

    def here(request: HttpRequest) -> tuple[StaffPage, date]:
        site = staff_page(request, people.code)
        if site is None:
            raise Http404("没有指明机构")
        return site, timezone.localdate()

    def members(request: HttpRequest) -> Iterator[dict[str, Any]]:
        (site, today), (text, relation) = here(request), roster.asked(request, people)
        everybody = Roster(people, site.account, site.subject, today).everybody(text, relation)
        return (roster.shown(people, each) for each in everybody)

    def moves(request: HttpRequest) -> Iterator[dict[str, Any]]:
        site, today = here(request)
        found = movements(people, site.account, site.subject, today - roster.LOOKED_BACK, today)
        return (roster.moved(people, each) for each in found)

    def coming(request: HttpRequest) -> Iterator[dict[str, Any]]:
        return iter(roster.coming(*here(request)))

    def on_the_list(request: HttpRequest) -> Iterator[dict[str, Any]]:
        account = signed_in(request)
        rows = watched(people, account, watch.owner_of(account)).order_by("name", "pk")
        return (watch.shown(people, row) for row in rows.iterator(_CHUNK))

    def relation_title(code: str) -> str:
        found = people.relation(code)
        return found.title if found else ""

    declare(
        ListKind(
            f"{people.lists}roster",
            f"本机构{people.title}",
            office_only,
            (
                Column("姓名", "name", 12),
                Column("性别", "sex", 6),
                Column("关系", "relation", 12),
                Column("状态", lambda row: f"{row['state']}{row['detail']}", 16),
                *(
                    Column(each.title, lambda row, at=at: row["particulars"][at], each.width)  # type: ignore[misc]
                    for at, each in enumerate(people.particulars)
                ),
                Column("科室", "department", 14),
                Column("证书编码", "number", 20),
                Column("自", "since", 12),
                Column("至", "until", 12),
            ),
            members,
            {"house": _INSTITUTION, "q": Filter("姓名"), "ground": Filter("关系", relation_title)},
        ),
        ListKind(
            f"{people.lists}roster_moves",
            f"本机构{people.title}进出",
            office_only,
            (
                Column("日期", "on", 12),
                Column("姓名", "name", 12),
                Column("进出", "way", 12),
                Column("关系", "how", 16),
                Column("登记状态", "after", 24),
            ),
            moves,
            {"house": _INSTITUTION},
        ),
        ListKind(
            f"{people.lists}roster_coming",
            "90 天内到期",
            office_only,
            (
                Column("到期", "on", 12),
                Column("剩余天数", "days", 10),
                Column("姓名", "name", 12),
                Column("事项", "says", 50),
            ),
            coming,
            {"house": _INSTITUTION},
        ),
        ListKind(
            f"{people.lists}watch",
            "关注名单",
            office_only,
            (
                Column("姓名", "name", 12),
                Column("登记状态", "told", 50),
                Column("备注", "note", 24),
                Column("加入", "added_at", 18),
                Column("最近变化", "changed_at", 18),
            ),
            on_the_list,
        ),
    )
