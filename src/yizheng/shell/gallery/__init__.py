"""The gallery: every component in every state with invented data, to look at and to test.

Served only while developing, testing or demonstrating (`DEBUG` or `DEMO` in the settings).
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from yizheng.shell.gallery.components import context


@login_not_required
@transaction.non_atomic_requests
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All components on one page."""
    if not (settings.DEBUG or getattr(settings, "DEMO", False)):
        raise Http404("gallery")
    return render(request, "shell/gallery/components.html", context())
