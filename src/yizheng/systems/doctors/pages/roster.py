"""本机构医师: the roster, comings and goings, what waits for the institution and what comes due in ninety days."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.codes import name_of
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.scopes import organisation_of
from yizheng.registry.periods import last_day
from yizheng.shell.deadlines import page as deadlines
from yizheng.shell.desk.access import office_only
from yizheng.systems.doctors.certificates.practice import sex_word
from yizheng.systems.doctors.pages.house import House, house_of
from yizheng.systems.doctors.pages.wording import short_scope, standing
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.doctors.roster.members import FILED, GROUNDS, Member, Position, members
from yizheng.systems.doctors.roster.movements import WORDS, Movement, movements

LOOKED_BACK = timedelta(days=365)
MOST_WAITING = 20
MOST_COMING = 200


@require_safe
@office_only
def roster(request: HttpRequest) -> HttpResponseBase:
    """The doctors of one institution; a clerk who names none is led to the list of institutions."""
    house = house_of(request)
    if house is None:
        return redirect("institutions:list")
    return _page(request, house)


def _page(request: HttpRequest, house: House) -> HttpResponse:
    today = timezone.localdate()
    text, ground = asked(request)
    rows, after = members(
        house.account,
        house.subject,
        today,
        text=text,
        ground=ground,
        after=_read(request.GET.get("after", "")),
    )
    context = {
        "house": house,
        "rows": [shown(each) for each in rows],
        "grounds": GROUNDS,
        "text": text,
        "ground": ground,
        "after": _write(after),
        "beyond_first": "after" in request.GET,
        "moves": [
            moved(each) for each in movements(house.account, house.subject, today - LOOKED_BACK, today)
        ],
        "waiting": _waiting(house),
        "coming": coming(house, today),
    }
    return render(request, "doctors/roster.html", context)


def asked(request: HttpRequest) -> tuple[str, str]:
    """The name and the ground the roster is narrowed by."""
    ground = request.GET.get("ground", "")
    return request.GET.get("q", "").strip()[:60], ground if ground in GROUNDS else ""


def shown(member: Member) -> dict[str, Any]:
    """One row of the roster as page, paper and spreadsheet show it."""
    fact, registration = member.fact, member.registration
    source = registration or fact
    words = standing(registration) if registration or member.ground == FILED else None
    until = getattr(fact, "valid_until", None) or last_day(fact.valid_to)
    return {
        "url": reverse("doctors:doctor", args=[member.identity.subject_id]),
        "name": member.identity.name,
        "sex": sex_word(member.identity.sex),
        "ground": GROUNDS[member.ground],
        "level": name_of("practice_level", registration.level) if registration else "",
        "category": name_of("practice_category", category)
        if (category := getattr(source, "category", ""))
        else "",
        "scopes": "；".join(short_scope(code) for code in getattr(source, "scopes", ())),
        "number": registration.practice_number if registration else getattr(fact, "certificate_number", ""),
        "department": getattr(fact, "department", ""),
        "state": words.state if words else "有效",
        "detail": words.detail if words else "",
        "since": fact.valid_from,
        "until": until,
    }


def moved(movement: Movement) -> dict[str, Any]:
    """One coming or going in words."""
    how = "多机构备案" if movement.by_filing else "主要执业机构"
    status = name_of("doctor_register_status", movement.status) if movement.status else ""
    return {
        "url": reverse("doctors:doctor", args=[movement.subject]),
        "name": movement.name,
        "on": movement.on,
        "way": WORDS[movement.way],
        "how": how,
        "after": status,
    }


def coming(house: House, today: date) -> list[dict[str, Any]]:
    """What fires by the clock at the institution within ninety days, soonest first."""
    due = deadlines.coming(house.account, today, DOCTORS).filter(institution_id=house.subject)
    return deadlines.described(due[:MOST_COMING], today)


def _waiting(house: House) -> list[Case]:
    """Applications that wait for the institution's confirmation."""
    organisation = organisation_of(house.subject)
    cases = Case.objects.visible_to(house.account).filter(
        institution_scope=organisation.pk if organisation else 0, state=CaseState.CONFIRMING
    )
    return list(cases.order_by("submitted_at")[:MOST_WAITING])


def _write(position: Position | None) -> str:
    if position is None:
        return ""
    return base64.urlsafe_b64encode(json.dumps([position.name, position.subject]).encode()).decode()


def _read(text: str) -> Position | None:
    try:
        name, subject = json.loads(base64.urlsafe_b64decode(text.encode()))
    except (ValueError, TypeError):
        return None
    return Position(name, subject) if isinstance(name, str) and isinstance(subject, int) else None
