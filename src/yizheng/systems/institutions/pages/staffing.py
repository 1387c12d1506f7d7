"""诊疗科目与人员: the subjects of an institution, and who here may practise each of them."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.codes import name_of
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.record.pages import person_address, staff_pages
from yizheng.systems.institutions.models import InstitutionLicence, SubjectRemark
from yizheng.systems.institutions.questions import Practitioner, Staff, fitting, who_nurses, who_practises

MOST_PEOPLE = 300


@require_safe
@office_only
def staffing(request: HttpRequest, subject_id: int) -> HttpResponse:
    """The subjects of one institution and who may practise them."""
    account, today = signed_in(request), timezone.localdate()
    mine = InstitutionLicence.objects.visible_to(account).current().filter(subject_id=subject_id).order_by("valid_from")
    licence = mine.on(today).first() or mine.last()
    if licence is None:
        raise Http404("没有这家机构，或者不在您的辖区")
    remarks = SubjectRemark.objects.visible_to(account).as_of(today).filter(subject_id=subject_id)
    context = {
        "licence": licence,
        "state": licence.standing,
        "address": reverse("institutions:institution", args=[subject_id]),
        **_staff(
            licence, dict(remarks.values_list("clinical_subject", "remark")), today, request.GET.get("subject", "")
        ),
        "staff_pages": staff_pages(subject_id),
    }
    return render(request, "institutions/staffing.html", context)


def _staff(licence: InstitutionLicence, remarks: dict[str, str], today: date, chosen: str) -> dict[str, Any]:
    """Every subject of the licence with how many may practise it, and who, for the chosen one."""
    people = who_practises.ask(Staff(licence.subject_id, today))
    counted = [(code, name_of("clinical_subject", code), fitting(people, code)) for code in sorted(licence.subjects)]
    picked = next((row for row in counted if row[0] == chosen), counted[0] if counted else None)
    return {
        "answered": who_practises.is_answered,
        "staff_count": len({each.subject for each in people}),
        "subjects": [
            {
                "code": code,
                "name": name,
                "remark": remarks.get(code, ""),
                "count": len(found),
                "current": picked is not None and code == picked[0],
            }
            for code, name, found in counted
        ],
        "nurses": len(who_nurses.ask(Staff(licence.subject_id, today))) if who_nurses.is_answered else None,
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
