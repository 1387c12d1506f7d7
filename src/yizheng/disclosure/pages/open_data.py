"""开放数据: the page with the dictionary, the two files of the day, and their signed manifest."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yizheng.disclosure import open_data
from yizheng.disclosure.allowances import DOWNLOADS
from yizheng.disclosure.models import OpenDataDay
from yizheng.disclosure.pages.open import limited
from yizheng.documents.attachments import store
from yizheng.documents.verifying.status_list import MEDIA_TYPE

TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}


@require_safe
@limited(DOWNLOADS)
def page(request: HttpRequest) -> HttpResponse:
    """What the files hold, of which day, and how a copy is checked."""
    return render(request, "disclosure/open_data.html", {"day": open_data.newest(), "fields": open_data.FIELDS})


@require_safe
@limited(DOWNLOADS)
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """One of the files of the newest day."""
    row = _newest()
    digest = row.csv if kind == "csv" else row.jsonl
    content = store().path(digest).open("rb")
    response = FileResponse(
        content, as_attachment=True, filename=f"institutions-{row.day}.{kind}", content_type=TYPES[kind]
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
