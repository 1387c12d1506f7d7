"""医师登记: finding a doctor of one's jurisdiction or institution."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.codes import name_of
from yizheng.people.models import Account
from yizheng.registry.words import Names
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.record.names import names_for
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import short_scope, standing
from yizheng.systems.doctors.pages.finding import Found, find
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.practitioners.models import PersonIdentity
from yizheng.systems.practitioners.models.identity import sex_word
from yizheng.systems.practitioners.registered import standing_on


@require_safe
@office_only
def search(request: HttpRequest) -> HttpResponse:
    """What fits what was typed, fifty at a time."""
    account = signed_in(request)
    text, house = request.GET.get("q", "").strip()[:60], request.GET.get("house", "").strip()[:100]
    found = find(account, text, house, request.GET.get("after", ""))
    rows = found_rows(account, found)
    house_name = rows[0]["house"] if rows and house.isdecimal() else house
    context = {
        "rows": rows,
        "text": text,
        "house": house,
        "house_name": house_name,
        "by_house": found.how == "institution" and not house,
        "after": found.after,
        "beyond_first": bool(request.GET.get("after")),
    }
    return render(request, "doctors/search.html", context)


def found_rows(account: Account, found: Found) -> list[dict[str, Any]]:
    """A row a person, in four queries whatever their number."""
    today = timezone.localdate()
    now = standing_on(PEOPLE, found.subjects, today)
    held = Registration.objects.visible_to(account).as_of(today).filter(subject_id__in=found.subjects)
    own = set(held.values_list("pk", flat=True))
    names = names_for(now.registrations.values())
    return [
        _row(subject, now.identities.get(subject), now.registrations.get(subject), names, own)
        for subject in found.subjects
        if subject in now.identities or subject in now.registrations
    ]


def _row(
    subject: int, identity: PersonIdentity | None, held: Registration | None, names: Names, own: set[int]
) -> dict[str, Any]:
    words = standing(held)
    return {
        "url": reverse("doctors:doctor", args=[subject]),
        "name": identity.name if identity else "（未载姓名）",
        "sex": sex_word(identity.sex) if identity else "",
        "born": identity.birth_date.year if identity else "",
        "level": name_of("practice_level", held.level) if held else "",
        "category": name_of("practice_category", held.category) if held else "",
        "number": held.practice_number if held else "",
        "covered": held is not None and held.pk not in own,
        "house": names.subject(held.institution_id) if held else "",
        "scopes": "；".join(short_scope(code) for code in held.scopes) if held else "",
        "state": words.state,
        "detail": words.detail,
    }
