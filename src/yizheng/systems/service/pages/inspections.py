"""巡检: the record of inspections, one with its readings beside those of the time before, one by hand."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from yizheng.documents.signing.countersigning import witnessed
from yizheng.people.permissions import roles_of
from yizheng.people.tables import Asked, Choice, Column, Day, State, Table
from yizheng.shell.access import for_roles
from yizheng.shell.desk.access import signed_in
from yizheng.systems.service.inspections.inspecting import inspect
from yizheng.systems.service.inspections.probes import OBJECTS
from yizheng.systems.service.models import Inspection, Reading
from yizheng.systems.service.models.inspection import Verdict
from yizheng.systems.service.pages.access import service_only
from yizheng.systems.service.rights import CONTRACTOR


def _inspections(asked: Asked) -> QuerySet[Inspection]:
    return Inspection.objects.select_related("account").prefetch_related("readings")


def _described(rows: list[Inspection], asked: Asked) -> Iterable[dict[str, Any]]:
    for each in rows:
        wrong = [one for one in each.readings.all() if one.verdict in (Verdict.WARNING, Verdict.FAULT)]
        yield {
            "url": each.get_absolute_url(),
            "at": each.at,
            "who": each.account.display_name if each.account else "平台自巡检",
            "verdict": each.get_verdict_display(),
            "wrong": "；".join(f"{one.object} {one.item}：{one.value}" for one in wrong),
            "digest": each.digest[:12],
        }


TREND = 30
"""How many inspections a line of the trend looks back."""
INSPECTIONS = Table(
    "service_inspections",
    "系统巡检记录",
    _inspections,
    (
        Column("时间", "at", 18, css="name", link="url"),
        Column("巡检人", "who", 16),
        State("结论", "verdict", 10),
        Column("告警和失败", "wrong", 60),
        Column("内容摘要", "digest", 16),
    ),
    guard=service_only,
    filters=(
        Choice("结论", "verdict", Verdict.choices, by="verdict"),
        Day("自", "from", by="at__date__gte"),
        Day("至", "to", by="at__date__lte"),
    ),
    order=("-at", "-id"),
    described=_described,
    says="每天 8 时平台自行巡检，也可以随时巡检；记录只增不改",
    tally="次，按时间",
    empty="还没有巡检记录。",
    template="service/inspections.html",
    more=lambda asked: {"may_inspect": not CONTRACTOR.isdisjoint(roles_of(asked.account))},
)


@service_only
@require_safe
def inspection(request: HttpRequest, inspection_id: int) -> HttpResponseBase:
    """One inspection with its readings and those of the inspection before it."""
    found = Inspection.objects.select_related("account").filter(pk=inspection_id).first()
    if found is None:
        raise Http404("没有这次巡检")
    before = Inspection.objects.filter(at__lt=found.at).first()
    was = {each.item: each.value for each in before.readings.all()} if before else {}
    lines = _trends(found)
    rows = [(each, was.get(each.item, ""), lines.get(each.item, "")) for each in found.readings.all()]
    context = {"inspection": found, "rows": rows, "genuine": witnessed(found.statement, found.signature)}
    return render(request, "service/inspection.html", context)


def _trends(found: Inspection) -> dict[str, str]:
    """The figures of each item over the last inspections, as the points of a line in a box of 100 by 20."""
    last = Inspection.objects.filter(at__lte=found.at).order_by("-at", "-id").values("pk")[:TREND]
    known: dict[str, list[float]] = {}
    for item, figure in (
        Reading.objects.filter(inspection__in=last, figure__isnull=False).order_by("id").values_list("item", "figure")
    ):
        known.setdefault(item, []).append(figure or 0.0)
    return {item: _points(figures) for item, figures in known.items() if len(figures) > 1}


def _points(figures: list[float]) -> str:
    low, high = min(figures), max(figures)
    step, reach = 100 / (len(figures) - 1), (high - low) or 1.0
    return " ".join(f"{number * step:.1f},{18 - 16 * (each - low) / reach:.1f}" for number, each in enumerate(figures))


@for_roles(CONTRACTOR)
@require_POST
def inspect_now(request: HttpRequest) -> HttpResponseBase:
    """巡检一次."""
    made = inspect(signed_in(request))
    messages.success(request, f"巡检完成：{made.get_verdict_display()}")
    return redirect(made.get_absolute_url())


def last_readings() -> list[tuple[str, list[Reading]]]:
    """The readings of the last inspection by object; empty before the first."""
    last = Inspection.objects.first()
    if last is None:
        return []
    readings = list(last.readings.all())
    return [(each, [one for one in readings if one.object == each]) for each in OBJECTS]
