"""导出: what was asked for and by whom, the form to ask, and taking the file once a second person agreed."""

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from yizheng.documents.pages.serving import served
from yizheng.people.permissions import roles_of
from yizheng.people.tables import Asked, Column, State, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.exports import asking, making
from yizheng.systems.sequelae.models import Export
from yizheng.work.approval import ApprovalRefused


def _form(asked: Asked) -> dict[str, Any]:
    mine = roles_of(asked.account)
    ready = Export.objects.visible_to(asked.account).filter(account=asked.account).exclude(agreed_by=None)
    return {
        "kinds": [(what.value, what.label) for what, may in asking.MAY.items() if not may.isdisjoint(mine)],
        "ready": ready[:10],
    }  # fmt: skip


EXPORTS = Table(
    "sequelae_exports",
    "导出",
    lambda asked: Export.objects.visible_to(asked.account).select_related("account", "agreed_by"),
    (
        Column("内容", "get_what_display", 18, css="name"),
        Column("人员", lambda each: "、".join(each.codes) or "全部", 20),
        Column("用途", "reason", 30),
        Column("申请", "account.display_name", 16, beside=("at",)),
        Column("同意", lambda each: each.agreed_by.display_name if each.agreed_by else "", 16, nothing="还没有"),
        Column("文件摘要", lambda each: each.digest[:12], 14, css="dense", nothing="—"),
        State("状态", lambda each: "已完成" if each.taken_at else "通过" if each.agreed_by else "待批准", 10),
    ),
    guard=for_roles(rights.SEE_EXPORTS),
    says="离开本系统的资料一律不含姓名和号码，由另一人同意后七日内取走",
    tally="次，新的在前",
    empty="没有导出过。",
    template="sequelae/exports.html",
    more=_form,
)
"""All exports."""


@for_roles(rights.EXPORT)
@require_POST
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask for an export."""
    typed = request.POST
    codes = [each for each in re.split(r"[\s,，、]+", typed.get("codes", "")) if each]
    try:
        asking.ask(signed_in(request), typed.get("what", ""), codes, typed.get("reason", ""))
    except (asking.Refused, ApprovalRefused) as refused:
        return EXPORTS.answer(request, 422, problem=str(refused))
    messages.success(request, "已申请，由随访管理人员批准")
    return redirect("sequelae:exports")


@never_cache
@for_roles(rights.EXPORT)
@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponseBase | HttpResponse:
    """Take the file."""
    account = signed_in(request)
    row = Export.objects.visible_to(account).filter(pk=pk).first()
    if row is None:
        raise Http404("没有这次导出")
    try:
        made = making.take(account, row)
    except asking.Refused as refused:
        return EXPORTS.answer(request, 422, problem=str(refused))
    answer = served(request, made.content, made.media_type, made.name)
    answer["X-Left-Out"] = str(made.left_out)
    return answer
