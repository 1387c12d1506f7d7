"""The page of announced lists: the months on view, or one list of one month, page by page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.disclosure import announcements
from yizheng.disclosure.allowances import LOOKUPS
from yizheng.disclosure.announcements import Cursor, Kind
from yizheng.disclosure.keys import public_number
from yizheng.disclosure.pages.open import limited
from yizheng.disclosure.sources import by_slug, of_people
from yizheng.people.tables import Month


@require_safe
@limited(LOOKUPS)
def lists(request: HttpRequest) -> HttpResponse:
    """The months on view; of the register in ``?of=``; with ``?kind=`` and ``?month=``, the names of one list, ``?after=`` a line of it."""
    today = timezone.localdate()
    source = by_slug(request.GET.get("of", ""))
    if source is None or not source.lookup.announced:
        raise Http404
    shown = {
        "source": source,
        "others": [each for each in of_people() if each.lookup.announced],
        "unlisted": [each for each in of_people() if not each.lookup.announced],
    }
    if "kind" not in request.GET:
        months = announcements.months(source.register.code, today)
        return render(request, "disclosure/lists.html", {**shown, "months": months})
    month = Month("月份", "month").read(request.GET)
    after = Cursor.read(request.GET["after"]) if "after" in request.GET else None
    if month is None or request.GET["kind"] not in set(Kind) or (after is None and "after" in request.GET):
        raise Http404
    kind = Kind(request.GET["kind"])
    page = announcements.page(source.register.code, kind, month, after, today)
    context = {
        **shown,
        "title": announcements.TITLES[kind],
        "kind": kind,
        "ended": kind == Kind.ENDED,
        "month": month,
        "first": after is None,
        "after": page.after,
        "lines": [(line, public_number(line.entry.practice_number)) for line in page.lines],
    }
    return render(request, "disclosure/list.html", context)
