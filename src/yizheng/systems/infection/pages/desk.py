"""上报: for a hospital the sheets of a month, for an officer what waits for her review and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.people.models import Account, Scope
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.models import Plan, Sheet
from yizheng.systems.infection.pages.access import (
    hospital_of,
    hospital_only,
    infection_only,
    month_asked,
    names_of_hospitals,
    of_city,
)
from yizheng.systems.infection.records.declaring import month_after, month_before
from yizheng.systems.infection.reporting import acting
from yizheng.systems.infection.reporting.content import findings_of
from yizheng.systems.infection.reporting.lifecycle import EDITABLE, SheetState
from yizheng.systems.infection.reporting.plans import due_day, in_time, missing, open_month, planned

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A sheet of the month as the hospital's desk shows it."""

    sheet: Sheet
    rows: int
    errors: int
    warnings: int
    late: bool

    @property
    def said(self) -> str:
        """How much is in it; nothing typed and nothing happened are told apart."""
        if self.sheet.none:
            return "零报告"
        return f"{self.rows} 行" if self.rows else "没有填写"


@never_cache
@infection_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The month's sheets, or the officer's reviews."""
    account, today = signed_in(request), timezone.localdate()
    period = month_asked(request, today)
    common = {"period": period, "before": month_before(period), "after": month_after(period), "due": due_day(period)}
    common["this_month"] = today.replace(day=1)
    hospital = hospital_of(account)
    if hospital is None:
        return render(request, "infection/review.html", {**common, **_review(account, period, today)})
    return render(request, "infection/desk.html", {**common, **_own(hospital, account, period, today)})


def _own(hospital: Scope, account: Account, period: date, today: date) -> dict[str, Any]:
    plans = planned(Plan.objects.visible_to(account), period)
    sheets = Sheet.objects.visible_to(account).filter(period=period).select_related("unit", "version")
    entries = [_entry(each, today) for each in sheets]
    entries.sort(
        key=lambda each: (each.sheet.unit is not None, each.sheet.unit.code if each.sheet.unit else "", each.sheet.pk)
    )
    return {
        "hospital": hospital,
        "entries": entries,
        "unopened": plans.count() - len(entries),
        "returned": [each for each in entries if each.sheet.state == SheetState.RETURNED],
        "overdue": today > due_day(period),
    }


def _entry(sheet: Sheet, today: date) -> Entry:
    typing = sheet.state in EDITABLE
    fixed = sheet.kind.fixed()
    rows = sum(any(value is not None for name, value in row.items() if name not in fixed) for row in sheet.rows)
    found = findings_of(sheet, today) if typing and rows else []
    errors = sum(each.is_error for each in found)
    late = sheet.submitted is not None and not in_time(sheet.submitted, sheet.due)
    return Entry(sheet, rows, errors, len(found) - errors, late)


def _review(account: Account, period: date, today: date) -> dict[str, Any]:
    waiting = SheetState.PASSED if of_city(account) else SheetState.APPROVED
    seen = Sheet.objects.visible_to(account).select_related("unit", "version")
    sheets = list(seen.filter(state=waiting).order_by("due", "subject_id", "record")[:200])
    names = names_of_hospitals({each.subject_id for each in sheets})
    lacking = missing(account, period, today)
    counts = dict.fromkeys(SheetState, 0)
    for state in seen.filter(period=period).values_list("state", flat=True):
        counts[SheetState(state)] += 1
    hospitals = {each.plan.subject_id for each in lacking}
    return {
        "waiting": [(each, names.get(each.subject_id, "")) for each in sheets],
        "lacking": len(lacking),
        "lacking_hospitals": len(hospitals),
        "counts": [(state.label, number) for state, number in counts.items() if number],
        "city": of_city(account),
        "accepted": counts[SheetState.ACCEPTED],
    }


@hospital_only
@require_POST
def open_sheets(request: HttpRequest) -> HttpResponseBase:
    """Open every sheet the plans of the hospital ask for in a month."""
    account, period = signed_in(request), month_asked(request, timezone.localdate())
    hospital = hospital_of(account)
    if hospital is None:
        raise PermissionDenied("这一页由医院感染管理人员使用")
    sheets = open_month(hospital, planned(Plan.objects.visible_to(account), period), period)
    messages.success(request, f"{period:%Y年%-m月}共 {len(sheets)} 张报表")
    return redirect(f"{reverse('infection:desk')}?month={period:%Y-%m}")


@infection_only
@require_POST
def decide_many(request: HttpRequest) -> HttpResponseBase:
    """Pass, accept or lock several sheets; each is answered for itself."""
    account, verb = signed_in(request), request.POST.get("verb", "")
    chosen = [int(each) for each in request.POST.getlist("row") if each.isascii() and each.isdigit() and len(each) < 10]
    if not chosen:
        messages.error(request, "没有选报表")
        return redirect("infection:desk")
    done, refused = 0, []
    for sheet in Sheet.objects.visible_to(account).select_related("unit", "version").filter(pk__in=chosen[:500]):
        try:
            acting.perform(sheet, verb, account)
            done += 1
        except acting.NotNow as why:
            refused.append(f"{sheet}：{why}")
    messages.success(
        request, f"已办 {done} 张" + (f"，{len(refused)} 张没有办：{'；'.join(refused[:3])}" if refused else "")
    )
    return redirect("infection:desk")
