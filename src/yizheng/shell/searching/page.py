"""The answer to the search of the top bar."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from yizheng.shell.account import standing
from yizheng.shell.desk.access import signed_in, staff_only
from yizheng.shell.searching.sources import Hit, sources


@require_safe
@staff_only
def search(request: HttpRequest) -> HttpResponseBase:
    """What every source finds for one line of text; a single hit is opened at once."""
    account = signed_in(request)
    text = request.GET.get("q", "").strip()[:60]
    found: dict[str, list[Hit]] = {}
    for source in sources(standing(request).roles) if text else ():
        for hit in source.find(account, text):
            found.setdefault(hit.heading or source.title, []).append(hit)
    hits = [hit for each in found.values() for hit in each]
    if len(hits) == 1:
        return redirect(hits[0].url)
    context = {"text": text, "found": list(found.items()), "number": len(hits)}
    return render(request, "shell/search.html", context)
