"""The gallery: every component in every state and every kind of page with invented data, to look at and to test.

Served only while developing, testing or demonstrating (`DEBUG` or `DEMO` in the settings).
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yizheng.shell.gallery import applying, case, components, frame, public, worklist

Page = tuple[str, Callable[[], dict[str, Any]]]

PAGES: dict[str, Page] = {
    "components": ("shell/gallery/components.html", components.context),
    "home": ("shell/gallery/home.html", public.home),
    "entry": ("shell/gallery/entry.html", public.entry),
    "worklist": ("shell/worklist.html", worklist.context),
    "worklist-empty": ("shell/worklist.html", worklist.empty),
    "case": ("shell/gallery/case.html", case.context),
    "case-lost": ("shell/gallery/case.html", case.lost),
    "form": ("shell/form.html", applying.context),
    "form-faults": ("shell/form.html", applying.after_submitting),
    "print": ("shell/gallery/print.html", components.printed),
}


def _require_shown() -> None:
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404("gallery")


@login_not_required
@transaction.non_atomic_requests
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The list of gallery pages."""
    _require_shown()
    return render(request, "shell/gallery/index.html", {"pages": list(PAGES), "shell": frame.Frame()})


@login_not_required
@transaction.non_atomic_requests
@require_safe
def page(request: HttpRequest, page: str) -> HttpResponse:
    """One gallery page."""
    _require_shown()
    if page not in PAGES:
        raise Http404(page)
    template, context = PAGES[page]
    return render(request, template, {"shell": frame.Frame(), **context()})
