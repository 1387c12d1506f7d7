"""机构登记页: the licence as it stands and stood, its subjects, and who here may practise each of them."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.codes import name_of
from yizheng.people.visible_facts import record_for
from yizheng.registry.record import Record, Step
from yizheng.registry.wording.words import Words
from yizheng.shell.desk.access import AUTHORITY, office_only, signed_in
from yizheng.shell.record.drawing import drawing
from yizheng.shell.record.names import names_for
from yizheng.shell.record.pages import person_address, staff_pages
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.questions import Practitioner, Staff, fitting, who_practises

MOST_PEOPLE = 300


@require_safe
@office_only
def institution(request: HttpRequest, subject_id: int) -> HttpResponse:
    """One institution."""
    account = signed_in(request)
    today = timezone.localdate()
    record = record_for(account, subject_id, [InstitutionLicence])
    held = [each for each in record.on(today) if isinstance(each, InstitutionLicence)]
    licence = held[0] if held else _last(record)
    words = Words(names_for(record.versions))
    context = {
        "licence": licence,
        "subject_id": subject_id,
        "state": licence.standing,
        "office": words.names.office(licence.authority_scope),
        "rows": _pairs(licence, words),
        "drawing": drawing(record.known(), words, day=today, today=today),
        "changes": [_change(step, words) for step in record.steps()],
        **_staff(subject_id, licence, today, request.GET.get("subject", "")),
        "staff_pages": staff_pages(subject_id),
        "restore_url": reverse("institutions:restore", args=[subject_id]) if account.kind in AUTHORITY else "",
    }
    return render(request, "institutions/institution.html", context)


def _last(record: Record) -> InstitutionLicence:
    known = [each for each in record.known() if isinstance(each, InstitutionLicence)]
    if not known:
        raise Http404("没有这家机构，或者不在您的辖区")
    return max(known, key=lambda each: each.valid_from)


def _pairs(licence: InstitutionLicence, words: Words) -> list[tuple[str, str]]:
    names = ("kind", "category", "level", "grade", "business_nature", "uscc", "district", "address")
    labels = {field.name: str(field.verbose_name) for field in InstitutionLicence.typed_fields()}
    return [(labels[name], words.value(licence, name)) for name in names]


def _change(step: Step, words: Words) -> dict[str, Any]:
    found = words.difference(step.weightiest)
    return {
        "on": step.change.settled,
        "kind": step.change.get_kind_display(),
        "what": words.headline(step),
        "why": step.change.reason,
        "position": step.change.position,
        "rows": found.rows if step.weightiest.old is not None else (),
        "same": found.same,
    }


def _staff(subject_id: int, licence: InstitutionLicence, today: date, chosen: str) -> dict[str, Any]:
    """Every subject of the licence with how many may practise it, and who, for the chosen one."""
    people = who_practises.ask(Staff(subject_id, today))
    counted = [(code, name_of("clinical_subject", code), fitting(people, code)) for code in sorted(licence.subjects)]
    picked = next((row for row in counted if row[0] == chosen), counted[0] if counted else None)
    return {
        "answered": who_practises.is_answered,
        "staff_count": len({each.subject for each in people}),
        "subjects": [
            {"code": code, "name": name, "count": len(found), "current": picked is not None and code == picked[0]}
            for code, name, found in counted
        ],
        "picked": picked[1] if picked else "",
        "people": [_person(each) for each in (picked[2] if picked else [])[:MOST_PEOPLE]],
    }


def _person(each: Practitioner) -> dict[str, Any]:
    return {
        "name": each.name,
        "url": person_address(each.register, each.subject),
        "level": name_of("practice_level", each.level),
        "scopes": "；".join(name_of("practice_scope", code) for code in each.scopes),
    }
