"""指标统计: every indicator with numerator, denominator, interval and method, and one of them month by month and by hospital."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yizheng.kernel.statistics.charts import shewhart
from yizheng.people.tables import Asked, Choice, Column, Number, State, Table
from yizheng.shell.desk.access import signed_in
from yizheng.systems.infection.pages.access import hospital_of, infection_only, names_of_hospitals
from yizheng.systems.infection.pages.drawing import Bar, Drawing, draw_months
from yizheng.systems.infection.pages.funnels import Funnel, Unit, draw_funnel
from yizheng.systems.infection.records.declaring import month_before
from yizheng.systems.infection.statistics.indicators import (
    Compared,
    Figure,
    Indicator,
    compared,
    figure,
    indicators,
    percentiles,
)
from yizheng.systems.infection.statistics.pooling import LEAST_HOSPITALS, Counts, Months, seen_by, whole_city

SPANS = {"3": "近 3 个月", "6": "近 6 个月", "12": "近 12 个月", "24": "近 24 个月"}


def span(asked: Asked) -> tuple[date, date]:
    """The first and the last month asked for; the last is the one before this month."""
    last = first = month_before(asked.today.replace(day=1))
    for _ in range(int(asked["span"]) - 1):
        first = month_before(first)
    return first, last


def _own(asked: Asked) -> Months:
    return seen_by(asked.account, *span(asked))


def _city(asked: Asked) -> Months:
    return whole_city(*span(asked))


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator as the list shows it."""

    indicator: Indicator
    figure: Figure
    reference: Figure | None
    compared: Compared | None

    @property
    def value(self) -> str:
        """The value with its unit; none is a dash, whose reason stands beside it."""
        return said(self.indicator, self.figure.value)

    @property
    def interval(self) -> str:
        """The interval with its method."""
        low, high = self.figure.low, self.figure.high
        return "" if low is None or high is None else f"{low:.2f}–{high:.2f}　{self.figure.method}"

    @property
    def ratio(self) -> str:
        """Observed over expected with its interval."""
        if self.compared is None or self.compared.ratio is None:
            return ""
        return f"{self.compared.ratio:.2f}（{self.compared.low:.2f}–{self.compared.high:.2f}）"


def said(indicator: Indicator, value: float | None) -> str:
    """A value at two decimals with its unit."""
    if value is None:
        return "—"
    return f"{value:.2f}{'%' if indicator.unit == '%' else f' {indicator.unit}' if indicator.unit else ''}"


def _lines(asked: Asked) -> list[Line]:
    months, city = asked.once(_own), asked.once(_city)
    hospital = hospital_of(asked.account) is not None
    found = []
    for each in indicators().values():
        own = figure(each, months.values())
        reference = _reference(each, city)
        beside = compared(own, reference) if hospital and reference and each.counted == "rate" else None
        found.append(Line(each, own, reference, beside))
    return [each for each in found if each.figure.value is not None] if asked["shown"] == "known" else found


def _reference(indicator: Indicator, city: Months) -> Figure | None:
    """The city's pooled figure; none where too few hospitals stand behind it."""
    behind = {
        subject for (subject, _), counts in city.items() if indicator.above in counts and counts.get(indicator.below)
    }
    return figure(indicator, city.values()) if len(behind) >= LEAST_HOSPITALS else None


def _says(asked: Asked) -> str:
    first, last = span(asked)
    return f"{first:%Y-%m} 至 {last:%Y-%m}，市级审核入库的报表；率由合计重算，不取平均"


FIGURES = Table(
    "infection_figures",
    "指标统计",
    _lines,
    (
        Column("编号", lambda line: line.indicator.code, 12, css="together"),
        Column(
            "指标",
            lambda line: line.indicator.name,
            34,
            css="name",
            link=lambda line: reverse("infection:figure", args=[line.indicator.code]) if line.figure.above is not None else "",
        ),
        Number("分子", lambda line: line.figure.above, 10, nothing="没有报告"),
        Number("分母", lambda line: line.figure.below, 10, nothing="没有报告"),
        Number("值", "value", 12),
        Column("95% 区间", "interval", 22, nothing="使用率和平均值不给区间"),
        Column("全市", lambda line: said(line.indicator, line.reference.value) if line.reference else "", 12,
            nothing=f"不足 {LEAST_HOSPITALS} 家医院不给参照",
        ),
        Column("标化比（95% 区间）", "ratio", 22, nothing="预期不足 1 例，或者不是率"),
        State("判断", lambda line: line.compared.verdict if line.compared else "", 12, nothing="没有标化比"),
        Column("说明", lambda line: line.figure.reason, 18),
    ),
    guard=infection_only,
    filters=(
        Choice("期间", "span", options=list(SPANS.items()), default=lambda: "6", always=True),
        Choice("指标", "shown", options=[("known", "有数的"), ("all", "全部")], default=lambda: "known", always=True),
    ),
    says=_says,
    tally="项，按指南次序",
    empty="这段时间还没有市级审核入库的报表。",
)  # fmt: skip
"""Every indicator for a span of months."""


