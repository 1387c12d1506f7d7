"""查看: one personal value in full for sixty seconds, asked for with a reason; what the pages that offer it share.

The page decides who may look and records the look; the person concerned can read it (个人信息保护法 第四十四条).
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TEXT = "text/plain; charset=utf-8"
MOST = 160
"""Characters of a reason that are kept."""


def answer(request: HttpRequest, *, what: str, whose: str, value: Callable[[str], str]) -> HttpResponse:
    """Ask the reason, then answer with `value(reason)`, which reads and records. Without script the question is a page."""
    asked = {"what": what, "whose": whose, "action": request.path}
    if request.method != "POST":
        part = request.headers.get("HX-Request") == "true"
        return render(request, "shell/parts/reveal_form.html" if part else "shell/reveal.html", asked)
    reason = request.POST.get("reason", "").strip()[:MOST]
    if not reason:
        return HttpResponse("请写明查看的理由", status=422, content_type=TEXT)
    return HttpResponse(value(reason), content_type=TEXT, headers={"Cache-Control": "no-store"})
