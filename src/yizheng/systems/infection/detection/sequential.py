"""CUSUM and the generalised likelihood ratio: small lasting rises, gathered from the first period watched."""

import math
from collections.abc import Callable, Mapping

import numpy as np

from yizheng.systems.infection.detection.series import Numbers, Series, empty

Transformed = Callable[[Numbers, float], Numbers]


def _standard(counts: Numbers, mean: float) -> Numbers:
    return (counts - mean) / math.sqrt(mean)


def _rossi(counts: Numbers, mean: float) -> Numbers:
    return (counts - 3 * mean + 2 * np.sqrt(counts * mean)) / (2 * math.sqrt(mean))


def _anscombe(counts: Numbers, mean: float) -> Numbers:
    return 1.5 * (counts ** (2 / 3) - mean ** (2 / 3)) / mean ** (1 / 6)


TRANSFORMED: Mapping[str, Transformed] = {"standard": _standard, "rossi": _rossi, "anscombe": _anscombe}
"""The ways a count is made standard (R package surveillance, algo.cusum)."""


def mean_before(series: Series) -> float | None:
    """The mean of the periods before the first one watched; nothing without history or without a case."""
    first = series.first_monitored
    return float(series.counts[:first].mean()) if first else None


def cusum(series: Series, transformed: Transformed, k: float, h: float, *, reset: bool) -> Numbers:
    """The cumulated sum at every period watched; after an alarm it begins at 0 again when that is wanted."""
    mean = mean_before(series)
    answer = empty(len(series))
    if not mean:
        return answer
    steps, total = transformed(series.counts, mean) - k, 0.0
    for place in np.flatnonzero(series.monitored):
        total = max(0.0, total + float(steps[place]))
        answer[place] = total
        if reset and total >= h:
            total = 0.0
    return answer


def glr_poisson(series: Series, threshold: float) -> Numbers:
    """The ratio at every period watched: the greatest over all starts since the last alarm of S·ln(S/e) − (S − e) where S > e."""
    mean = mean_before(series)
    answer = empty(len(series))
    if not mean:
        return answer
    sums: Numbers = np.empty(0)
    for place in np.flatnonzero(series.monitored):
        sums = np.append(sums, 0.0) + series.counts[place]
        expected = mean * np.arange(len(sums), 0, -1)
        above = sums > expected
        ratios = np.zeros(len(sums))
        ratios[above] = sums[above] * np.log(sums[above] / expected[above]) - (sums[above] - expected[above])
        answer[place] = ratios.max()
        if answer[place] >= threshold:
            sums = np.empty(0)
    return answer