@dataclass(frozen=True, slots=True)
class Month:
    """One month of an indicator."""

    month: date
    figure: Figure
    value: str
    interval: str


@never_cache
@infection_only
@require_safe
def page(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: month by month with its control limits, and by hospital for who reviews several."""
    indicator = indicators().get(code)
    if indicator is None or not indicator.above:
        raise Http404("没有这项指标")
    account = signed_in(request)
    asked = Asked.of(request, FIGURES.filters).about((), {"span": "12"})
    months, city, own = seen_by(account, *span(asked)), whole_city(*span(asked)), hospital_of(account)
    by_month = list(_by_month(indicator, months))
    context: dict[str, Any] = {
        "indicator": indicator,
        "months": by_month,
        "drawing": _drawing(indicator, by_month),
        "hospitals": _by_hospital(indicator, months) if own is None else [],
        "funnel": _funnel(indicator, city if own is not None else months, own.subject_id if own else None),
        "own_hospital": own is not None,
        "percentiles": percentiles(_values(indicator, city)),
        "today": timezone.localdate(),
    }
    return render(request, "infection/figure.html", context)


def _by_month(indicator: Indicator, months: Months) -> Iterable[Month]:
    for month in sorted({period for _, period in months}):
        found = figure(indicator, [counts for (_, period), counts in months.items() if period == month])
        line = Line(indicator, found, None, None)
        yield Month(month, found, line.value, line.interval)


def _drawing(indicator: Indicator, months: list[Month]) -> Drawing | None:
    """The months as a control chart of their own sizes: u for rates, p for shares."""
    known = [each for each in months if each.figure.value is not None]
    if len(known) < 2 or indicator.counted == "adjusted":
        return None
    scale = indicator.multiplier
    kind = "p" if indicator.counted == "share" else "u"
    points = shewhart(kind, [(each.figure.above or 0, float(each.figure.below or 0)) for each in known])
    bars = [
        Bar(f"{each.month:%Y-%m}", point.statistic * scale, point.lower * scale, point.upper * scale, point.beyond)
        for each, point in zip(known, points, strict=True)
        if point
    ]
    centre = next(point.centre for point in points if point) * scale
    return draw_months(bars, centre, limits=indicator.counted in ("rate", "share"))


def _by_hospital(indicator: Indicator, months: Months) -> list[tuple[str, Line]]:
    subjects = {subject for subject, _ in months}
    names = names_of_hospitals(subjects)
    found = []
    pooled = figure(indicator, months.values())
    for subject in subjects:
        own = figure(indicator, [counts for (each, _), counts in months.items() if each == subject])
        if own.above is not None:
            beside = compared(own, pooled) if indicator.counted == "rate" else None
            found.append((names.get(subject, ""), Line(indicator, own, None, beside)))
    return sorted(found, key=lambda row: row[0])


def _funnel(indicator: Indicator, months: Months, own: int | None) -> Funnel | None:
    """The funnel of the hospitals in sight; for a hospital the others stand without names, if they are enough."""
    pooled = figure(indicator, months.values())
    if indicator.counted not in ("rate", "share") or not pooled.above or not pooled.below:
        return None
    by_hospital: dict[int, list[Counts]] = defaultdict(list)
    for (subject, _), counts in months.items():
        by_hospital[subject].append(counts)
    names = {} if own is not None else names_of_hospitals(set(by_hospital))
    units = [
        Unit(
            found.above, found.below * pooled.above / pooled.below, found.below, names.get(subject, ""), subject == own
        )
        for subject, counts in by_hospital.items()
        if (found := figure(indicator, counts)).above is not None and found.below
    ]
    if own is not None and len(units) < LEAST_HOSPITALS:
        return None
    return draw_funnel(units, share=indicator.counted == "share")


def _values(indicator: Indicator, months: Months) -> list[float]:
    subjects = {subject for subject, _ in months}
    found = [figure(indicator, [counts for (each, _), counts in months.items() if each == one]) for one in subjects]
    least = LEAST_DAYS if indicator.counted == "rate" else 1
    return [each.value for each in found if each.value is not None and (each.below or 0) >= least]


LEAST_DAYS = 50
"""A hospital with fewer days under a rate has no place among the percentiles."""
