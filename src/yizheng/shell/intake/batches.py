"""The batches of the authority, handing in a file, and the empty templates."""

import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from yizheng.documents.spreadsheets import MEDIA_TYPE
from yizheng.intake.approving import start_check
from yizheng.intake.describing import write_template
from yizheng.intake.formats import Format, UnknownFormat, format_of, formats
from yizheng.intake.models import Batch
from yizheng.intake.verbs.receive import MOST_BYTES, receive
from yizheng.people.models import Account, Scope
from yizheng.people.permissions import scopes_of
from yizheng.people.tables import Asked, Column, Link, Number, State, Table
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in


def _batches(asked: Asked) -> QuerySet[Batch]:
    return Batch.objects.visible_to(asked.account).select_related("account")


def _format_title(batch: Batch) -> str:
    found = _format(batch.format)
    return found.title if found else batch.format


BATCHES = Table(
    "intake_batches",
    "数据接收",
    _batches,
    (
        Column("文件", "name", 40, css="name", link=lambda batch: reverse("intake:batch", args=[batch.pk])),
        Column("批次", "pk", 8),
        Column("格式", _format_title, 24),
        State("状态", "get_state_display", 12),
        Number("行数", "rows", 10),
        Number("可接收", "accepted", 10),
        Number("不接收", "rejected", 10),
        Column("收到", "received", 18),
        Column("经办", lambda batch: batch.account.display_name if batch.account else "命令行", 12),
    ),
    guard=for_roles(DESKS),
    says="按格式接收的文件：核对、预览、两人确认后入册，可整批或部分回退",
    tally="批，新的在前",
    empty="还没有接收过文件。上传后先看每一行的核对结果，两人确认才入册。",
    empty_link=lambda asked: Link("上传文件", reverse("intake:upload")),
    links=lambda asked: (Link("上传文件", reverse("intake:upload"), "upload", primary=True),),
)
"""The newest batches first."""


@never_cache
@for_roles(DESKS)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponseBase:
    """Choose a format, an authority and a file."""
    account = signed_in(request)
    scopes, offered = scopes_at(account), formats()
    problem = ""
    if request.method == "POST":
        made = _received(request, account, scopes)
        if isinstance(made, Batch):
            return redirect("intake:batch", made.pk)
        problem = made
    context = {"formats": offered, "scopes": scopes, "problem": problem, "chosen": request.POST.get("format", "")}
    return render(request, "intake/upload.html", context, status=422 if problem else 200)


def scopes_at(account: Account) -> list[Scope]:
    """The authorities at whose desks the account works."""
    found = {scope.pk: scope for role in DESKS for scope in scopes_of(account, role)}
    return sorted(found.values(), key=lambda scope: scope.code)


def _received(request: HttpRequest, account: Account, scopes: list[Scope]) -> Batch | str:
    """The batch, or why there is none."""
    declared = _format(request.POST.get("format", ""))
    scope = next((one for one in scopes if str(one.pk) == request.POST.get("scope", "")), None)
    file = request.FILES.get("file")
    if declared is None:
        return "请选择格式"
    if scope is None:
        return "请选择接收机关"
    if not isinstance(file, UploadedFile):
        return "请选择文件"
    if (file.size or 0) > MOST_BYTES:
        return "文件超过 2 GB，请分成几个文件"
    with tempfile.NamedTemporaryFile(prefix="yizheng-upload-") as kept, transaction.atomic():
        for part in file.chunks():
            kept.write(part)
        kept.flush()
        name = Path(file.name or "未命名").name
        batch = receive(declared, Path(kept.name), name, account=account, authority_scope=scope.pk)
        start_check(batch, account)
    return batch


def _format(code: str) -> Format | None:
    try:
        return format_of(code)
    except UnknownFormat:
        return None


@for_roles(DESKS)
@require_safe
def template(request: HttpRequest, code: str) -> FileResponse:
    """The empty workbook of a format."""
    declared = _format(code)
    if declared is None:
        raise Http404("没有这种格式")
    with tempfile.NamedTemporaryFile(prefix="yizheng-template-", delete=False) as kept:
        path = Path(kept.name)
    write_template(declared, path)
    stream = path.open("rb")
    path.unlink()
    return FileResponse(stream, as_attachment=True, filename=f"{declared.title}模板.xlsx", content_type=MEDIA_TYPE)
