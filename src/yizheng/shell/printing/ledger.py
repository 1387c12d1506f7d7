"""制证台账: every print, spoilt sheet and delivery, newest first; spoilt sheets and deliveries are entered here."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yizheng.documents.models import Certificate, LedgerAct, LedgerEntry, MadeFor, PrintRun
from yizheng.documents.paper import printing
from yizheng.people.tables import Actions, Asked, Choice, Column, Day, Kept, Link, Number, Shown, Table, Text
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.printing.desk import ERASED, holders


@require_POST
@for_roles(DESKS)
def enter(request: HttpRequest, certificate_id: int) -> HttpResponseBase:
    """Write a spoilt sheet or a delivery into the ledger."""
    account = signed_in(request)
    certificate = get_object_or_404(Certificate.objects.visible_to(account), pk=certificate_id)
    note = request.POST.get("note", "")[:200]
    try:
        if request.POST.get("act") == LedgerAct.DELIVERED:
            printing.deliver(certificate, by=account, note=note)
            messages.success(request, f"{certificate.number} 已登记送达")
        else:
            printing.spoil(certificate, by=account, serial=request.POST.get("paper_serial", "")[:40], reason=note)
            messages.success(request, f"{certificate.number} 的一张纸已登记作废，可以重新打印")
    except printing.PrintingRefused as refused:
        return LEDGER.answer(request, 409, problem=str(refused))
    return redirect(f"{reverse('printing:ledger')}?number={certificate.number}")


def _entries(asked: Asked) -> QuerySet[LedgerEntry]:
    return LedgerEntry.objects.visible_to(asked.account).select_related("certificate", "made_by", "run")


def _numbered(rows: QuerySet[LedgerEntry], number: str) -> QuerySet[LedgerEntry]:
    return rows.filter(Q(certificate__number=number) | Q(paper_serial=number))


def _described(entries: list[LedgerEntry], asked: Asked) -> list[dict[str, Any]]:
    names = holders([entry.certificate for entry in entries])
    return [{"entry": entry, "holder": names.get(entry.certificate_id, ERASED)} for entry in entries]


def _run(asked: Asked) -> dict[str, Any]:
    run = asked["run"]
    return {"run": PrintRun.objects.visible_to(asked.account).filter(pk=run).first() if run else None}


LEDGER = Table(
    "certificate-ledger",
    "制证台账",
    _entries,
    (
        Column("时间", "entry.made_at", 18),
        Column("事项", "entry.get_act_display", 8),
        Column(
            "证照", "entry.certificate.title", 22, beside=(lambda row: f"第 {row['entry'].certificate.version} 版",)
        ),
        Column("证书编码", "entry.certificate.number", 20, css="together"),
        Column("持证人", "holder", 14, css="name together"),
        Column("版本", "entry.certificate.version", 6, shown=Shown.ON_PAPER),
        Number("第几次打印", "entry.nth", 10),
        Column("原因", "entry.get_purpose_display", 16),
        Column("纸张编号", "entry.paper_serial", 16, css="together", nothing="没有登记纸张编号"),
        Column("经办", "entry.made_by.display_name", 12, css="together"),
        Column("说明", "entry.note", 30),
        Actions("登记", "printing/parts/enter.html"),
    ),
    guard=for_roles(DESKS),
    filters=(
        Choice("事项", "act", LedgerAct.choices, by="act"),
        Choice("原因", "purpose", MadeFor.choices, by="purpose"),
        Day("从", "since", by="made_at__date__gte"),
        Day("到", "until", by="made_at__date__lte"),
        Text("证书或纸张编号", "number", by=_numbered),
        Kept("批次", "run", by="run_id"),
    ),
    described=_described,
    says="只增不改；打印次数按证书编码累计",
    tally="条，新的在前",
    empty="还没有打印过证照。打印之后，每一张都会记在这里。",
    empty_link=lambda asked: Link("去制证", reverse("printing:desk")),
    unfound="没有符合条件的记录。",
    links=lambda asked: (Link("制证", reverse("printing:desk"), "printer"),),
    template="printing/ledger.html",
    more=_run,
)
"""The entries, newest first."""
