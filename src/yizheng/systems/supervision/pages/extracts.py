"""业务数据: files of services, exemptions and alliances, read whole before they count; the rules see those that stand."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from yizheng.documents.attachments.keeping import store_bytes
from yizheng.kernel.calculators import BadInput
from yizheng.people import audit
from yizheng.people.kinds import Role
from yizheng.people.permissions import scopes_of
from yizheng.people.tables import Asked, Column, Number, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.supervision.models import Extract
from yizheng.systems.supervision.pages.entries import INSPECTORS
from yizheng.systems.supervision.tables import columns_words, rows_in

MOST_BYTES = 64 * 1024 * 1024
KINDS = {
    "services": "服务记录（就诊、处方、手术、排班）",
    "exemptions": "免于变更的情形（医师法第十八条）",
    "alliances": "医联体成员",
}


def _form(asked: Asked) -> dict[str, object]:
    return {"kinds": [(code, words, columns_words(code)) for code, words in KINDS.items()]}


EXTRACTS = Table(
    "extracts",
    "业务数据",
    lambda asked: Extract.objects.visible_to(asked.account).select_related("account"),
    (
        Column("文件", "name", 30, css="name"),
        Column("种类", lambda each: KINDS[each.kind], 30),
        Number("行数", "rows", 10),
        Column("摘要", lambda each: each.digest[:12], 14, css="dense"),
        Column("接收", "taken_at", 18),
        Column("经办", lambda each: each.account.display_name, 12),
    ),
    guard=for_roles(INSPECTORS),
    says="判定时与切片一起使用；人员填证书编号，机构填登记号，日期以服务当日为准",
    tally="个文件，新的在前",
    empty="还没有业务数据。没有服务记录时，只有登记簿本身的规则会有结果。",
    template="supervision/extracts.html",
    more=_form,
)
"""Every file taken in."""


@for_roles(INSPECTORS)
@require_POST
def take(request: HttpRequest) -> HttpResponseBase:
    """Take a file in, if every row of it can be read."""
    account, sent, kind = signed_in(request), request.FILES.get("extract"), request.POST.get("kind", "")
    scope = next(iter(scopes_of(account, Role.INSPECTOR)), None)
    if sent is None or isinstance(sent, list) or kind not in KINDS or scope is None:
        return EXTRACTS.answer(request, 422, problem="请选择种类和文件")
    if (sent.size or 0) > MOST_BYTES:
        return EXTRACTS.answer(request, 422, problem="文件超过 64 MB，请分批提供")
    content = sent.read()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "extract.csv"
        path.write_bytes(content)
        try:
            rows = rows_in(kind, path)
        except BadInput as bad:
            return EXTRACTS.answer(request, 422, problem=str(bad))
    made = Extract.objects.create(
        kind=kind,
        name=str(sent.name)[:200],
        digest=store_bytes(content),
        rows=len(rows),
        account=account,
        authority_scope=scope.pk,
    )
    audit.record(account, "extract.take", f"extract:{made.pk}", {"rows": made.rows, "digest": made.digest})
    messages.success(request, f"已接收 {made.rows:,} 行，下次判定时使用")
    return redirect("supervision:extracts")
