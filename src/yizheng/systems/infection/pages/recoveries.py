"""恢复数据: a hospital asks for what it lost, its reviewer agrees, the city releases, the hospital fetches the sealed package."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from yizheng.exchange.partners import fingerprint
from yizheng.kernel.calculators import day
from yizheng.kernel.calendar import parse_moment
from yizheng.people.tables import Asked, Column, State, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.models import Recovery, Sender
from yizheng.systems.infection.pages.access import hospital_of, hospital_only, infection_only, names_of_hospitals
from yizheng.systems.infection.records.declaring import month_before
from yizheng.systems.infection.records.kinds import TITLES
from yizheng.systems.infection.reporting.lifecycle import NURSE
from yizheng.systems.infection.restoring import acting

MONTHS = 36
"""How far back the months reach that can be chosen."""
nurses_only = for_roles(frozenset({NURSE}))


def _months() -> list[tuple[str, str]]:
    month = timezone.localdate().replace(day=1)
    found = []
    for _ in range(MONTHS):
        found.append((f"{month:%Y-%m}", f"{month:%Y年%-m月}"))
        month = month_before(month)
    return found


def _last_month() -> str:
    return f"{month_before(timezone.localdate().replace(day=1)):%Y-%m}"


class RecoveryForm(forms.Form):
    """What was lost."""

    first = forms.ChoiceField(label="自月份", choices=_months, initial=_last_month)
    last = forms.ChoiceField(label="至月份", choices=_months, initial=_last_month)
    records = forms.MultipleChoiceField(
        label="报表", choices=TITLES.items, widget=forms.CheckboxSelectMultiple, initial=list(TITLES)
    )
    as_of = forms.CharField(
        label="按此时入库的内容", required=False, widget=forms.DateTimeInput({"type": "datetime-local"}),
        help_text="不填为现在；填过去的时刻，得到当时入库的版本",
    )  # fmt: skip
    reason = forms.CharField(label="丢失的经过", max_length=300)
    contact = forms.CharField(label="联系人和电话", max_length=50)

    def clean_as_of(self) -> datetime:
        """A moment that is over."""
        typed, now = str(self.cleaned_data["as_of"]).strip(), timezone.now()
        found = parse_moment(typed) if typed else now
        if found is None:
            raise forms.ValidationError("请写成 2026-03-01T14:30（北京时间）")
        if found > now:
            raise forms.ValidationError("只能恢复到过去的时刻")
        return found

    def clean(self) -> dict[str, Any]:
        """Months follow one another."""
        said = super().clean() or {}
        for name in ("first", "last"):
            if name in said:
                said[name] = day(name, f"{said[name]}-01", 0)
        first, last = said.get("first"), said.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", "至月份早于自月份")
        return said


def _recoveries(asked: Asked) -> QuerySet[Recovery]:
    return Recovery.objects.visible_to(asked.account).select_related("account")


def _described(rows: list[Any], asked: Asked) -> Iterable[Any]:
    names = names_of_hospitals({each.subject_id for each in rows})
    for each in rows:
        each.hospital = names.get(each.subject_id, "")
        each.asker = each.account.display_name
    return rows


def _more(asked: Asked) -> dict[str, Any]:
    hospital = hospital_of(asked.account)
    known = (
        hospital is not None
        and Sender.objects.visible_to(asked.account).filter(subject_id=hospital.subject_id or 0).exists()
    )
    return {"hospital": hospital, "known": known, "form": RecoveryForm()}


RECOVERIES = Table(
    "infection_recoveries",
    "恢复数据",
    _recoveries,
    (
        Column("月份", "months", 20, css="name", link="get_absolute_url"),
        Column("医院", "hospital", 24),
        Column("报表", lambda each: f"{len(each.records)} 种", 8, css="together"),
        State("状态", lambda each: each.get_state_display(), 14),
        Column("申请", "asked", 18),
        Column("申请人", "asker", 12),
    ),
    guard=infection_only,
    described=_described,
    says="医院丢失的、市级已入库的报表：本院审核、市级批准以后，用医院的公钥加密给回",
    tally="项，新的在前",
    empty="没有恢复数据的申请。",
    template="infection/recoveries.html",
    more=_more,
)
"""Every request for lost data."""


def _found(request: HttpRequest, pk: int) -> Recovery:
    found = Recovery.objects.visible_to(signed_in(request)).filter(pk=pk).first()
    if found is None:
        raise Http404("没有这项申请，或者不在您的辖区")
    return found


@nurses_only
@require_POST
def ask(request: HttpRequest) -> HttpResponseBase:
    """Ask for lost data."""
    account, form = signed_in(request), RecoveryForm(request.POST)
    hospital = hospital_of(account)
    if hospital is None:
        raise PermissionDenied("这一页由医院感染管理人员使用")
    if not form.is_valid():
        return RECOVERIES.answer(request, 422, form=form)
    try:
        recovery = acting.ask(hospital, account, **form.cleaned_data)
    except acting.NotGiven as refused:
        return RECOVERIES.answer(request, 422, form=form, problem=str(refused))
    messages.success(request, "已申请，待本院审核人同意")
    return redirect(recovery)


@never_cache
@infection_only
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """One request and all that happened to it."""
    return _page(request, _found(request, pk))


def _page(request: HttpRequest, recovery: Recovery, problem: str = "", status: int = 200) -> HttpResponse:
    account = signed_in(request)
    hospital = hospital_of(account)
    context: dict[str, Any] = {
        "recovery": recovery,
        "hospital": names_of_hospitals({recovery.subject_id}).get(recovery.subject_id, ""),
        "fingerprint": fingerprint(recovery.key),
        "steps": acting.steps_of(recovery, account),
        "own": hospital is not None and hospital.subject_id == recovery.subject_id,
        "events": recovery.events.select_related("account"),
        "problem": problem,
    }
    return render(request, "infection/recovery.html", context, status=status)


@infection_only
@require_POST
def act(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Agree, release or refuse."""
    recovery = _found(request, pk)
    try:
        acting.perform(recovery, request.POST.get("step", ""), signed_in(request), request.POST.get("reason", ""))
    except acting.NotGiven as refused:
        return _page(request, _found(request, pk), str(refused), 422)
    messages.success(request, f"{recovery.months}：{recovery.get_state_display()}")
    return redirect(recovery)


@hospital_only
@require_POST
def fetch(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The sealed package, for the hospital alone."""
    recovery = _found(request, pk)
    try:
        data = acting.hand_out(recovery, signed_in(request))
    except acting.NotGiven as refused:
        return _page(request, recovery, str(refused), 422)
    name = f"infection-recovery-{recovery.pk}.zip"
    return HttpResponse(
        data, content_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
