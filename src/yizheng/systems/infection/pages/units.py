"""监测科室: the units of a hospital and what each reports; a new one brings the reports of its kind."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from unicodedata import normalize

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from yizheng.kernel.calculators import day
from yizheng.people import audit
from yizheng.people.tables import Asked, Column, Number, Table
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.lists import names
from yizheng.systems.infection.models import Plan, Unit
from yizheng.systems.infection.pages.access import hospital_of, hospital_only
from yizheng.systems.infection.records.declaring import month_before
from yizheng.systems.infection.records.kinds import BESIDES, RECORDS
from yizheng.systems.infection.reporting.plans import add_unit, report_further


class UnitForm(forms.Form):
    """A new unit."""

    code = forms.CharField(label="科室代码", max_length=20)
    name = forms.CharField(label="科室名称", max_length=50)
    kind = forms.ChoiceField(label="类别", choices=lambda: names("unit_kind").items())
    icu_type = forms.ChoiceField(
        label="ICU 类型",
        choices=lambda: [("", ""), *names("icu_type").items()],
        required=False,
        help_text="只有重症监护病房填写",
    )
    beds = forms.IntegerField(label="床位", min_value=1, max_value=2000)

    def clean_code(self) -> str:
        """The code as packages write it: full-width letters of an input method are plain ones."""
        return normalize("NFKC", str(self.cleaned_data["code"])).strip()

    def clean(self) -> dict[str, Any]:
        """An intensive care unit has a type, another has none."""
        said = super().clean() or {}
        if said.get("kind") == "icu" and not said.get("icu_type"):
            self.add_error("icu_type", "重症监护病房须选类型")
        if said.get("kind") != "icu":
            said["icu_type"] = ""
        return said


def _months() -> list[tuple[str, str]]:
    month, found = timezone.localdate().replace(day=1), [("", "还在上报")]
    for _ in range(12):
        found.append((f"{month:%Y-%m}", f"{month:%Y年%-m月}"))
        month = month_before(month)
    return found


class ChangeForm(forms.Form):
    """What of a unit may change, and the last month it reports."""

    name = forms.CharField(label="科室名称", max_length=50)
    beds = forms.IntegerField(label="床位", min_value=1, max_value=2000)
    last = forms.ChoiceField(
        label="最后上报的月份", choices=_months, required=False, help_text="科室撤销或者登记错了的，选它最后要报的月份"
    )


class PlanForm(forms.Form):
    """A sheet the hospital reports besides."""

    record = forms.ChoiceField(label="报表", choices=[(code, RECORDS[code].title) for code in BESIDES])


def _units(asked: Asked) -> QuerySet[Unit]:
    return Unit.objects.visible_to(asked.account)


def _described(units: list[Any], asked: Asked) -> Iterable[Any]:
    reports: dict[int, list[str]] = {}
    plans = Plan.objects.visible_to(asked.account).filter(unit_id__in=[each.pk for each in units])
    for unit, record in plans.values_list("unit_id", "record"):
        reports.setdefault(unit or 0, []).append(RECORDS[record].title)
    for each in units:
        each.reports = "、".join(reports.get(each.pk, ()))
    return units


def _besides(asked: Asked) -> str:
    """What the hospital reports as a whole, in words."""
    plans = Plan.objects.visible_to(asked.account).filter(unit=None).order_by("id")
    return "、".join(RECORDS[record].title for record in plans.values_list("record", flat=True))


UNITS = Table(
    "infection_units",
    "监测科室",
    _units,
    (
        Column("代码", "code", 10, css="together"),
        Column("科室", "name", 20, css="name", link=lambda unit: reverse("infection:unit", args=[unit.pk])),
        Column("类别", lambda unit: unit.kind_words, 16),
        Number("床位", "beds", 8),
        Column("每月上报", "reports", 40, css="dense", nothing="没有自己的报表，病例和暴露并入全院"),
    ),
    guard=hospital_only,
    order=("code", "pk"),
    described=_described,
    says="科室的类别决定每月报哪些表",
    tally="个，按代码",
    empty="还没有登记科室。",
    template="infection/units.html",
    more=lambda asked: {"form": UnitForm(), "plan_form": PlanForm(), "besides": _besides(asked)},
)
"""The units of the hospital."""


@hospital_only
@require_POST
def add(request: HttpRequest) -> HttpResponseBase:
    """Enter a unit; it reports from last month on."""
    account, form = signed_in(request), UnitForm(request.POST)
    hospital = hospital_of(account)
    if hospital is None or not form.is_valid():
        return UNITS.answer(request, 422, form=form)
    try:
        with transaction.atomic():
            unit = add_unit(hospital, first=month_before(timezone.localdate().replace(day=1)), **form.cleaned_data)
            audit.record(account, "infection.unit", f"infection_unit:{unit.pk}")
    except IntegrityError:
        form.add_error("code", "本院已有这个代码的科室")
        return UNITS.answer(request, 422, form=form)
    messages.success(request, f"已登记 {unit.name}")
    return redirect("infection:units")


@hospital_only
@require_POST
def plan(request: HttpRequest) -> HttpResponseBase:
    """Report a further sheet, from last month on."""
    account, form = signed_in(request), PlanForm(request.POST)
    hospital = hospital_of(account)
    if hospital is None or not form.is_valid():
        return UNITS.answer(request, 422, plan_form=form)
    record = form.cleaned_data["record"]
    made = report_further(hospital, record, month_before(timezone.localdate().replace(day=1)))
    if made:
        audit.record(account, "infection.plan", f"institution:{hospital.subject_id}", {"record": record})
    messages.success(request, f"{RECORDS[record].title}{'从上月起上报' if made else '已在监测计划里'}")
    return redirect("infection:units")


@never_cache
@hospital_only
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Another name or number of beds of a unit, or the last month it reports; what it reported stays."""
    account = signed_in(request)
    unit = Unit.objects.visible_to(account).filter(pk=pk).first()
    if unit is None:
        raise Http404("没有这个科室")
    plans = Plan.objects.visible_to(account).filter(unit=unit)
    last = plans.order_by("-last").values_list("last", flat=True).first()
    known = {"name": unit.name, "beds": unit.beds, "last": f"{last:%Y-%m}" if last else ""}
    form = ChangeForm(request.POST) if request.method == "POST" else ChangeForm(initial=known)
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "infection/unit.html", {"unit": unit, "form": form}, status=status)
    said = form.cleaned_data
    ends = day("last", f"{said['last']}-01", 0) if said["last"] else None
    with transaction.atomic():
        Unit.objects.visible_to(account).filter(pk=unit.pk).update(name=said["name"], beds=said["beds"])
        for each in plans:
            plans.filter(pk=each.pk).update(last=max(ends, each.first) if ends else None)
        audit.record(account, "infection.unit", f"infection_unit:{unit.pk}", {"last": said["last"]})
    messages.success(request, f"{said['name']}已保存")
    return redirect("infection:units")
