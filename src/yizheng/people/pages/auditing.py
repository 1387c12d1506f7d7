"""The audit trail for the audit administrator."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from yizheng.people.models import AuditEntry
from yizheng.people.pages.frame import requires
from yizheng.people.paging import page_of
from yizheng.people.roles import Power
from yizheng.people.wording import detail_words, known_verbs, object_reference, object_words, verb_words


@never_cache
@requires(Power.READ_AUDIT)
@require_GET
def audit_list(request: HttpRequest) -> HttpResponseBase:
    """Entries, newest first, by verb, actor or object."""
    page = page_of(chosen_entries(request.GET), request.GET)
    context = {
        "page": page,
        "entries": [_row(entry) for entry in page.rows],
        "verbs": known_verbs(),
        "verb": request.GET.get("verb", ""),
        "actor": request.GET.get("actor", "").strip(),
        "about": object_words(request.GET.get("object", "").strip()),
    }
    return render(request, "people/audit.html", context)


def chosen_entries(query: Mapping[str, str]) -> QuerySet[AuditEntry]:
    """The entries an address asks for."""
    chosen = AuditEntry.objects.select_related("actor")
    if verb := query.get("verb", ""):
        chosen = chosen.filter(verb=verb)
    if actor := query.get("actor", "").strip():
        chosen = chosen.filter(actor__username=actor)
    if about := query.get("object", "").strip():
        chosen = chosen.filter(object_ref=object_reference(about))
    return chosen


def _row(entry: AuditEntry) -> dict[str, Any]:
    return {
        "entry": entry,
        "verb": verb_words(entry.verb),
        "about": object_words(entry.object_ref),
        "detail": detail_words(entry.detail),
    }
