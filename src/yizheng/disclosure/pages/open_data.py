"""开放数据: the page with the dictionary, the files of the day, what changed on each day, and the signed manifests."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yizheng.disclosure import open_data
from yizheng.disclosure.allowances import DOWNLOADS
from yizheng.disclosure.models import OpenDataDay
from yizheng.disclosure.pages.open import limited
from yizheng.documents.attachments import store
from yizheng.documents.verifying.status_list import MEDIA_TYPE
from yizheng.kernel.chinese_dates import parse_date

TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


@require_safe
@limited(DOWNLOADS)
def page(request: HttpRequest) -> HttpResponse:
    """What the files hold, of which day, and how a copy is checked."""
    days = open_data.recent()
    context = {"day": days[0] if days else None, "days": days, "fields": open_data.FIELDS, "kinds": open_data.CHANGES}
    return render(request, "disclosure/open_data.html", context)


@require_safe
@limited(DOWNLOADS)
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the files of the newest day."""
    row = _newest()
    return _sent(row.csv if kind == "csv" else row.jsonl, f"institutions-{row.day}.{kind}", kind)


@require_safe
@limited(DOWNLOADS)
def changes(request: HttpRequest, day: str) -> HttpResponse:
    """What changed on a day since the day before."""
    row = _made_on(day)
    return _sent(row.changes, f"changes-{row.day}.jsonl", "jsonl")


@require_safe
@limited(DOWNLOADS)
def manifest_of(request: HttpRequest, day: str) -> HttpResponse:
    """The signed manifest of a day."""
    return HttpResponse(_made_on(day).manifest, content_type=MEDIA_TYPE)


def _made_on(day: str) -> OpenDataDay:
    asked = parse_date(day)
    row = open_data.day_of(asked) if asked else None
    if row is None:
        raise Http404(f"没有这一天的变更，提供最近 {open_data.KEPT} 天的")
    return row


def _sent(digest: str, name: str, kind: str) -> HttpResponse:
    response = FileResponse(
        store().path(digest).open("rb"), as_attachment=True, filename=name, content_type=TYPES[kind]
    )
    response["ETag"] = f'"{digest}"'
    return response  # type: ignore[return-value]  # a response in a stream


@require_safe
@limited(DOWNLOADS)
def manifest(request: HttpRequest) -> HttpResponse:
    """Digests of both files and the dictionary, signed."""
    return HttpResponse(_newest().manifest, content_type=MEDIA_TYPE)


def _newest() -> OpenDataDay:
    row = open_data.newest()
    if row is None:
        raise Http404("今天的开放数据还没有生成，每日 06:20 生成")
    return row
