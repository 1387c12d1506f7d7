"""资格信息修改月报: the corrections of qualification data granted in a month, as they go to the national examination centre.

卫办医政发〔2010〕1号: what an authority corrected is summed up month by month. The list says which of the eight fields were
corrected and what they say now; numbers stay in the vault and travel by the sealed exchange alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from yizheng.kernel.calendar import add_months
from yizheng.kernel.codes import name_of
from yizheng.licensing.answers import open_answers
from yizheng.licensing.models import Case
from yizheng.licensing.models.case import CaseQuerySet
from yizheng.licensing.states import CaseState
from yizheng.people.kinds import Role
from yizheng.people.paging import page_of
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.systems.doctors.qualification.correction import QualificationCorrection
from yizheng.systems.doctors.qualification.form import GROUNDS, CorrectionStep, CurrentStep

READERS = frozenset({Role.ACCEPTOR, Role.REVIEWER, Role.DECIDER})
_CHUNK = 500


@require_safe
@office_only
@for_roles(READERS)
def corrections(request: HttpRequest) -> HttpResponse:
    """The corrections of one month, newest first."""
    month = month_of(request)
    page = page_of(granted_in(request, month), request.GET)
    context = {"page": page, "rows": [row(case) for case in page.rows], "month": f"{month:%Y-%m}"}
    return render(request, "doctors/corrections.html", context)


def month_of(request: HttpRequest) -> date:
    """The first day of the month asked for; of this month where none, or none that can be read, was asked for."""
    try:
        return date.fromisoformat(f"{request.GET.get('month', '')}-01")
    except ValueError:
        return timezone.localdate().replace(day=1)


def granted_in(request: HttpRequest, month: date) -> CaseQuerySet:
    """The cases the account may see that were granted in the month, each with its day."""
    decided = Case.objects.visible_to(signed_in(request)).filter(
        item_code=QualificationCorrection.code, state=CaseState.GRANTED
    )
    inside = decided.filter(
        events__to_state=CaseState.GRANTED, events__on__gte=month, events__on__lt=add_months(month, 1)
    )
    return inside.annotate(granted_on=F("events__on"))


def row(case: Any) -> dict[str, Any]:
    """One case in words: which fields, and what they say now."""
    answers = open_answers(case)
    said, now = answers.get(CorrectionStep.code, {}), answers.get(CurrentStep.code, {})
    return {
        "number": case.number,
        "url": reverse("desk:case", args=[case.number]),
        "name": case.applicant_name,
        "level": name_of("practice_level", now.get("level", "")),
        "fields": case.summary.partition("；")[0].removeprefix("修改"),
        "ground": dict(GROUNDS).get(said.get("ground", ""), ""),
        "corrected_name": said.get("name", ""),
        "sex": name_of("gender", said.get("sex", "")),
        "born": said.get("birth_date", ""),
        "education": name_of("education_level", said.get("education", "")),
        "school": said.get("school", ""),
        "major": said.get("major", ""),
        "on": case.granted_on,
    }


def _rows(request: HttpRequest) -> Iterator[dict[str, Any]]:
    waiting: Iterable[Case] = granted_in(request, month_of(request)).order_by("pk").iterator(_CHUNK)
    cases = iter(waiting)
    while portion := list(islice(cases, _CHUNK)):
        yield from map(row, portion)


declare(
    ListKind(
        "qualification_corrections",
        "医师资格信息修改月报",
        for_roles(READERS),
        (
            Column("办件编号", "number", 14),
            Column("姓名", "name", 12),
            Column("资格级别", "level", 14),
            Column("修改项目", "fields", 30),
            Column("修改后姓名", "corrected_name", 12),
            Column("修改后性别", "sex", 10),
            Column("修改后出生日期", "born", 14),
            Column("修改后学历", "education", 14),
            Column("修改后毕业学校", "school", 24),
            Column("修改后专业", "major", 18),
            Column("修改原因", "ground", 30),
            Column("决定日期", "on", 12),
        ),
        _rows,
        {"month": Filter("月份")},
    )
)
