"""医师登记页: one doctor on any day, as known now or as known then; what changed, when, by whom, and what it altered."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yizheng.documents.declarations import certificate_kind
from yizheng.documents.models import Certificate
from yizheng.kernel.codes import name_of
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people import vault
from yizheng.people.canonical import IdentifierKind
from yizheng.people.kinds import Role
from yizheng.people.models import Account
from yizheng.people.permissions import may, roles_of
from yizheng.people.roles import Power
from yizheng.shell.desk.access import AUTHORITY, office_only, signed_in
from yizheng.systems.doctors.pages import changes
from yizheng.systems.doctors.pages.access import record_for
from yizheng.systems.doctors.pages.diagram import lines_of
from yizheng.systems.doctors.pages.entries_of_day import identity, registrations, sections, since_then
from yizheng.systems.doctors.pages.moment import Moment, moment_of
from yizheng.systems.doctors.pages.names import names_for
from yizheng.systems.doctors.pages.wording import Wording, standing
from yizheng.systems.doctors.people import PEOPLE
from yizheng.systems.practitioners.identities import sex_word
from yizheng.systems.practitioners.registered import standing_on
from yizheng.systems.record import Record, Step

MOST_CHANGES = 40


@require_safe
@office_only
def doctor(request: HttpRequest, subject_id: int) -> HttpResponse:
    """The whole record of one doctor."""
    account = signed_in(request)
    record = record_for(account, subject_id)
    moment = moment_of(request)
    words = Wording(names_for(record.versions))
    steps = record.steps()
    elsewhere = _elsewhere(record, moment)
    chosen = chosen_step(steps, request.GET.get("change", ""))
    address = f"?day={moment.day}&known={moment.known}&" if moment.is_past else "?"
    context = {
        "head": head(account, record, words, moment),
        "moment": moment,
        "drawing": lines_of(record.known(moment.position), words, day=moment.day, today=moment.today),
        "sections": sections(record.on(moment.day, moment.position), words, partly=bool(elsewhere)),
        "elsewhere": elsewhere,
        "since_then": since_then(record, moment),
        "changes": changes.listed(account, steps[:MOST_CHANGES], words, address=address),
        "change_count": len(steps),
        "older": max(0, len(steps) - MOST_CHANGES),
        "chosen": _chosen(account, chosen, words, subject_id),
        "certificates": certificates(account, subject_id),
        "cases": cases_under_way(account, subject_id),
        "acts_url": f"{reverse('desk:initiate')}?subject={subject_id}"
        if Role.REVIEWER in roles_of(account)
        else "",
    }
    return render(request, "doctors/doctor.html", context)


def _elsewhere(record: Record, moment: Moment) -> str:
    """The authority whose registration holds on the day, where the account does not see it."""
    if registrations(record.on(moment.day, moment.position)):
        return ""
    then = standing_on(PEOPLE, [record.subject_id], moment.day, moment.position)
    held = then.registrations.get(record.subject_id)
    return names_for([held]).office(held.authority_scope) if held else ""


def head(account: Account, record: Record, words: Wording, moment: Moment) -> dict[str, Any]:
    """Who it is and how she stands today, whatever day the page shows."""
    now = standing_on(PEOPLE, [record.subject_id], moment.today)
    who = now.identities.get(record.subject_id) or identity(record.versions)
    held = now.registrations.get(record.subject_id)
    seen = held is not None and any(
        each.pk == held.pk for each in record.versions if type(each) is type(held)
    )
    masked = vault.masked(record.subject_id, IdentifierKind.RESIDENT_ID)
    reveals = bool(masked) and may(account, Power.UNMASK)
    return {
        "id": record.subject_id,
        "name": who.name if who else "（未载姓名）",
        "sex": sex_word(who.sex) if who else "",
        "level": name_of("practice_level", held.level) if held else "",
        "category": name_of("practice_category", held.category) if held else "",
        "number": held.practice_number if held else "",
        "covered": not seen,
        "office": names_for([held]).office(held.authority_scope) if held else "",
        "words": standing(held),
        "masked": masked,
        "reveal_url": reverse("doctors:reveal", args=[record.subject_id, IdentifierKind.RESIDENT_ID])
        if reveals
        else "",
    }


def chosen_step(steps: tuple[Step, ...], wanted: str) -> Step | None:
    """The change the address names, else the newest."""
    named = (step for step in steps if str(step.change.pk) == wanted)
    return next(named, steps[0] if steps else None)


def _chosen(account: Account, step: Step | None, words: Wording, subject_id: int) -> dict[str, Any] | None:
    if step is None:
        return None
    may_roll_back = account.kind in AUTHORITY
    return {
        "id": step.change.pk,
        "title": words.headline(step),
        "on": words.takes_effect(step),
        "settled": step.change.settled,
        "position": step.change.position,
        "reason": step.change.reason,
        "lines": changes.compared(step, words),
        "instruments": changes.instruments_of(account, step.change.pk),
        "rollback_url": reverse("doctors:rollback", args=[subject_id, step.change.pk])
        if may_roll_back
        else "",
        "restore_url": reverse("institutions:restore_change", args=[step.change.pk]) if may_roll_back else "",
    }


def certificates(account: Account, subject_id: int) -> list[dict[str, Any]]:
    """The certificates of a person, the newest version first."""
    found = Certificate.objects.visible_to(account).filter(subject_id=subject_id)
    return [
        {
            "title": certificate_kind(each.kind).title,
            "number": each.number,
            "version": each.version,
            "issued_on": each.issued_on,
            "word": _WORDS.get(each.status_word, each.status_word),
            "url": reverse("documents:certificate", args=[each.pk]),
        }
        for each in found.order_by("kind", "number", "-version")
    ]


_WORDS = {
    "已由新版本取代": "已换发",
    "换发新版本": "已换发",
    "注销": "已注销",
    "更正回退": "已回退",
    "失效": "无效",
}


def cases_under_way(account: Account, subject_id: int) -> list[dict[str, Any]]:
    """Open cases about the person that the account may see."""
    found = Case.objects.visible_to(account).open().filter(subject_id=subject_id).order_by("-id")[:10]
    return [
        {
            "number": each.number,
            "item": each.item.title,
            "state": CaseState(each.state).label,
            "due_on": each.due_on,
            "url": reverse("desk:case", args=[each.number]),
        }
        for each in found
    ]
