"""因公与非因公比较: many values of the two groups side by side, each with its size and interval, all probabilities adjusted together.

Welch's test, or Mann and Whitney's where the values are skewed; a probability is never shown without number, effect and interval.
"""

from statistics import fmean, stdev
from typing import Any

import numpy as np

from yizheng.kernel.statistics.groups import TwoGroups
from yizheng.kernel.statistics.several import benjamini_hochberg
from yizheng.systems.sequelae.analyses.dataset import Dataset
from yizheng.systems.sequelae.analyses.diseases import CONFIDENCE, SMALL
from yizheng.systems.sequelae.examinations.fields import fields

ITEMS = (
    "bmi", "sbp", "dbp", "glu", "tc", "tg", "crea", "ua", "alt", "fvc", "fev1", "tlc", "dlco", "mwd6", "t_l14", "t_fn", "hhs_l", "hhs_r",
)  # fmt: skip
SKEWED = 1.0
"""From this skewness on ranks are compared."""


def figures(data: Dataset) -> dict[str, Any]:
    """One line a value, of the last round that most have come to."""
    year = data.last_attended
    lines = [line for code in ITEMS if (line := _line(data, code, year)) is not None]
    for line, adjusted in zip(lines, benjamini_hochberg([each["p"] for each in lines]), strict=True):
        line["adjusted"], line["p"] = round(adjusted, 4), round(line["p"], 4)
    return {"year": year, "lines": lines, "tests": len(lines)}


def _line(data: Dataset, code: str, year: int) -> dict[str, Any] | None:
    duty, others = (
        [
            each.values[year][code]
            for each in data.subjects
            if each.infected == group and code in each.values.get(year, {})
        ]
        for group in ("on_duty", "community")
    )
    if min(len(duty), len(others)) < SMALL:
        return None
    two = TwoGroups(duty, others)
    welch, interval = two.welch(), two.interval(CONFIDENCE)
    ranked = two.mann_whitney()[0]
    if welch is None or interval is None or ranked is None:
        return None
    by_ranks = max(_skewness(duty), _skewness(others)) >= SKEWED
    return {
        "title": fields()[code].title, "unit": fields()[code].unit, "n": len(duty), "n_others": len(others),
        "mean": round(fmean(duty), 2), "sd": round(stdev(duty), 2), "mean_others": round(fmean(others), 2),
        "sd_others": round(stdev(others), 2), "difference": round(two.difference, 3), "low": round(interval[0], 3),
        "high": round(interval[1], 3), "g": round(two.hedges_g or 0, 2), "delta": round(two.cliff_delta, 2),
        "test": "Mann–Whitney" if by_ranks else "Welch t", "p": ranked if by_ranks else welch[2],
    }  # fmt: skip


def _skewness(values: list[float]) -> float:
    spread = float(np.std(values))
    return abs(float(np.mean((np.array(values) - np.mean(values)) ** 3))) / spread**3 if spread else 0.0
