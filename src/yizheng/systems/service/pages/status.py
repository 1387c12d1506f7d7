"""系统状态: what every user may know of the systems, without signing in and without a script."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.systems.service.pages.access import contract_now
from yizheng.systems.service.status import DAYS, stands, windows


@require_safe
def status(request: HttpRequest) -> HttpResponse:
    """The systems, what is announced, and the availability of the last ninety days."""
    now, contract = timezone.now(), contract_now()
    context = {
        "stands": stands(contract, now) if contract else [],
        "windows": [each for each in windows(now) if each.ends > now],
        "now": now,
        "days": DAYS,
    }
    return render(request, "service/status.html", context)
