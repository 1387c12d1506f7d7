"""机构登记: the institutions an account may see, found by part of the name or by number; paged by name."""

from __future__ import annotations

import base64
import json
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.codes import name_of
from yizheng.people.kinds import AccountKind
from yizheng.people.models import Account
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.searching import matching

PAGE = 50


@require_safe
@office_only
def listing(request: HttpRequest) -> HttpResponse:
    """The institutions; an institution's own operator is led to her own page."""
    account = signed_in(request)
    if account.kind == AccountKind.INSTITUTION and account.subject_id:
        return redirect("institutions:institution", account.subject_id)
    text = request.GET.get("q", "").strip()[:100]
    rows = chosen_licences(account, text)
    position = _position(request.GET.get("after", ""))
    if position:
        rows = rows.filter(Q(name__gt=position[0]) | Q(name=position[0], subject_id__gt=position[1]))
    found = list(rows[: PAGE + 1])
    shown = found[:PAGE]
    context = {
        "rows": [listed(each) for each in shown],
        "text": text,
        "after": _write(shown[-1]) if len(found) > PAGE else "",
        "beyond_first": position is not None,
    }
    return render(request, "institutions/list.html", context)


def chosen_licences(account: Account, text: str) -> QuerySet[InstitutionLicence]:
    """The licences in force today that the account may see, by part of the name or by number, in order of names."""
    rows = InstitutionLicence.objects.visible_to(account).as_of(timezone.localdate())
    if text:
        rows = rows.filter(matching(account, text))
    return rows.order_by("name", "subject_id")


def listed(each: InstitutionLicence) -> dict[str, Any]:
    """One institution as the list shows it."""
    return {
        "url": reverse("institutions:institution", args=[each.subject_id]),
        "name": each.name,
        "number": each.registration_number,
        "category": name_of("institution_category", each.category),
        "district": name_of("district", each.district),
        "subjects": len(each.subjects),
        "state": each.standing.word,
        "detail": each.standing.detail,
    }


def _write(last: InstitutionLicence) -> str:
    return base64.urlsafe_b64encode(json.dumps([last.name, last.subject_id]).encode()).decode()


def _position(text: str) -> tuple[str, int] | None:
    try:
        name, subject = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, TypeError):
        return None
    return (name, subject) if isinstance(name, str) and isinstance(subject, int) else None
