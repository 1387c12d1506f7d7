"""统计分析: runs without identities, each with its denominators, its warnings and its print."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from yizheng.documents.pages.serving import served
from yizheng.people.tables import Asked, Choice, Column, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.sequelae import rights
from yizheng.systems.sequelae.analyses import report as reporting
from yizheng.systems.sequelae.analyses import running, telling
from yizheng.systems.sequelae.models import Round, Run
from yizheng.systems.sequelae.models.runs import Kind

statistician_only = for_roles(rights.ANALYSE)


def _form(asked: Asked) -> dict[str, Any]:
    years = Round.objects.visible_to(asked.account).values_list("year", flat=True)
    return {"choices": running.choices(), "years": list(years)}


ANALYSES = Table(
    "sequelae_analyses",
    "随访统计",
    lambda asked: Run.objects.visible_to(asked.account).select_related("account"),
    (
        Column("分析", running.title_of, 34, css="name", link=lambda each: each.get_absolute_url()),
        Column("至年度", "until", 8),
        Column("数据摘要", lambda each: each.digest[:12], 14, css="dense"),
        Column("运行", "account.display_name", 16),
        Column("时间", "at", 18),
    ),
    guard=statistician_only,
    filters=(Choice("分析", "kind", Kind.choices, by="kind"),),
    says="数据不含姓名和号码，与结果一起保存，随时可以重算核对",
    tally="次，新的在前",
    empty="还没有运行过分析。",
    template="sequelae/analyses.html",
    more=_form,
)
"""All runs."""


@statistician_only
@require_POST
def start(request: HttpRequest) -> HttpResponseBase:
    """Run an analysis."""
    until = request.POST.get("until", "")
    year = int(until) if until.isascii() and until.isdigit() and len(until) == 4 else 0
    try:
        made = running.run(signed_in(request), request.POST.get("asked", ""), year)
    except running.Refused as refused:
        return ANALYSES.answer(request, 422, problem=str(refused))
    return redirect(made)


@never_cache
@statistician_only
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, pk: int) -> HttpResponse | HttpResponseBase:
    """One run; a POST computes it anew from its data and says whether the figures are the same."""
    row = _found(request, pk)
    if request.method == "POST":
        if running.again(row) == row.figures:
            messages.success(request, "重算结果一致")
        else:
            messages.error(request, "重算结果不一致：程序版本已变更，请重新运行")
        return redirect(row)
    context = {
        "run": row, "title": running.title_of(row), "sheets": telling.sheets(row.kind, row.figures),
        "pictures": telling.pictures(row.kind, row.figures),
    }  # fmt: skip
    return render(request, "sequelae/run.html", context)


def _found(request: HttpRequest, pk: int) -> Run:
    row = Run.objects.visible_to(signed_in(request)).select_related("account").filter(pk=pk).first()
    if row is None:
        raise Http404("没有这次分析")
    return row


@never_cache
@statistician_only
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The printed report of one run."""
    row = _found(request, pk)
    return served(request, reporting.report(signed_in(request), row), "application/pdf", f"{running.title_of(row)}.pdf")
