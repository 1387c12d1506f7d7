"""通知公告 of all sites with their search, the front of one site, one article with its files."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.disclosure.allowances import DOWNLOADS, LOOKUPS
from yizheng.disclosure.content.models import PublicArticle, PublicArticleQuerySet
from yizheng.disclosure.content.scanning import kind_in_words
from yizheng.disclosure.content.sites import site_of, sites
from yizheng.disclosure.content.writing import blocks
from yizheng.disclosure.keys import cleaned
from yizheng.disclosure.pages.open import limited
from yizheng.documents.attachments import size_of, store
from yizheng.documents.pages.serving import served

SIZE, FRONT = 20, 5
"""Articles of a page of the list, and of a section on the front of a site."""


@require_safe
@limited(LOOKUPS)
def notices(request: HttpRequest) -> HttpResponse:
    """Articles on view; ``?site=``, ``?section=`` and ``?q=`` narrow them, ``?page=`` goes on."""
    asked = {name: cleaned(request.GET.get(name, ""))[:50] for name in ("site", "section", "q")}
    site = site_of(asked["site"])
    found = _shown()
    if site is not None:
        found = found.filter(site=site.code)
        found = found.filter(section=asked["section"]) if asked["section"] in site.sections else found
    found = found.about(asked["q"])
    typed = request.GET.get("page", "")
    page = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1
    rows = list(found[(max(page, 1) - 1) * SIZE : max(page, 1) * SIZE + 1])
    shown: dict[str, Any] = {"site": site, "sites": sites(), "asked": asked, "articles": rows[:SIZE]}
    shown |= {"page": max(page, 1), "more": len(rows) > SIZE}
    return render(request, "disclosure/notices.html", shown)


@require_safe
@limited(LOOKUPS)
def site(request: HttpRequest, code: str) -> HttpResponse:
    """The front of a site: its sections, each with its newest articles."""
    found = site_of(code)
    if found is None:
        raise Http404
    articles = list(_shown().filter(site=code)[:200])
    sections = [
        (section, title, [each for each in articles if each.section == section][:FRONT])
        for section, title in found.sections.items()
    ]
    return render(request, "disclosure/site.html", {"site": found, "sections": sections})


@require_safe
@limited(LOOKUPS)
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """One article."""
    found = _article(number)
    files = [
        (place, each["name"], kind_in_words(each["media_type"]), size_of(each["size"]))
        for place, each in enumerate(found.files)
    ]
    return render(request, "disclosure/notice.html", {"article": found, "blocks": blocks(found.body), "files": files})


@require_safe
@limited(DOWNLOADS)
def notice_file(request: HttpRequest, number: int, place: int) -> HttpResponse:
    """A file of an article, to keep."""
    files = _article(number).files
    if place >= len(files):
        raise Http404
    kept = files[place]
    return served(request, store().read(kept["digest"]), kept["media_type"], kept["name"])


def _shown() -> PublicArticleQuerySet:
    return PublicArticle.objects.shown(timezone.localdate())


def _article(number: int) -> PublicArticle:
    found = _shown().filter(article=number).first() if number < 2**62 else None
    if found is None:
        raise Http404
    return found
