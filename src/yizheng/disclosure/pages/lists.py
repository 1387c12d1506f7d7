"""The page of announced lists: the days on view, or one list of one day."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.disclosure import announcements
from yizheng.disclosure.allowances import LOOKUPS
from yizheng.disclosure.announcements import Kind
from yizheng.disclosure.keys import public_number
from yizheng.disclosure.pages.open import limited
from yizheng.kernel.chinese_dates import parse_date


@require_safe
@limited(LOOKUPS)
def lists(request: HttpRequest) -> HttpResponse:
    """The days on view; with ``?kind=`` and ``?on=``, the names of one list."""
    today = timezone.localdate()
    if "kind" not in request.GET:
        return render(request, "disclosure/lists.html", {"days": announcements.days(today)})
    on = parse_date(request.GET.get("on", ""))
    if on is None or request.GET["kind"] not in set(Kind):
        raise Http404
    kind = Kind(request.GET["kind"])
    rows = [(entry, public_number(entry.practice_number)) for entry in announcements.names(kind, on, today)]
    return render(
        request, "disclosure/list.html", {"title": announcements.TITLES[kind], "on": on, "rows": rows}
    )
