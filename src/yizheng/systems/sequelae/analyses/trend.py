"""特定疾病变化趋势: the same people measured many times, so a mixed model and not a line through yearly means.

Who comes is not who was registered: the picture of those who stayed away stands beside every estimate, and where the device changed
the model is fitted with and without what came after.
"""

from collections.abc import Sequence
from statistics import fmean, stdev
from typing import Any

import numpy as np

from yizheng.kernel.statistics.groups import TwoGroups
from yizheng.kernel.statistics.intervals import two_sided_quantile
from yizheng.kernel.statistics.repeated import Estimate, Measured, NotFitted, mixed
from yizheng.kernel.statistics.trends import normal_two_sided
from yizheng.systems.sequelae.analyses.dataset import Dataset, Subject
from yizheng.systems.sequelae.analyses.diseases import CONFIDENCE, SMALL

BEGAN = 2003
RECOVERED = 2
"""Years within which lungs recover fast; the course is fitted in two pieces there."""
ITEMS = {
    "fev1": "FEV1（L）", "fvc": "FVC（L）", "dlco": "DLCO（mL/min/mmHg）",
    "necrosis_vol_l": "左髋坏死体积（%）", "necrosis_vol_r": "右髋坏死体积（%）",
    "hhs_l": "左髋 Harris 评分", "hhs_r": "右髋 Harris 评分", "t_l14": "腰椎 T 值",
}  # fmt: skip
TERMS = ("early", "late", "male", "age", "dose")
WORDS = {
    "intercept": "截距", "early": "前两年，每年", "late": "两年以后，每年", "male": "男性",
    "age": "2003 年年龄，每 10 岁", "dose": "激素累计量，每 g",
}  # fmt: skip
FEWEST = 15
"""With fewer people normal limits of the model are too narrow, so it is not fitted."""
LATELY = 3
"""Who came to one of the last rounds, so many, has stayed."""


def by_year(data: Dataset, item: str) -> list[dict[str, Any]]:
    """Each round's number, mean and spread, and how many of those invited came; few people are not shown."""
    lines = []
    for year in data.rounds:
        values = [each.values[year][item] for each in data.subjects if item in each.values.get(year, {})]
        invited = sum(year in each.invited for each in data.subjects)
        line: dict[str, Any] = {"year": year, "n": None if 0 < len(values) < SMALL else len(values), "invited": invited}
        if len(values) >= SMALL:
            line |= {"mean": round(fmean(values), 3), "sd": round(stdev(values), 3)}
        lines.append(line)
    return lines


def model(data: Dataset, item: str, until: int = 9999) -> list[dict[str, Any]]:
    """The fixed effects with interval and probability; nothing where the data cannot carry the model.

    Each person has an intercept and a yearly slope of her own; an intercept alone where the data do not carry both.
    """
    outcome, terms, whose = [], [], []
    for each in data.subjects:
        for year, values in each.values.items():
            if item in values and year <= until:
                past = year - BEGAN
                outcome.append(values[item])
                terms.append(
                    [min(past, RECOVERED), max(0, past - RECOVERED), each.sex == "male", each.age(BEGAN) / 10, each.dose]
                )  # fmt: skip
                whose.append(str(each.number))
    if len(outcome) < len(TERMS) * SMALL or len(set(whose)) < FEWEST or len(set(outcome)) < 2:
        return []
    measured = Measured(np.array(outcome), np.array(terms, dtype=float), TERMS, whose)
    for slope in (measured.terms[:, :2].sum(axis=1) / 10, None):
        try:
            estimates = mixed(measured, slope)
        except NotFitted:
            continue
        if all(error is None or error > 0 for _, _, error in estimates):
            return [_told(each, sloped=slope is not None) for each in estimates if each[0] in WORDS]
    return []


def _told(estimate: Estimate, *, sloped: bool) -> dict[str, Any]:
    name, value, error = estimate
    reach = two_sided_quantile(CONFIDENCE) * (error or 0)
    p = normal_two_sided(value / error) if error else None
    return {
        "term": WORDS[name], "estimate": round(value, 4), "low": round(value - reach, 4), "high": round(value + reach, 4),
        "p": None if p is None else round(p, 4), "sloped": sloped,
    }  # fmt: skip


def stayed(data: Dataset, item: str) -> dict[str, Any]:
    """Those who still come beside those who do not: their first values, and Hedges' g of the difference."""
    last = data.rounds[-LATELY:]
    staying = [each for each in data.subjects if set(last) & set(each.attended)]
    gone = [each for each in data.subjects if each.attended and not set(last) & set(each.attended)]
    one, other = _first(staying, item), _first(gone, item)
    told: dict[str, Any] = {
        "staying": len(one), "gone": len(other), "dead": sum(each.ended <= data.rounds[-1] for each in gone),
        "years": {"staying": _means(staying, item, data.rounds), "gone": _means(gone, item, data.rounds)},
    }  # fmt: skip
    if len(one) >= SMALL and len(other) >= SMALL:
        told |= {"mean": round(fmean(one), 3), "mean_gone": round(fmean(other), 3)}
        g = TwoGroups(one, other).hedges_g
        told["g"] = None if g is None else round(g, 2)
    return told


def _first(subjects: Sequence[Subject], item: str) -> list[float]:
    found = (
        next((values[item] for _, values in sorted(each.values.items()) if item in values), None) for each in subjects
    )
    return [value for value in found if value is not None]


def _means(subjects: Sequence[Subject], item: str, rounds: Sequence[int]) -> list[list[float]]:
    """The yearly means of a group, while enough of it came."""
    found: list[list[float]] = []
    for year in rounds:
        values = [each.values[year][item] for each in subjects if item in each.values.get(year, {})]
        if len(values) >= SMALL:
            found.append([year, round(fmean(values), 3)])
    return found
