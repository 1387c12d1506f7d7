"""One sheet: typed in a grid that saves itself and says what is wrong, handed up, reviewed, its versions and what happened."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.models import Sheet
from yizheng.systems.infection.pages import grid
from yizheng.systems.infection.pages.access import (
    infection_only,
    is_officer,
    names_of_hospitals,
    seen_outside,
    sheet_for,
)
from yizheng.systems.infection.records.declaring import typed_rows
from yizheng.systems.infection.reporting import acting
from yizheng.systems.infection.reporting.content import begun, findings_of, known_of, unit_names
from yizheng.systems.infection.reporting.plans import in_time
from yizheng.systems.infection.rules.declaring import Finding


@never_cache
@infection_only
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet."""
    return _page(request, sheet_for(request, pk))


def _page(request: HttpRequest, sheet: Sheet, problem: str = "", status: int = 200) -> HttpResponse:
    account = signed_in(request)
    writing = acting.may_type(sheet, account)
    outside = is_officer(account)
    seen = seen_outside(sheet) if outside else None
    rows = seen.rows if seen else sheet.rows
    blank = writing and not begun(sheet) and not sheet.none
    findings = findings_of(sheet) if writing and not blank else []
    typing = writing and not grid.by_file(rows)
    units, came_back = unit_names(sheet.subject_id), acting.returned(sheet)
    record = sheet.kind
    context: dict[str, Any] = {
        "sheet": sheet,
        "record": record,
        "hospital": names_of_hospitals({sheet.subject_id}).get(sheet.subject_id, ""),
        "lines": grid.lines(sheet, rows[: grid.MANY], findings, units, masked=outside, typing=typing),
        "cards": len(record.fields) > grid.WIDE,
        "single": len(record.fields) > grid.WIDE and not record.events,
        "typing": typing,
        "writing": writing,
        "total": len(rows),
        "shown": grid.MANY,
        "none": seen.none if seen else sheet.none,
        "former": known_of(sheet).former.get("") if record.code == "icu_log" else None,
        "verbs": acting.verbs_of(sheet, account),
        "came_back": came_back,
        "reasons": (writing and came_back is not None) or any(each.reason for each in acting.verbs_of(sheet, account)),
        "events": sheet.events.select_related("account"),
        "versions": sheet.versions.filter(number__lte=seen.number if seen else 10**6).select_related("account"),
        "problems": sheet.problems.select_related("answered_by"),
        "late": sheet.submitted is not None and not in_time(sheet.submitted, sheet.due),
        "window": secrets.token_hex(8),
        "problem": problem,
        "sums": _sums(sheet, rows),
        **_told(findings, request),
        "blank": blank,
        "saved_at": timezone.localtime(sheet.saved).strftime("%m-%d %H:%M") if sheet.saved else "",
    }
    return render(request, "infection/sheet.html", context, status=status)


def _sums(sheet: Sheet, rows: list[dict[str, Any]]) -> list[int | None]:
    """The totals of the columns of a log."""
    if sheet.kind.shape.value not in ("daily", "each"):
        return []
    fixed = sheet.kind.fixed()
    return [
        None if each.name in fixed else sum(value for row in rows if isinstance(value := row.get(each.name), int))
        for each in sheet.kind.fields
    ]


def _told(findings: list[Finding], request: HttpRequest) -> dict[str, Any]:
    answers = _answers(request)
    return {
        "groups": grid.grouped(findings),
        "errors": sum(each.is_error for each in findings),
        "warnings": [(each, answers.get(each.words, "")) for each in findings if not each.is_error],
    }


def _answers(request: HttpRequest) -> dict[str, str]:
    """What was written about each warning, by the words of the warning."""
    return dict(zip(request.POST.getlist("answer_of"), request.POST.getlist("answer"), strict=False))


def _keep(request: HttpRequest, sheet: Sheet) -> None:
    """Keep what the form says, of a sheet that is filled in by file nothing. Raises NotNow."""
    if grid.by_file(sheet.rows):
        return
    typed = {name: str(value) for name, value in request.POST.items()}
    revision = request.POST.get("revision", "")
    acting.save_draft(
        sheet,
        signed_in(request),
        typed_rows(sheet.kind, typed, sheet.rows),
        none=request.POST.get("none") == "1",
        revision=int(revision) if revision.isascii() and revision.isdigit() and len(revision) < 10 else -1,
        window=request.POST.get("window", "")[:16],
    )


@infection_only
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the draft and say what the rules find; asked for while somebody types."""
    sheet = sheet_for(request, pk)
    try:
        _keep(request, sheet)
    except acting.NotNow as refused:
        return render(request, "infection/parts/findings.html", {"refused": str(refused)})
    context = {
        "sheet": sheet, "saved_at": f"{timezone.localtime():%H:%M}", "autosaved": True, **_told(findings_of(sheet), request),
        "blank": sheet.kind.events and not begun(sheet) and not sheet.none,
    }  # fmt: skip
    return render(request, "infection/parts/findings.html", context)


@infection_only
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Do a verb; what was typed is kept first."""
    sheet, account, verb = sheet_for(request, pk), signed_in(request), request.POST.get("verb", "")
    try:
        if acting.may_type(sheet, account) and "revision" in request.POST:
            _keep(request, sheet)
        if verb == "save":
            return redirect(sheet)
        acting.perform(sheet, verb, account, reason=request.POST.get("reason", ""), answers=_answers(request))
    except acting.NotNow as refused:
        sheet = sheet_for(request, pk)
        return _page(request, sheet, str(refused), 422)
    messages.success(request, f"{sheet.title}：{sheet.get_state_display()}")
    return redirect("infection:desk")
