"""机构登记页: the licence as it stands and stood, its subjects, and who here may practise each of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.documents.authorities import UnknownAuthority, authority
from yizheng.kernel.codes import name_of
from yizheng.people.models import Scope
from yizheng.shell import subject_pages
from yizheng.shell.desk.access import AUTHORITY, office_only, signed_in
from yizheng.shell.lines import Diagram, Line, Span, draw
from yizheng.systems.differences import difference
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.institutions.pages.wording import state_of, value
from yizheng.systems.institutions.questions import Practitioner, Staff, who_practises
from yizheng.systems.institutions.staffing import fitting
from yizheng.systems.record import Record, Step, read

MOST_PEOPLE = 300


@require_safe
@office_only
def institution(request: HttpRequest, subject_id: int) -> HttpResponse:
    """One institution."""
    account = signed_in(request)
    today = timezone.localdate()
    record = read(account, subject_id, [InstitutionLicence])
    held = [each for each in record.on(today) if isinstance(each, InstitutionLicence)]
    licence = held[0] if held else _last(record)
    context = {
        "licence": licence,
        "subject_id": subject_id,
        "state": state_of(licence),
        "office": _office(licence.authority_scope),
        "rows": _pairs(licence),
        "drawing": _drawing(record, today),
        "changes": _changes(record.steps()),
        **_staff(subject_id, licence, today, request.GET.get("subject", "")),
        "staff_pages": subject_pages.staff_pages(subject_id),
        "restore_url": reverse("institutions:restore", args=[subject_id])
        if account.kind in AUTHORITY
        else "",
    }
    return render(request, "institutions/institution.html", context)


def _last(record: Record) -> InstitutionLicence:
    known = [each for each in record.known() if isinstance(each, InstitutionLicence)]
    if not known:
        raise Http404("没有这家机构，或者不在您的辖区")
    return max(known, key=lambda each: each.valid_from)


def _office(scope_id: int) -> str:
    scope = Scope.objects.get(pk=scope_id)
    try:
        return authority(scope.code).name
    except UnknownAuthority:
        return scope.name


def _pairs(licence: InstitutionLicence) -> list[tuple[str, str]]:
    names = ("kind", "category", "level", "grade", "business_nature", "uscc", "district", "address")
    fields = {field.name: str(field.verbose_name) for field in InstitutionLicence.typed_fields()}
    return [(fields[name], value(licence, name)) for name in names]


def _drawing(record: Record, today: date) -> Diagram:
    versions = [each for each in record.known() if isinstance(each, InstitutionLicence)]
    spans = tuple(
        Span(each.valid_from, each.valid_to, f"{each.name}　{state_of(each).word}", _look(each), each.name)
        for each in sorted(versions, key=lambda each: each.valid_from)
    )
    return draw([Line("执业许可", spans)], day=today, today=today)


def _look(licence: InstitutionLicence) -> str:
    if licence.may_practise:
        return "filled"
    return "ended" if licence.status in {"deregistered", "revoked", "filing_cancelled"} else "hatched"


def _changes(steps: Iterable[Step]) -> list[dict[str, Any]]:
    made = []
    for step in steps:
        line = step.lines[0]
        new, old = line.new, line.old
        title = "登记" if old is None else "变更登记"
        if (
            isinstance(new, InstitutionLicence)
            and isinstance(old, InstitutionLicence)
            and new.status != old.status
        ):
            title = new.status_name
        found = difference(line, value)
        made.append(
            {
                "on": step.change.settled,
                "kind": step.change.get_kind_display(),
                "what": title,
                "why": step.change.reason,
                "position": step.change.position,
                "rows": found.rows if old is not None else (),
                "same": found.same,
            }
        )
    return made


def _staff(subject_id: int, licence: InstitutionLicence, today: date, chosen: str) -> dict[str, Any]:
    """Every subject of the licence with how many may practise it, and who, for the chosen one."""
    people = who_practises.ask(Staff(subject_id, today))
    counted = [
        (code, name_of("clinical_subject", code), fitting(people, code)) for code in sorted(licence.subjects)
    ]
    picked = next((row for row in counted if row[0] == chosen), counted[0] if counted else None)
    return {
        "answered": who_practises.is_answered,
        "staff_count": len({each.subject for each in people}),
        "subjects": [
            {
                "code": code,
                "name": name,
                "count": len(found),
                "current": picked is not None and code == picked[0],
            }
            for code, name, found in counted
        ],
        "picked": picked[1] if picked else "",
        "people": [_person(each) for each in (picked[2] if picked else [])[:MOST_PEOPLE]],
    }


def _person(each: Practitioner) -> dict[str, Any]:
    return {
        "name": each.name,
        "url": subject_pages.person_address(each.register, each.subject),
        "level": name_of("practice_level", each.level),
        "scopes": "；".join(name_of("practice_scope", code) for code in each.scopes),
    }
