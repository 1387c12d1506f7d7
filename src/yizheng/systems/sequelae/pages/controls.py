"""健康对照: files of healthy people without names, and the form to take one in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yizheng.intake.files import UnreadableFile, read_upload
from yizheng.people.permissions import roles_of
from yizheng.people.tables import Asked, Column, Number, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.controls import taking
from yizheng.systems.sequelae.models import ControlFile, Round, Source


def _form(asked: Asked) -> dict[str, Any]:
    return {
        "sources": Source.objects.visible_to(asked.account), "rounds": Round.objects.visible_to(asked.account)[:5],
        "takes_in": not rights.TAKE_IN.isdisjoint(roles_of(asked.account)),
    }  # fmt: skip


CONTROLS = Table(
    "sequelae_controls",
    "健康对照",
    lambda asked: ControlFile.objects.visible_to(asked.account).select_related("source", "round", "account"),
    (
        Column("文件", "name", 30, css="name"),
        Column("来源", "source.title", 16),
        Column("年度", "round.year", 8),
        Number("人数", "people", 8),
        Number("未收", "left_out", 8),
        Column("接收", "account.display_name", 16),
        Column("时间", "at", 18),
    ),
    guard=for_roles(rights.SEE_CONTROLS),
    says="同年同中心、没有非典病史的受检者，不含姓名和号码；同一年度以最后接收的文件为准",
    tally="个文件，新的在前",
    empty="还没有健康对照。",
    template="sequelae/controls.html",
    more=_form,
)
"""All files of controls."""


@for_roles(rights.TAKE_IN)
@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """Take a file in."""
    account, typed = signed_in(request), request.POST
    year, sent = typed.get("round", ""), request.FILES.get("file")
    source = Source.objects.visible_to(account).filter(code=typed.get("source", "")).first()
    of = Round.objects.visible_to(account).filter(year=year if year.isascii() and year.isdigit() else 0).first()
    if source is None or of is None or sent is None or isinstance(sent, list):
        return CONTROLS.answer(request, 422, problem="请选择来源、年度和文件")
    try:
        read = read_upload(sent, most=taking.MOST, heads=("性别", taking.AGE))
        sent.seek(0)
        made = taking.take(account, source, of, str(sent.name), sent.read(), [row for _, row in read.records()])
    except (UnreadableFile, taking.Refused) as refused:
        return CONTROLS.answer(request, 422, problem=str(refused))
    messages.success(
        request, f"已接收 {made.people} 名对照，{made.left_out} 行未收（有非典病史、缺性别年龄或数值不可能）"
    )
    return redirect("sequelae:controls")
