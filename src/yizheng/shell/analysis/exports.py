"""数据导出: asked for with a purpose, agreed to by a second person where people are in it, taken once it may leave."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from yizheng.analysis.asking import NoGround
from yizheng.analysis.exporting import FORMS, NotExported, take
from yizheng.analysis.exporting import request as request_export
from yizheng.analysis.keeping import ask
from yizheng.analysis.models import Export, ExportState
from yizheng.analysis.questions import BadQuestion
from yizheng.people.rights.grants import Refused
from yizheng.people.tables import Actions, Column, Number, State, Table
from yizheng.shell.access import for_roles
from yizheng.shell.analysis import form
from yizheng.shell.analysis.asking import ASKERS
from yizheng.shell.desk.access import signed_in
from yizheng.work.approval import ApprovalRefused

STATES = {
    ExportState.WAITING: "待批准",
    ExportState.READY: "可提交",
    ExportState.TAKEN: "已完成",
    ExportState.ENDED: "已作废",
}
DETAILS = {ExportState.READY: "（可取走）", ExportState.TAKEN: "（已取走）", ExportState.ENDED: "（过期）"}


def _state(export: Export) -> ExportState:
    over = export.expires < timezone.now()
    return ExportState.ENDED if over else ExportState(export.state)


EXPORTS = Table(
    "exports",
    "数据导出",
    lambda asked: Export.objects.visible_to(asked.account).select_related("approver"),
    (
        Column("提问", "title", 40, css="name"),
        Column("内容", lambda export: "明细行" if export.rows_behind else "汇总数字", 10),
        Column("格式", lambda export: FORMS[export.form], 10),
        Column("用途", "purpose", 24),
        Column("脱敏", "masking", 24, css="dense"),
        State("状态", lambda export: STATES[_state(export)], 14, detail=lambda export: DETAILS.get(_state(export), "")),
        Column(
            "批准",
            lambda export: export.approver.display_name if export.approver else "",
            12,
            nothing="不需要第二人批准，或者还没有批准",
        ),
        Number("行数", "rows", 8),
        Column("申请", "asked_at", 18),
        Column("取走期限", "expires", 18),
        Actions("", "analysis/parts/take.html"),
    ),
    guard=for_roles(ASKERS),
    says="每一次导出都留有记录：谁、为什么、哪些字段、何时取走",
    tally="项，新的在前",
    empty="没有导出。在提问的结果下方申请导出。",
)
"""One's own exports."""


@for_roles(ASKERS)
@require_POST
def request_one(request: HttpRequest) -> HttpResponseBase:
    """Ask for an export of the question."""
    account = signed_in(request)
    try:
        answered = ask(form.read(request.POST), account)
        made = request_export(
            answered, account, form=request.POST.get("form", ""), purpose=request.POST.get("purpose", ""),
            rows_behind=request.POST.get("what") == "rows",
        )  # fmt: skip
    except (BadQuestion, NoGround, NotExported, Refused, ApprovalRefused) as refused:
        return EXPORTS.answer(request, 422, problem=str(refused))
    messages.success(request, "已申请，待第二人批准后取走" if made.state == ExportState.WAITING else "可以取走")
    return redirect("analysis:exports")


@for_roles(ASKERS)
@require_POST
def take_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take the file."""
    account = signed_in(request)
    export = Export.objects.visible_to(account).filter(pk=pk).first()
    if export is None:
        raise Http404("没有这项导出，或者不是您申请的")
    try:
        made = take(export, account)
    except NotExported as refused:
        return EXPORTS.answer(request, 422, problem=str(refused))
    answer = FileResponse(iter([made.content]), as_attachment=True, filename=made.name)
    answer["Content-Type"] = made.media_type
    return answer
