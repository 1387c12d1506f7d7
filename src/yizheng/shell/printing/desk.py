"""制证: the certificates that wait for the printer, and the act of printing what is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yizheng.documents import sealing
from yizheng.documents.declarations import certificate_kind
from yizheng.documents.jobs import PRINT
from yizheng.documents.models import Certificate, MadeFor
from yizheng.documents.paper import printing
from yizheng.licensing.catalogue import items
from yizheng.licensing.models import Case
from yizheng.people import vault
from yizheng.people.models import Account
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.shell.printing.choosing import STAGES, chosen, read
from yizheng.work.jobs import defer, progress_page

PAGE = 100
AT_ONCE = 60
"""More certificates than these are printed by the worker."""


@require_safe
@for_roles(DESKS)
def to_print(request: HttpRequest) -> HttpResponse:
    """What fits, a hundred a page; all of it can be printed without turning the pages."""
    return _desk(request, signed_in(request))


@require_POST
@for_roles(DESKS)
def print_chosen(request: HttpRequest) -> HttpResponseBase:
    """Print the ticked certificates, or everything that fits; a long file is made by the worker."""
    account = signed_in(request)
    ids = _ids(request, account)
    wishes = {
        "first_serial": request.POST.get("first_serial", "").strip()[:40],
        "again": request.POST.get("again", "").strip()[:200],
    }
    if AT_ONCE < len(ids) <= printing.MOST:
        title = f"批量制证 {len(ids)} 本"
        return redirect(progress_page(defer(PRINT, account=account, title=title, ids=ids, **wishes)))
    try:
        run = printing.print_certificates(ids, by=account, **wishes)
    except printing.PrintingRefused as refused:
        return _desk(request, account, refusal=str(refused), **wishes)
    except vault.Erased:
        return _desk(request, account, refusal="选中的证照有些持证人的个人信息已依法删除，不能打印。", **wishes)
    return redirect(f"{reverse('printing:ledger')}?run={run.pk}")


def _ids(request: HttpRequest, account: Account) -> list[int]:
    if request.POST.get("everything"):
        fitting = chosen(account, read(request.POST)).values_list("pk", flat=True)
        return list(fitting[: printing.MOST + 1])
    return [int(row) for row in request.POST.getlist("rows")[: printing.MOST + 1] if row.isdecimal()]


def _desk(request: HttpRequest, account: Account, refusal: str = "", **wishes: str) -> HttpResponse:
    query = request.POST if request.method == "POST" else request.GET
    choice = read(query)
    fitting = chosen(account, choice)
    after = query.get("after", "")
    start = int(after) if after.isdecimal() and len(after) < 7 else 0
    found = list(fitting[start : start + PAGE + 1])
    shown = found[:PAGE]
    context: dict[str, Any] = {
        "choice": choice,
        "stages": STAGES.items(),
        "items": [(item.code, item.short_title) for item in items(timezone.localdate())],
        "rows": _rows(account, shown),
        "number": fitting.count(),
        "most": printing.MOST,
        "next": str(start + PAGE) if len(found) > PAGE else "",
        "beyond_first": start > 0,
        "refusal": refusal,
        **wishes,
    }
    return render(request, "printing/desk.html", context, status=409 if refusal else 200)


def _rows(account: Account, shown: Sequence[Certificate]) -> list[dict[str, Any]]:
    """A row a certificate, in four queries whatever their number."""
    cases = {
        case.certificate_id: case
        for case in Case.objects.visible_to(account).filter(certificate_id__in=[one.pk for one in shown])
    }
    counts = printing.print_counts(shown)
    names = holders(shown)
    return [
        {
            "id": one.pk,
            "title": certificate_kind(one.kind).title,
            "number": one.number,
            "holder": names.get(one.pk, "（个人信息已删除）"),
            "case": cases.get(one.pk),
            "issued_on": one.issued_on,
            "version": one.version,
            "why": MadeFor(one.made_for).label,
            "nth": counts.get(printing.number_of(one), 0),
        }
        for one in shown
    ]


def holders(shown: Sequence[Certificate]) -> dict[int, str]:
    """The printed name of each certificate; those of erased people are left out."""
    erased = vault.erased(one.subject_id for one in shown)
    open_ones = [one for one in shown if one.subject_id not in erased]
    fields = sealing.unseal_many(open_ones)
    return {one.pk: str(printed.get("name", "")) for one, (printed, _) in zip(open_ones, fields, strict=True)}
