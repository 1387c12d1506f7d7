"""数据切片: what was cut, newest first, and the form to cut more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.kinds import Role
from yizheng.people.permissions import held_by
from yizheng.people.tables import Asked, Choice, Column, Number, State, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.slices.columns import registers_to_slice
from yizheng.slices.models import Slice, SliceState
from yizheng.work import jobs

KEEPERS = frozenset({Role.ANALYST})
"""Who cuts, polishes and verifies."""
READERS = KEEPERS | {Role.DECIDER}
STATES = {
    SliceState.CUT: "待核查", SliceState.FAILED: "不一致", SliceState.SIGNED: "待批准", SliceState.RELEASED: "有效",
    SliceState.RETIRED: "已作废",
}  # fmt: skip
DETAILS = {
    SliceState.CUT: "（待验证）",
    SliceState.FAILED: "（对账）",
    SliceState.RELEASED: "（已发布）",
    SliceState.RETIRED: "（文件已销毁）",
}


def title(made: Slice) -> str:
    """The register, and whether the slice is a polished one."""
    return f"{titles().get(made.register, made.register)}{'（打磨）' if made.parent_id else ''}"


def titles() -> dict[str, str]:
    """The registers by their codes."""
    return {each.code: each.title for each in registers_to_slice()}


def state(made: Slice) -> str:
    """The state word of a slice."""
    return STATES[SliceState(made.state)]


def detail(made: Slice) -> str:
    """What follows the state word."""
    return DETAILS.get(SliceState(made.state), "")


def address(made: Slice) -> str:
    """The page of a slice."""
    return reverse("slices:slice", args=[made.pk])


def _slices(asked: Asked) -> QuerySet[Slice]:
    return Slice.objects.visible_to(asked.account).select_related("operator")


def _form(asked: Asked) -> dict[str, Any]:
    return {
        "registers": [(each.code, each.title) for each in registers_to_slice()],
        "may_cut": held_by(asked.account).has(Role.ANALYST),
        "day": asked.request.POST.get("day", _last_month_end(asked.today).isoformat()),
        "reason": asked.request.POST.get("reason", ""),
        "chosen": asked.request.POST.getlist("register") or [each.code for each in registers_to_slice()],
    }


def _last_month_end(today: date) -> date:
    return today.replace(day=1) - timedelta(days=1)


SLICES = Table(
    "slices",
    "数据切片",
    _slices,
    (
        Column("登记簿", title, 16, css="name", link=address),
        Column("截至", "valid_on", 12),
        Number("序位", "position", 10),
        Number("行数", "rows", 12),
        State("状态", state, 14, detail=detail),
        Column("内容摘要", lambda made: made.digest[:12], 16, css="dense"),
        Column("方式", "get_period_display", 8),
        Column("制作", "cut_at", 18),
        Column("经办", lambda made: made.operator.display_name if made.operator else "定时", 12),
    ),
    guard=for_roles(READERS),
    filters=(Choice("登记簿", "register", options=lambda: list(titles().items()), by="register"),),
    says="登记簿在某一天、某一登记序位上的副本，内容摘要可由任何人复核；每月一日自动切出",
    tally="个，新的在前",
    empty="还没有切片。每月一日凌晨自动切出上月末的切片，也可以在下面手工切出。",
    template="slices/slices.html",
    more=_form,
)
"""Every slice the account may see."""


@for_roles(KEEPERS)
@require_POST
def cut(request: HttpRequest) -> HttpResponseBase:
    """Cut the registers chosen, as a job."""
    account, day = signed_in(request), parse_date(request.POST.get("day", ""))
    chosen = [code for code in request.POST.getlist("register") if code in titles()]
    reason = request.POST.get("reason", "").strip()
    if day is None or not chosen or not reason:
        return SLICES.answer(request, 422, problem="请选择登记簿，填写截至日期和用途")
    job = jobs.defer(
        "slices.round", account=account, registers=chosen, day=day.isoformat(), purpose=reason[:200], by=account.pk
    )
    messages.success(request, "正在切出，完成后自动与前一切片对账")
    return redirect(jobs.progress_page(job))
