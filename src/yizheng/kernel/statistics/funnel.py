"""Funnel plots (Spiegelhalter 2005): predictive limits around a target, exact, and widened for over-dispersion."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from yizheng.kernel.lazily import lazily
from yizheng.kernel.statistics.intervals import Interval, normal_quantile

special = lazily("scipy.special")

LEVELS = {"95": (0.025, 0.975), "998": (0.001, 0.999)}
"""The tails at which limits are drawn."""
Cumulated = Callable[[int], float]


def _interpolated(probability: float, cumulated: Cumulated, most: float) -> float:
    """The quantile of a discrete distribution, interpolated between whole numbers, not below 0."""
    low, high = -1, 1
    while cumulated(high) < probability and high < most:
        low, high = high, high * 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if cumulated(middle) >= probability else (middle, high)
    below = cumulated(high - 1) if high else 0.0
    reached = cumulated(high)
    return max(0.0, high - (reached - probability) / (reached - below))


def poisson_limits(expected: float, tails: Interval) -> Interval:
    """The limits of observed over expected when the target is 1."""
    low, high = (_interpolated(tail, lambda count: float(special.pdtr(count, expected)), math.inf) for tail in tails)
    return low / expected, high / expected


def binomial_limits(total: int, target: float, tails: Interval) -> Interval:
    """The limits of a proportion of so many around its target."""
    low, high = (
        _interpolated(tail, lambda count: 1.0 if count >= total else float(special.bdtr(count, total, target)), total)
        for tail in tails
    )
    return low / total, high / total


@dataclass(frozen=True, slots=True)
class Spread:
    """How much more units vary than chance alone allows."""

    z: tuple[float, ...]
    low: float
    high: float
    phi: float
    tau2: float

    @classmethod
    def of(cls, units: Sequence[tuple[float, float]], winsor: float) -> "Spread":
        """From pairs of observed and expected; z is pulled in to its quantiles only to find phi."""
        observed, expected = np.array(units, dtype=float).T
        z = 2 * (np.sqrt(observed / expected) - 1) * np.sqrt(expected)
        low, high = np.quantile(z, [winsor, 1 - winsor])
        phi = float(np.mean(np.clip(z, low, high) ** 2))
        weights = 4 * expected
        excess = len(z) * phi - (len(z) - 1)
        room = weights.sum() - (weights**2).sum() / weights.sum()
        tau2 = excess / room if excess > 0 and room > 0 else 0.0
        return cls(tuple(map(float, z)), float(low), float(high), phi, float(tau2))

    def additive(self, expected: float, tails: Interval) -> Interval:
        """Limits with a variance between units added."""
        return _rooted(math.sqrt(1 / (4 * expected) + self.tau2), tails)

    def multiplicative(self, expected: float, tails: Interval) -> Interval:
        """Limits with the variance within units multiplied."""
        return _rooted(math.sqrt(self.phi) / (2 * math.sqrt(expected)), tails)


def _rooted(error: float, tails: Interval) -> Interval:
    """Limits on the scale of square roots, squared; the lower one is not below 0 before it is squared."""
    low, high = (max(0, 1 + normal_quantile(tail) * error) ** 2 for tail in tails)
    return low, high
