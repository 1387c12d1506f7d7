"""One ward and one organism, weighed: days with their counts, EARS C2, rule A, and all that explains an alarm."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from yizheng.systems.infection.detection.ears import Settings, ears
from yizheng.systems.infection.detection.series import Series
from yizheng.systems.infection.outbreaks.clusters import Onset, first_alarm

SHOWN_DAYS, LOOKED_BACK = 10, 14
"""Days an alarm shows, and how far back an onset may lie to raise one tonight."""
RULE_PATIENTS, RULE_DAYS = 3, 7
SETTINGS = Settings(minimum_sigma=0.5)
SENTINELS = frozenset({"FUN-005", "BAC-GN-031"})
"""Organisms of which one case is an alarm: Candida auris, Legionella."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What raised an alarm on a day, and the figures that explain it."""

    day: date
    rules: tuple[str, ...]
    explained: dict[str, Any]


def weighed(onsets: Sequence[Onset], known: Collection[str], tonight: date) -> Weighed | None:
    """The alarm of a ward and an organism tonight, if any.

    ``known`` are patients of an outbreak already reported: they are shown, and kept out of the baseline and of the rules.
    """
    fresh = [each for each in onsets if each.patient not in known and each.day <= tonight]
    recent = [each.day for each in fresh if each.day > tonight - timedelta(days=LOOKED_BACK)]
    if not recent:
        return None
    day = max(recent)
    counts = _counts(fresh, day)
    answer = ears(Series(np.array(counts, dtype=float), np.ones(len(counts), dtype=bool)), SETTINGS)
    threshold = float(answer.c2_upper[-1])
    of_rule = [each for each in fresh if each.day > day - timedelta(days=RULE_DAYS)]
    rules = (
        *(["B"] if fresh[0].organism in SENTINELS else []),
        *(["A"] if first_alarm(of_rule, RULE_PATIENTS, RULE_DAYS) else []),
        *(["C2"] if not math.isnan(threshold) and counts[-1] > threshold and counts[-1] >= 2 else []),
    )
    return Weighed(day, rules, _explained(fresh, onsets, known, day, counts, threshold)) if rules else None


def _counts(onsets: Sequence[Onset], last: date) -> list[int]:
    """Different patients a day, over the days EARS looks at."""
    days = [last - timedelta(days=back) for back in range(SHOWN_DAYS - 1, -1, -1)]
    return [len({each.patient for each in onsets if each.day == day}) for day in days]


def _explained(
    fresh: Sequence[Onset], onsets: Sequence[Onset], known: Collection[str], day: date, counts: list[int], threshold: float
) -> dict[str, Any]:  # fmt: skip
    base = np.array(counts[: SETTINGS.baseline], dtype=float)
    sigma = float(base.std(ddof=1))
    first = day - timedelta(days=SHOWN_DAYS - 1)
    return {
        "days": [(first + timedelta(days=number)).isoformat() for number in range(SHOWN_DAYS)],
        "counts": counts,
        "mean": float(base.mean()),
        "sigma": sigma,
        "used_sigma": max(sigma, SETTINGS.minimum_sigma),
        "threshold": threshold,
        "who": sorted({each.patient for each in fresh if each.day > day - timedelta(days=RULE_DAYS)}),
        "patients": len({each.patient for each in fresh if each.day > day - timedelta(days=RULE_DAYS)}),
        "excluded": len({each.patient for each in onsets if each.patient in known and each.day >= first}),
        "alpha": SETTINGS.alpha,
        "baseline": SETTINGS.baseline,
        "lag": SETTINGS.lag,
    }
