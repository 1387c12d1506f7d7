"""The page of backups, restore drills and whatever is overdue, for the system administrator and the engineer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from yizheng.people.kinds import Role
from yizheng.people.pages.frame import account_of
from yizheng.people.permissions import roles_of
from yizheng.people.tables import Asked, Choice, Column, State, Table
from yizheng.work.models import Recovery, RecoveryKind
from yizheng.work.overdue import found
from yizheng.work.pages.frame import framed
from yizheng.work.recovery import latest, overdue

READERS = frozenset({Role.SYSTEM_ADMIN, Role.ENGINEER})
Page = Callable[[HttpRequest, Table], HttpResponseBase]


def _readers_only(page: Page) -> Page:
    @login_required
    @wraps(page)
    def guarded(request: HttpRequest, table: Table) -> HttpResponseBase:
        if READERS.isdisjoint(roles_of(account_of(request))):
            raise PermissionDenied
        return page(request, table)

    return guarded


def _above(asked: Asked) -> dict[str, Any]:
    """What is overdue, the last backup and the last drill."""
    kinds = [{"title": kind.label, "last": latest(kind), "overdue": overdue(kind)} for kind in RecoveryKind]
    return {**framed(asked), "kinds": kinds, "late": found()}


RECOVERIES = Table(
    "recovery",
    "备份与演练",
    lambda asked: Recovery.objects.all(),
    (
        Column("种类", "get_kind_display", 10, css="together"),
        State("结论", lambda row: "通过" if row.ok else "失败", 8),
        Column("开始", "began", 18),
        Column("结束", "ended", 18),
        Column("说明", "summary", 60),
    ),
    guard=_readers_only,
    filters=(Choice("种类", "kind", RecoveryKind.choices, by="kind"),),
    says="备份每日一次，恢复演练至少每季度一次；命令见运行与维护手册",
    tally="次，新的在前",
    empty="还没有备份或演练。在服务器上运行 ./yizheng backup 开始备份，./yizheng drill 演练恢复。",
    template="work/recovery.html",
    more=_above,
)
"""Backups and drills, newest first."""
