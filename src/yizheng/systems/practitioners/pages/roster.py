"""本机构人员: the roster, comings and goings, what waits for the institution and what comes due in ninety days."""

from __future__ import annotations

import base64
import json
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.codes import name_of
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.scopes import organisation_of
from yizheng.registry.periods import last_day
from yizheng.shell.deadlines import page as deadlines
from yizheng.shell.desk.access import office_only
from yizheng.shell.subject_pages import person_address
from yizheng.systems.practitioners.pages.institution import StaffPage, staff_page
from yizheng.systems.practitioners.registered import PeopleRegister
from yizheng.systems.practitioners.roster.members import Member, Position, Roster
from yizheng.systems.practitioners.roster.movements import WORDS, Movement, movements

LOOKED_BACK = timedelta(days=365)
MOST_WAITING = 20
MOST_COMING = 200


@require_safe
@office_only
def roster(request: HttpRequest, register: str) -> HttpResponseBase:
    """The people of one institution; a clerk who names none is led to the list of institutions."""
    site = staff_page(request, register)
    if site is None:
        return redirect("institutions:list")
    return _page(request, site)


def _page(request: HttpRequest, site: StaffPage) -> HttpResponse:
    today = timezone.localdate()
    text, relation = asked(request, site.people)
    page = Roster(site.people, site.account, site.subject, today)
    rows, after = page.page(text=text, relation=relation, after=_read(request.GET.get("after", "")))
    since = today - LOOKED_BACK
    context = {
        "site": site,
        "people": site.people,
        "rows": [shown(site.people, each) for each in rows],
        "text": text,
        "relation": relation,
        "after": _write(after),
        "beyond_first": "after" in request.GET,
        "moves": [
            moved(site.people, each)
            for each in movements(site.people, site.account, site.subject, since, today)
        ],
        "waiting": _waiting(site),
        "coming": coming(site, today),
    }
    return render(request, "practitioners/roster.html", context)


def asked(request: HttpRequest, people: PeopleRegister) -> tuple[str, str]:
    """The name and the relation the roster is narrowed by."""
    relation = request.GET.get("ground", "")
    return request.GET.get("q", "").strip()[:60], relation if people.relation(relation) else ""


def shown(people: PeopleRegister, member: Member) -> dict[str, Any]:
    """One row of the roster as page, paper and spreadsheet show it."""
    fact, registration = member.fact, member.registration
    words = people.standing(registration) if registration or member.relation.under_registration else None
    return {
        "url": person_address(people.code, member.identity.subject_id),
        "name": member.identity.name,
        "sex": name_of("gender", member.identity.sex),
        "relation": member.relation.title,
        "number": getattr(registration, people.number)
        if registration
        else getattr(fact, "certificate_number", ""),
        "department": getattr(fact, "department", ""),
        "particulars": [each.says(fact, registration) for each in people.particulars],
        "state": words.state if words else "有效",
        "detail": words.detail if words else "",
        "since": fact.valid_from,
        "until": getattr(fact, "valid_until", None) or last_day(fact.valid_to),
    }


def moved(people: PeopleRegister, movement: Movement) -> dict[str, Any]:
    """One coming or going in words."""
    main = movement.relation.kind is people.registration
    return {
        "url": person_address(people.code, movement.subject),
        "name": movement.name,
        "on": movement.on,
        "way": WORDS[movement.way],
        "how": "主要执业机构" if main else movement.relation.title,
        "after": name_of(people.states, movement.status) if movement.status else "",
    }


def coming(site: StaffPage, today: date) -> list[dict[str, Any]]:
    """What fires by the clock at the institution within ninety days, soonest first."""
    due = deadlines.coming(site.account, today, site.people.register).filter(institution_id=site.subject)
    return deadlines.described(due[:MOST_COMING], today)


def _waiting(site: StaffPage) -> list[Case]:
    """Applications about people of the register that wait for the institution's confirmation."""
    organisation = organisation_of(site.subject)
    cases = Case.objects.visible_to(site.account).filter(
        institution_scope=organisation.pk if organisation else 0, state=CaseState.CONFIRMING
    )
    found = cases.order_by("submitted_at").iterator(chunk_size=100)
    own = (case for case in found if case.item.system == site.people.system)
    return [case for _, case in zip(range(MOST_WAITING), own, strict=False)]


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
