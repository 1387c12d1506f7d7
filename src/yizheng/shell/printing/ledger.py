"""制证台账: every print, spoilt sheet and delivery, newest first; spoilt sheets and deliveries are entered here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yizheng.documents import printing
from yizheng.documents.declarations import certificate_kind
from yizheng.documents.models import Certificate, LedgerAct, LedgerEntry, MadeFor, PrintRun
from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.models import Account
from yizheng.people.paging import page_of
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.printing.desk import holders


@require_safe
@for_roles(DESKS)
def ledger(request: HttpRequest) -> HttpResponse:
    """The entries that fit, fifty a page."""
    return _ledger(request, signed_in(request))


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
            printing.spoil(
                certificate, by=account, serial=request.POST.get("paper_serial", "")[:40], reason=note
            )
            messages.success(request, f"{certificate.number} 的一张纸已登记作废，可以重新打印")
    except printing.PrintingRefused as refused:
        return _ledger(request, account, str(refused))
    return redirect(f"{reverse('printing:ledger')}?number={certificate.number}")


def entries(account: Account, query: Mapping[str, str]) -> QuerySet[LedgerEntry]:
    """The entries an address asks for."""
    rows = LedgerEntry.objects.visible_to(account).select_related("certificate", "made_by", "run")
    wanted = Q()
    if (act := query.get("act", "")) in LedgerAct.values:
        wanted &= Q(act=act)
    if (purpose := query.get("purpose", "")) in MadeFor.values:
        wanted &= Q(purpose=purpose)
    if since := parse_date(query.get("since", "")):
        wanted &= Q(made_at__date__gte=since)
    if until := parse_date(query.get("until", "")):
        wanted &= Q(made_at__date__lte=until)
    if number := query.get("number", "").strip():
        wanted &= Q(certificate__number=number) | Q(paper_serial=number)
    if (run := query.get("run", "")).isdecimal() and len(run) < 19:
        wanted &= Q(run_id=int(run))
    return rows.filter(wanted)


def row(entry: LedgerEntry, holder: str) -> dict[str, Any]:
    """An entry as page, paper and spreadsheet show it."""
    return {
        "entry": entry,
        "act": LedgerAct(entry.act).label,
        "title": certificate_kind(entry.certificate.kind).title,
        "number": entry.certificate.number,
        "holder": holder,
        "version": entry.certificate.version,
        "nth": entry.nth,
        "why": MadeFor(entry.purpose).label,
        "serial": entry.paper_serial,
        "who": entry.made_by.display_name,
        "at": entry.made_at,
        "note": entry.note,
    }


def _ledger(request: HttpRequest, account: Account, refusal: str = "") -> HttpResponse:
    query = request.GET
    page = page_of(entries(account, query), query)
    names = holders([entry.certificate for entry in page.rows])
    run = query.get("run", "")
    context = {
        "page": page,
        "rows": [row(entry, names.get(entry.certificate_id, "（个人信息已删除）")) for entry in page.rows],
        "acts": LedgerAct.choices,
        "purposes": MadeFor.choices,
        "query": {name: query.get(name, "") for name in ("act", "purpose", "since", "until", "number")},
        "run": PrintRun.objects.visible_to(account).filter(pk=int(run)).first()
        if run.isdecimal() and len(run) < 19
        else None,
        "refusal": refusal,
    }
    return render(request, "printing/ledger.html", context, status=409 if refusal else 200)
