"""季度报告: which are due, handed in, received, questioned or passed; one with its figures."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import roles_of
from yizheng.shell.desk.access import signed_in
from yizheng.systems.service.clauses.evidence import quarters, review_due, review_of
from yizheng.systems.service.clauses.surroundings import Surroundings
from yizheng.systems.service.models import Report
from yizheng.systems.service.orders.acting import Refused
from yizheng.systems.service.pages.access import service_only, surroundings, typed
from yizheng.systems.service.reports import acting
from yizheng.systems.service.reports.figures import figures


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of the term with its newest report."""

    number: int
    first: date
    last: date
    report: Report | None
    state: str
    review_due: date | None


def _quarters(around: Surroundings) -> list[Quarter]:
    handed = {each.quarter: each for each in around.reports}
    found = []
    for number in quarters(around):
        first, last = acting.period(around, number)
        report = handed.get(number)
        missing = "已超期" if around.today > last else "未开始" if around.today < first else "进行中"
        state = review_of(report, around.today) if report else missing
        found.append(Quarter(number, first, last, report, state, review_due(report) if report else None))
    return found


@never_cache
@service_only
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: HttpRequest) -> HttpResponseBase:
    """The quarters of the term; a POST hands the report of one in."""
    around, account = surroundings(), signed_in(request)
    problem = ""
    if request.method == "POST":
        number = typed(request, "quarter")
        try:
            made = acting.hand_in(
                account, around, int(number) if number in set("123456789") else 0, typed(request, "said")[:4000]
            )
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, f"已提交{made}")
            return redirect(made.get_absolute_url())
    found = _quarters(around)
    open_ones = [each for each in found if around.today > each.last and (each.report is None or each.report.questioned)]
    context = {
        "contract": around.contract,
        "quarters": found,
        "problem": problem,
        "said": typed(request, "said"),
        "to_hand_in": open_ones if Role.SERVICE_MANAGER in roles_of(account) else [],
        "preview": [(each, figures(around, each.first, each.last)) for each in open_ones],
    }
    return render(request, "service/reports.html", context, status=422 if problem else 200)


@never_cache
@service_only
def report(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """One report as it was handed in."""
    return _report(request, _found(report_id))


@service_only
@require_POST
def act_on_report(request: HttpRequest, report_id: int) -> HttpResponseBase:
    """签收, 提出异议, 审核通过."""
    account, found = signed_in(request), _found(report_id)
    acts: dict[str, tuple[str, Callable[[Account, int], Report]]] = {
        "receive": ("已签收，十四日内没有异议视为通过", acting.receive),
        "pass": ("已审核通过", acting.agree),
        "question": ("已提出异议", lambda who, pk: acting.question(who, pk, typed(request, "words"))),
    }
    verb = typed(request, "verb")
    if verb not in acts:
        return _report(request, found, "没有这一操作", 400)
    said, act = acts[verb]
    try:
        act(account, found.pk)
    except Refused as refused:
        return _report(request, found, str(refused), 409)
    messages.success(request, said)
    return redirect(found.get_absolute_url())


def _found(report_id: int) -> Report:
    found = Report.objects.select_related("contract", "sender", "reviewer").filter(pk=report_id).first()
    if found is None:
        raise Http404("没有这份报告")
    return found


def _report(request: HttpRequest, found: Report, problem: str = "", status: int = 200) -> HttpResponse:
    around = Surroundings(found.contract)
    first, last = acting.period(around, found.quarter)
    state = review_of(found, around.today)
    client = Role.CLIENT_MANAGER in roles_of(signed_in(request))
    context = {
        "report": found,
        "state": state,
        "first": first,
        "last": last,
        "due": review_due(found),
        "may_receive": client and found.received is None,
        "may_review": client and state == "待审核",
        "problem": problem,
        "words": typed(request, "words") if request.method == "POST" else "",
    }
    return render(request, "service/report.html", context, status=status)
