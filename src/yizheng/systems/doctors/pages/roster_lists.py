"""The lists of an institution's doctors on paper and in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.systems.doctors.pages import roster, watch
from yizheng.systems.doctors.pages.house import House, house_of
from yizheng.systems.doctors.roster.members import GROUNDS, everybody
from yizheng.systems.doctors.roster.movements import movements

_CHUNK = 2000


def _house(request: HttpRequest) -> tuple[House, date]:
    house = house_of(request)
    if house is None:
        raise Http404("没有指明机构")
    return house, timezone.localdate()


def _members(request: HttpRequest) -> Iterator[dict[str, Any]]:
    (house, today), (text, ground) = _house(request), roster.asked(request)
    return map(roster.shown, everybody(house.account, house.subject, today, text, ground))


def _moves(request: HttpRequest) -> Iterator[dict[str, Any]]:
    house, today = _house(request)
    return map(roster.moved, movements(house.account, house.subject, today - roster.LOOKED_BACK, today))


def _coming(request: HttpRequest) -> Iterator[dict[str, Any]]:
    house, today = _house(request)
    return iter(roster.coming(house, today))


def _watched(request: HttpRequest) -> Iterator[dict[str, Any]]:
    account = signed_in(request)
    rows = watch.watched(account, watch.owner_of(account)).order_by("name", "pk")
    return map(watch.shown, rows.iterator(_CHUNK))


_HOUSE = Filter("机构", lambda code: "指定机构")
declare(
    ListKind(
        "roster",
        "本机构医师",
        office_only,
        (
            Column("姓名", "name", 12),
            Column("性别", "sex", 6),
            Column("关系", "ground", 12),
            Column("状态", lambda row: f"{row['state']}{row['detail']}", 16),
            Column("级别", "level", 14),
            Column("类别", "category", 10),
            Column("执业范围", "scopes", 36),
            Column("科室", "department", 14),
            Column("证书编码", "number", 20),
            Column("自", "since", 12),
            Column("至", "until", 12),
        ),
        _members,
        {"house": _HOUSE, "q": Filter("姓名"), "ground": Filter("关系", lambda code: GROUNDS.get(code, ""))},
    ),
    ListKind(
        "roster_moves",
        "本机构医师进出",
        office_only,
        (
            Column("日期", "on", 12),
            Column("姓名", "name", 12),
            Column("进出", "way", 12),
            Column("关系", "how", 16),
            Column("登记状态", "after", 24),
        ),
        _moves,
        {"house": _HOUSE},
    ),
    ListKind(
        "roster_coming",
        "90 天内到期",
        office_only,
        (
            Column("到期", "on", 12),
            Column("剩余天数", "days", 10),
            Column("姓名", "name", 12),
            Column("事项", "says", 50),
        ),
        _coming,
        {"house": _HOUSE},
    ),
    ListKind(
        "watch",
        "关注名单",
        office_only,
        (
            Column("姓名", "name", 12),
            Column("登记状态", "told", 50),
            Column("备注", "note", 24),
            Column("加入", "added_at", 18),
            Column("最近变化", "changed_at", 18),
        ),
        _watched,
    ),
)
