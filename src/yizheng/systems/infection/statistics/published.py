"""What the public may read of the figures: the whole city, locked months alone, small numbers hidden."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils import timezone

from yizheng.disclosure.content.drafting import Draft
from yizheng.people.scope import acting_as_system
from yizheng.systems.infection.models import Sheet
from yizheng.systems.infection.records.declaring import month_before
from yizheng.systems.infection.reporting.lifecycle import SheetState
from yizheng.systems.infection.statistics.indicators import Figure, Indicator, figure, indicators
from yizheng.systems.infection.statistics.pooling import LEAST_HOSPITALS, Months

MONTHS = 12
SMALL = 5
"""A smaller number of cases is told as "<5", and no rate of it."""


def report() -> Draft:
    """The monitoring report of the last twelve months as far as they are locked."""
    first = last = month_before(timezone.localdate().replace(day=1))
    for _ in range(MONTHS - 1):
        first = month_before(first)
    return drafted(locked(first, last), first, last)


def locked(first: date, last: date) -> Months:
    """The counts of locked sheets by hospital and month."""
    with acting_as_system("医院感染监测报告"):
        sheets = Sheet.objects.filter(
            state=SheetState.LOCKED, period__gte=first, period__lte=last, accepted__isnull=False
        )
        rows = list(sheets.values_list("subject_id", "period", "accepted__counts"))
    found: Months = defaultdict(lambda: defaultdict(int))
    for subject, period, counts in rows:
        for item, number in counts.items():
            found[subject, period][item] += number
    return {key: dict(counts) for key, counts in found.items()}


def drafted(months: Months, first: date, last: date) -> Draft:
    """The report in words: a table of every indicator that enough hospitals stand behind."""
    rows = [line for each in indicators().values() if (line := _line(each, months))]
    span = f"{first:%Y年%-m月}至{last:%Y年%-m月}"
    head = ["| 指标 | 医院 | 分子 | 分母 | 值 | 95% 区间 |", "|---|---|---|---|---|---|"]
    table = "\n".join([*head, *rows]) if rows else "这段时间已锁定的报表不足以公布。"
    hospitals = len({subject for subject, _ in months})
    return Draft(
        f"医院感染监测报告（{span}）",
        f"本报告统计{span}市级审核入库并锁定的监测报表，{hospitals} 家医院有报表。率由合计重算，不取各院平均。"
        f"不足 {LEAST_HOSPITALS} 家医院的指标不公布；分子不足 {SMALL} 的只写“<{SMALL}”，不给率。\n\n## 指标\n\n{table}\n\n"
        "## 说明\n\n- 发病率的区间用 Garwood 法，构成和比例用 Wilson 法\n- 例数和例次是两个指标，不能相加\n",
    )


def _line(indicator: Indicator, months: Months) -> str:
    """A row of the table; empty where too few hospitals reported both its numbers."""
    behind = {subject for (subject, _), counts in months.items() if {indicator.above, indicator.below} <= set(counts)}
    if not indicator.above or len(behind) < LEAST_HOSPITALS:
        return ""
    found = figure(indicator, months.values())
    return "" if found.above is None else f"| {indicator.name} | {len(behind)} | {_told(indicator, found)} |"


def _told(indicator: Indicator, found: Figure) -> str:
    if (found.above or 0) < SMALL:
        return f"<{SMALL} | {found.below} | — | —"
    value = "—" if found.value is None else f"{found.value:.2f}{indicator.unit}"
    interval = "—" if found.low is None or found.high is None else f"{found.low:.2f}–{found.high:.2f}"
    return f"{found.above} | {found.below} | {value} | {interval}"
