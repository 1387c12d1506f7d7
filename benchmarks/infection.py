"""Detection of outbreaks over a city of hospitals: how long a year takes by every method, and how good it is on simulated seasons."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import numpy as np

from yizheng.cli.bench.laboratory import Lab
from yizheng.cli.bench.questions import Pair, at_most, question
from yizheng.systems.infection.detection import weekly
from yizheng.systems.infection.detection.series import Numbers

HOSPITALS, OBJECTS, WEEKS = 700, 20, 52
TOGETHER = 500
SERIES, OUTBREAKS, LASTING = 3000, 400, 6


@question(
    "detect-city-year",
    "700 家医院 × 20 个对象 × 52 周，全部方法（含五年历史），用时",
    beside="—",
    unit="s",
    reach=at_most(10),
    runs=3,
)
def detecting(lab: Lab) -> Iterator[Pair]:
    """All methods on a year of the whole city, two threads; counts as hospitals have them, most weeks none or one."""
    counts = _city(HOSPITALS * OBJECTS, seed=3)
    weekly.judged(counts[:10], WEEKS)  # the libraries are read before the clock starts
    while True:
        began = time.perf_counter()
        with ThreadPoolExecutor(2) as threads:
            found = sum(
                threads.map(lambda first: _alarms(counts[first : first + TOGETHER]), range(0, len(counts), TOGETHER))
            )
        yield Pair(time.perf_counter() - began, None, f"{found} 条预警")


def _alarms(counts: Numbers) -> int:
    return int(weekly.alarms(counts, weekly.judged(counts, WEEKS)).sum())


def _city(series: int, seed: int) -> Numbers:
    """Weekly counts with a season: half of the series below one case in three weeks, a few with several a week."""
    rng = np.random.default_rng(seed)
    mean = np.exp(rng.normal(-1.2, 1.2, (series, 1)))
    season = 1 + 0.3 * np.sin(2 * np.pi * (np.arange(weekly.HISTORY + WEEKS) / 52 + rng.random((series, 1))))
    return rng.poisson(mean * season).astype(float)


@question(
    "detect-simulated-seasons",
    "模拟季节里，合并规则每个序列每年的误报",
    beside="—",
    unit="次",
    reach=at_most(1),
    runs=1,
)
def judging(lab: Lab) -> Iterator[Pair]:
    """Outbreaks put into the last year of some series: which are found, how many weeks late, and what an alarm is worth."""
    while True:
        rng = np.random.default_rng(5)
        counts = _city(SERIES, seed=4)
        inside = np.zeros((SERIES, WEEKS), dtype=bool)
        begins = rng.integers(4, WEEKS - LASTING, OUTBREAKS)
        for row, begin in zip(rng.choice(SERIES, OUTBREAKS, replace=False), begins, strict=True):
            extra = rng.poisson(1.0 + 2 * np.sqrt(counts[row].mean()), LASTING)
            counts[row, begin - WEEKS : begin - WEEKS + LASTING or None] += extra
            inside[row, begin : begin + LASTING] = True
        answers = weekly.judged(counts, WEEKS)
        judged = {code: answers[code].alarm for code in weekly.METHODS} | {"合并规则": weekly.alarms(counts, answers)}
        lines = [f"{weekly.METHODS.get(code, (code,))[0]}：{_worth(alarm, inside)}" for code, alarm in judged.items()]
        false = judged["合并规则"] & ~inside
        yield Pair(float(false.sum() / SERIES), None, "；".join(lines))


def _worth(
    alarm: np.ndarray[tuple[int, ...], np.dtype[np.bool_]], inside: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]
) -> str:
    """Sensitivity, positive predictive value and median delay."""
    ill = inside.any(axis=1)
    hits = alarm & inside
    found = hits[ill].any(axis=1)
    delay = hits[ill].argmax(axis=1) - inside[ill].argmax(axis=1)
    late = float(np.median(delay[found])) if found.any() else float("nan")
    value = hits.sum() / max(1, alarm.sum())
    return f"发现 {found.mean():.0%}，阳性预测值 {value:.0%}，晚 {late:.0f} 周"


@question(
    "infection-year-report",
    "全市年报：700 家医院 12 个月的全部指标、各院值和标化比，用时",
    beside="—",
    unit="s",
    reach=at_most(5),
    runs=3,
)
def reporting(lab: Lab) -> Iterator[Pair]:
    """Every indicator of the year from accepted sheets, for the city and for each hospital; nothing of it is kept."""
    from django.db import transaction

    from yizheng.people.scope import acting_as_system
    from yizheng.systems.infection.statistics.indicators import compared, figure, indicators
    from yizheng.systems.infection.statistics.pooling import whole_city

    with acting_as_system("测量"), transaction.atomic():
        first, last = _accepted_year()
        while True:
            began = time.perf_counter()
            months = whole_city(first, last)
            by_hospital: dict[int, list[dict[str, int]]] = {}
            for (subject, _), counts in months.items():
                by_hospital.setdefault(subject, []).append(counts)
            figures = 0
            for each in indicators().values():
                pooled = figure(each, months.values())
                for own in (figure(each, mine) for mine in by_hospital.values()) if pooled.above else ():
                    figures += compared(own, pooled) is not None
            yield Pair(time.perf_counter() - began, None, f"{len(months):,} 家月，{figures:,} 个比值")


def _accepted_year() -> tuple[date, date]:
    """A year of four sheets a month of every hospital, accepted; the first and the last month."""
    from yizheng.people.kinds import AccountKind
    from yizheng.people.models import Account
    from yizheng.registry import ChangeKind, changing
    from yizheng.systems.infection.models import AcceptedSheet, Sheet, SheetVersion
    from yizheng.systems.infection.records.declaring import month_after
    from yizheng.systems.infection.reporting.content import RULE_SET

    months = [date(2025, month, 1) for month in range(1, 13)]
    rng = np.random.default_rng(7)
    account = Account.objects.create(username="bench-infection", kind=AccountKind.CLERK, display_name="测量")
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="bench:infection", reason="测量") as change:
        subjects = [change.subject("institution").pk for _ in range(HOSPITALS)]
    for month in months:
        sheets = [
            Sheet(subject_id=subject, institution_scope=0, authority_scope=0, record=record, period=month, state="40", due=month)
            for subject in subjects for record in ("case", "month", "icu_log", "drugs")
        ]  # fmt: skip
        Sheet.objects.bulk_create(sheets, batch_size=1000)
        SheetVersion.objects.bulk_create(
            [
                SheetVersion(
                    sheet=each, number=1, rows=[], none=False, digest=f"{each.pk:064d}", counts=_counts(each.record, rng),
                    rules=RULE_SET, account=account,
                ) for each in sheets
            ], batch_size=1000,
        )  # fmt: skip
        with changing(kind=ChangeKind.INTAKE, actor=None, cause="bench:infection", reason="测量") as change:
            for each in sheets:
                said = {
                    "record": each.record,
                    "unit": "",
                    "version": 1,
                    "rows": 0,
                    "digest": f"{each.pk:064d}",
                    "rules": RULE_SET,
                }
                change.state(
                    AcceptedSheet, each.subject_id, each.line, said, valid_from=month, valid_to=month_after(month),
                    authority_scope=0,
                )  # fmt: skip
    return months[0], months[-1]


def _counts(record: str, rng: np.random.Generator) -> dict[str, int]:
    """Every item of the indicators that a record gives, with a number."""
    from yizheng.systems.infection.statistics.indicators import indicators

    of = {"case": ("case.", "icu.", "newborn.", "mdro.", "species.")}.get(record, (f"{record}.",))
    items = {item for each in indicators().values() for item in (each.above, each.below) if item.startswith(of)}
    return {item: int(rng.poisson(6 if record == "case" else 400)) for item in items}
