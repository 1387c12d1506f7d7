"""Matching: each case gets its nearest controls within its stratum; and what is said of matched data.

Matched data need matched answers: conditional logistic regression for a finding, differences within the set for a value.
"""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yizheng.kernel.lazily import lazily
from yizheng.kernel.statistics.intervals import two_sided_quantile
from yizheng.kernel.statistics.trends import normal_two_sided

special = lazily("scipy.special")
conditional = lazily("statsmodels.discrete.conditional_models")


@dataclass(frozen=True, slots=True)
class Unit:
    """One case or control: what must be the same, and the age that must be near."""

    stratum: str
    age: float


def nearest(cases: Sequence[Unit], controls: Sequence[Unit], *, reach: float, most: int) -> list[list[int]]:
    """The controls of each case by their place, each used once: the first for every case before the second for any."""
    free = set(range(len(controls)))
    near = [
        [at for at in range(len(controls)) if controls[at].stratum == case.stratum and abs(controls[at].age - case.age) <= reach]
        for case in cases
    ]  # fmt: skip
    found: list[list[int]] = [[] for _ in cases]
    order = sorted(range(len(cases)), key=lambda at: (len(near[at]), at))
    for _ in range(most):
        for at in order:
            left = [each for each in near[at] if each in free]
            if left:
                chosen = min(left, key=lambda each: (abs(controls[each].age - cases[at].age), each))
                free.discard(chosen)
                found[at].append(chosen)
    return found


def standardised_difference(one: Sequence[float], other: Sequence[float]) -> float | None:
    """The difference of the means in the mean standard deviation; shares are given as noughts and ones."""
    if len(one) < 2 or len(other) < 2:
        return None
    spread = math.sqrt((float(np.var(one, ddof=1)) + float(np.var(other, ddof=1))) / 2)
    return float(np.mean(one) - np.mean(other)) / spread if spread else None


@dataclass(frozen=True, slots=True)
class Effect:
    """An effect with its interval and probability."""

    value: float
    low: float
    high: float
    p: float


def conditional_odds(sets: Sequence[tuple[bool, Sequence[bool]]], confidence: float) -> Effect | None:
    """The odds ratio of a finding, conditional on the matched set (the case, its controls); nothing where no set says anything."""
    telling = [(case, others) for case, others in sets if any(each != case for each in others)]
    if not any(case for case, _ in telling) or all(case for case, _ in telling):
        return None
    whose, is_case, finding = [], [], []
    for at, (case, others) in enumerate(telling):
        for place, each in enumerate((case, *others)):
            whose.append(at)
            is_case.append(float(not place))
            finding.append([float(each)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        fit = conditional.ConditionalLogit(np.array(is_case), np.array(finding), groups=np.array(whose)).fit(disp=False)
    value, error = float(fit.params[0]), float(fit.bse[0])
    if not math.isfinite(error) or not error:
        return None
    reach = two_sided_quantile(confidence) * error
    return Effect(math.exp(value), math.exp(value - reach), math.exp(value + reach), normal_two_sided(value / error))


def within_sets(sets: Sequence[tuple[float, Sequence[float]]], confidence: float) -> Effect | None:
    """The mean of the case less the mean of its controls, with Student's interval over the sets."""
    differences = [case - float(np.mean(others)) for case, others in sets if len(others)]
    if len(differences) < 3:
        return None
    mean, error = float(np.mean(differences)), float(np.std(differences, ddof=1)) / math.sqrt(len(differences))
    if not error:
        return None
    freedom = len(differences) - 1
    reach = float(special.stdtrit(freedom, (1 + confidence) / 2)) * error
    return Effect(mean, mean - reach, mean + reach, float(2 * special.stdtr(freedom, -abs(mean / error))))
