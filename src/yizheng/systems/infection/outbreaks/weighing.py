"""One ward and one organism, weighed by the day: rules A and B, EARS C1 to C3, the temporal scan, and all that explains an alarm."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from yizheng.systems.infection.detection.ears import Answer, Settings, ears
from yizheng.systems.infection.detection.scan import scan_ending
from yizheng.systems.infection.detection.series import Series
from yizheng.systems.infection.outbreaks.clusters import Cluster, Onset, clustered
from yizheng.systems.infection.outbreaks.sentinels import is_sentinel
from yizheng.systems.infection.records.declaring import month_before

SHOWN_DAYS, LOOKED_BACK = 10, 14
"""Days an alarm shows, and how far back the newest onset may lie for a statistical signal tonight."""
RULE_PATIENTS, RULE_DAYS = 3, 7
SETTINGS = Settings(minimum_sigma=0.5)
LEAST_A_DAY = 2
"""A day with fewer patients is no statistical signal."""
ORDER = ("B", "A", "C2", "scan")
SCAN_P, REPLICATIONS, SEED, LEAST_SCANNED = 0.001, 999, 1, 20


@dataclass(frozen=True, slots=True)
class Weighed:
    """What raised an alarm on a day, and the figures that explain it."""

    day: date
    rules: tuple[str, ...]
    explained: dict[str, Any]


def weighed(
    onsets: Sequence[Onset], known: Collection[str], tonight: date, judged: Collection[str] = ()
) -> Weighed | None:
    """The alarm of a ward and an organism tonight, if any. Cases are known from the first day of last month.

    ``known`` are patients of an outbreak already reported: they are shown, and kept out of the baseline and of the rules.
    ``judged`` are patients of alarms that were looked into: without another one there is nothing new.
    """
    fresh = [each for each in onsets if each.patient not in known and each.day <= tonight]
    if not fresh:
        return None
    newest = max(each.day for each in fresh)
    first = month_before(tonight.replace(day=1))
    signals = _signals(fresh, newest, first, tonight)
    signals = {code: found for code, found in signals.items() if not found.patients <= set(judged)}
    if not signals:
        return None
    day = max(found.day for found in signals.values())
    counts = _counts(fresh, first, day)
    who = frozenset().union(*(found.patients for found in signals.values()))
    rules = tuple(code for code in ORDER if code in signals)
    return Weighed(day, rules, _explained(who, onsets, known, day, counts, _methods(counts)))


def _signals(fresh: Sequence[Onset], newest: date, first: date, tonight: date) -> dict[str, Cluster]:
    """What each rule and method finds: the day, and the patients it is about. Rules look at every window, methods at the newest day."""
    found = {}
    sentinels = [each for each in fresh if is_sentinel(each)]
    if sentinels:
        found["B"] = Cluster(max(each.day for each in sentinels), frozenset(each.patient for each in sentinels))
    cluster = clustered(fresh, RULE_PATIENTS, RULE_DAYS)
    if cluster is not None:
        found["A"] = cluster
    counts = _counts(fresh, first, newest)
    if newest > tonight - timedelta(days=LOOKED_BACK) and counts[-1] >= LEAST_A_DAY:
        week = frozenset(each.patient for each in fresh if each.day > newest - timedelta(days=RULE_DAYS))
        fired = {each["code"] for each in _methods(counts) if each["alarm"]}
        found |= {code: Cluster(newest, week) for code in ("C2", "scan") if code in fired}
    return found


def _counts(onsets: Sequence[Onset], first: date, last: date) -> list[int]:
    """Different patients a day, from the first day known, at least the days EARS looks at."""
    length = max((last - first).days + 1, SHOWN_DAYS)
    days = [last - timedelta(days=back) for back in range(length - 1, -1, -1)]
    return [len({each.patient for each in onsets if each.day == day}) for day in days]


def _methods(counts: list[int]) -> list[dict[str, Any]]:
    """Every statistical method on the last day: what it looks at, its bound, whether that is passed."""
    series = Series(np.array(counts, dtype=float), np.arange(len(counts)) == len(counts) - 1)
    found: Answer = ears(series, SETTINGS)
    today = float(counts[-1])
    answers = [
        ("C1", today, float(found.c1_upper[-1]), today > found.c1_upper[-1]),
        ("C2", today, float(found.c2_upper[-1]), today > found.c2_upper[-1]),
        ("C3", float(found.c3[-1]), SETTINGS.quantile_c3, found.c3[-1] >= SETTINGS.quantile_c3),
    ]
    if len(counts) >= LEAST_SCANNED:
        p = float(scan_ending(series, len(counts), REPLICATIONS, SEED, 0.0).p[-1])
        answers.append(("scan", p, SCAN_P, p <= SCAN_P))
    return [
        {"code": code, "statistic": None if np.isnan(value) else value, "bound": None if np.isnan(bound) else bound, "alarm": bool(alarm)}
        for code, value, bound, alarm in answers
    ]  # fmt: skip


def _explained(
    who: Collection[str], onsets: Sequence[Onset], known: Collection[str], day: date, counts: list[int],
    methods: list[dict[str, Any]],
) -> dict[str, Any]:  # fmt: skip
    shown = counts[-SHOWN_DAYS:]
    base = np.array(shown[: SETTINGS.baseline], dtype=float)
    sigma = float(base.std(ddof=1))
    first = day - timedelta(days=SHOWN_DAYS - 1)
    return {
        "scale": "day",
        "days": [(first + timedelta(days=number)).isoformat() for number in range(SHOWN_DAYS)],
        "counts": shown,
        "mean": float(base.mean()),
        "sigma": sigma,
        "used_sigma": max(sigma, SETTINGS.minimum_sigma),
        "threshold": next(each["bound"] for each in methods if each["code"] == "C2"),
        "methods": methods,
        "who": sorted(who),
        "patients": len(who),
        "excluded": len({each.patient for each in onsets if each.patient in known and each.day >= first}),
        "alpha": SETTINGS.alpha,
        "baseline": SETTINGS.baseline,
        "lag": SETTINGS.lag,
    }
