"""月报季评: this month from live figures, the sheets handed in, the quarter beside the one before."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from yizheng.kernel.calendar.periods import add_months
from yizheng.kernel.chinese_dates import parse_date
from yizheng.people.kinds import Role
from yizheng.people.permissions import roles_of
from yizheng.shell.desk.access import signed_in
from yizheng.systems.service.indicators import sheets
from yizheng.systems.service.indicators.measuring import measure
from yizheng.systems.service.models import MonthSheet
from yizheng.systems.service.orders.acting import Refused
from yizheng.systems.service.pages.access import service_only, surroundings, typed


@never_cache
@service_only
@require_http_methods(["GET", "HEAD", "POST"])
def indicators(request: HttpRequest) -> HttpResponseBase:
    """The indicators of a month; a POST hands its sheet in."""
    around, account = surroundings(), signed_in(request)
    known = sheets.months(around)
    month = _month(request, known)
    problem = ""
    if request.method == "POST":
        try:
            sheets.hand_in(account, around, month, typed(request, "said"))
        except Refused as refused:
            problem = str(refused)
        else:
            messages.success(request, f"已填报 {month:%Y-%m} 指标")
            return redirect(f"{request.path}?month={month:%Y-%m}")
    sheet = MonthSheet.objects.filter(contract=around.contract, month=month).select_related("account").first()
    over = add_months(month, 1) <= around.today
    context = {
        "months": [(each, each == month) for each in known],
        "month": month,
        "sheet": sheet,
        "rows": sheet.rows if sheet else [each.kept for each in measure(around, month)],
        "may_hand_in": over and sheet is None and Role.SERVICE_MANAGER in roles_of(account),
        "over": over,
        "quarter": sheets.quarter_of(month),
        "compared": sheets.compared(around, month),
        "problem": problem,
        "said": typed(request, "said") if problem else "",
    }
    return render(request, "service/indicators.html", context, status=422 if problem else 200)


def _month(request: HttpRequest, known: list[date]) -> date:
    asked = request.POST.get("month") or request.GET.get("month") or ""
    found = parse_date(f"{asked}-01")
    return found if found in known else known[-1]
