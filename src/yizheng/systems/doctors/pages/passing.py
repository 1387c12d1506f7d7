"""考试合格名单 on its page: one year and category, those who passed in the order of their totals, and the batch they become."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from yizheng.kernel import codes
from yizheng.people.models import Account
from yizheng.people.permissions import scopes_of
from yizheng.people.recent import requires_recent_sign_in
from yizheng.shell.access import DESKS, for_roles
from yizheng.shell.desk.access import office_only, signed_in
from yizheng.shell.exporting import Column, Filter, ListKind, declare
from yizheng.systems.doctors import passing
from yizheng.systems.doctors.passing import Round
from yizheng.systems.practitioners.models import ExamResult

SIZE = 50
_CHUNK = 2_000
_FIRST_CATEGORY = "110"


@require_safe
@office_only
@for_roles(DESKS)
def passing_list(request: HttpRequest) -> HttpResponse:
    """Those who passed, fifty a page."""
    return _page(request)


@require_POST
@office_only
@for_roles(DESKS)
@requires_recent_sign_in
def propose(request: HttpRequest) -> HttpResponseBase:
    """Make the batch of those not qualified yet; its page shows the check and leads on to the two persons."""
    account, one = signed_in(request), _round(request)
    offices = {scope.pk for scope in _offices(account)}
    asked = request.POST.get("scope", "")
    scope = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 0
    try:
        on = date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        return _page(request, problem="请填写签发日期。", status=422)
    if scope not in offices:
        return _page(request, problem="请选择您所在的机关。", status=422)
    if on > timezone.localdate():
        return _page(request, problem="签发日期不能晚于今天。", status=422)
    try:
        batch = passing.propose_granting(account, one, on=on, authority_scope=scope)
    except passing.NobodyToGrant as nobody:
        return _page(request, problem=str(nobody), status=409)
    return redirect("intake:batch", batch.pk)


def _page(request: HttpRequest, *, problem: str = "", status: int = 200) -> HttpResponse:
    account, one = signed_in(request), _round(request)
    page = passing.page_of(
        account, one, SIZE, after=_person(request, "after"), before=_person(request, "before")
    )
    context = {
        "round": one,
        "categories": [(code.code, code.name) for code in codes.table("exam_category").items()],
        "rows": _described(page.rows, page.place - 1),
        **passing.counts_of(account, one),
        "before": page.before,
        "after": page.after,
        "offices": _offices(account),
        "today": timezone.localdate(),
        "problem": problem,
    }
    return render(request, "doctors/passing.html", context, status=status)


def _offices(account: Account) -> list[Any]:
    found = {scope.pk: scope for role in DESKS for scope in scopes_of(account, role)}
    return sorted(found.values(), key=lambda scope: scope.code)


def _round(request: HttpRequest) -> Round:
    """The year and category asked for: otherwise the newest year, and clinical medicine."""
    asked = request.POST if request.method == "POST" else request.GET
    year, category = asked.get("year", "").strip(), asked.get("category", "")
    known = codes.table("exam_category").get(category)
    plain = year.isascii() and year.isdecimal() and len(year) == 4
    newest = int(year) if plain else passing.newest_year() or timezone.localdate().year
    return Round(newest, known.code if known else _FIRST_CATEGORY)


def _person(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _described(results: list[ExamResult], before: int) -> list[dict[str, Any]]:
    people = passing.identities_of([one.subject_id for one in results])
    return [_row(one, place, people) for place, one in enumerate(results, before + 1)]


def _row(one: Any, place: int, people: dict[int, Any]) -> dict[str, Any]:
    person = people.get(one.subject_id)
    return {
        "place": place,
        "subject": one.subject_id,
        "name": person.name if person else one.name_as_examined,
        "examined_as": one.name_as_examined if person and person.name != one.name_as_examined else "",
        "sex": codes.name_of("gender", person.sex) if person else "",
        "born": person.birth_date.year if person else None,
        "category": codes.name_of("exam_category", one.exam_category),
        "admission": one.admission_no_written,
        "skill": one.skill_score,
        "total": one.total_score,
        "line": one.pass_line,
        "word": "已授予" if one.qualified else "待授予",
    }


def _rows(request: HttpRequest) -> Iterator[dict[str, Any]]:
    waiting = iter(passing.passed_of(signed_in(request), _round(request)).iterator(_CHUNK))
    before = 0
    while portion := list(islice(waiting, _CHUNK)):
        yield from _described(portion, before)
        before += len(portion)


declare(
    ListKind(
        "exam_passed",
        "医师资格考试合格名单",
        for_roles(DESKS),
        (
            Column("序号", "place", 6),
            Column("姓名", "name", 12),
            Column("性别", "sex", 6),
            Column("出生年份", "born", 10),
            Column("报考类别", "category", 24),
            Column("笔试准考证号", "admission", 18),
            Column("技能成绩", "skill", 10),
            Column("总分", "total", 10),
            Column("合格线", "line", 10),
            Column("医师资格", "word", 12),
        ),
        _rows,
        {
            "year": Filter("年度"),
            "category": Filter("报考类别", lambda code: codes.name_of("exam_category", code)),
        },
    )
)
