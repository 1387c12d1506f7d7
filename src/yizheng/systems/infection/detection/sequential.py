"""CUSUM and the generalised likelihood ratio: small lasting rises, gathered from the first period watched."""

from collections.abc import Callable, Mapping

import numpy as np

from yizheng.systems.infection.detection.series import Numbers, Series, empty

Transformed = Callable[[Numbers, Numbers], Numbers]


def _standard(counts: Numbers, mean: Numbers) -> Numbers:
    return (counts - mean) / np.sqrt(mean)


def _rossi(counts: Numbers, mean: Numbers) -> Numbers:
    return (counts - 3 * mean + 2 * np.sqrt(counts * mean)) / (2 * np.sqrt(mean))


def _anscombe(counts: Numbers, mean: Numbers) -> Numbers:
    return 1.5 * (counts ** (2 / 3) - mean ** (2 / 3)) / mean ** (1 / 6)


TRANSFORMED: Mapping[str, Transformed] = {"standard": _standard, "rossi": _rossi, "anscombe": _anscombe}
"""The ways a count is made standard (R package surveillance, algo.cusum)."""


def mean_before(series: Series) -> Numbers | None:
    """The mean of the periods before the first one watched, for each series; nothing without history. A series without a case has none."""
    first = series.first_monitored
    if not first:
        return None
    mean = np.asarray(series.counts[..., :first].mean(axis=-1))
    return np.where(mean > 0, mean, np.nan)


def cusum(series: Series, transformed: Transformed, k: float, h: float, *, reset: bool) -> Numbers:
    """The cumulated sum at every period watched; after an alarm it begins at 0 again when that is wanted."""
    mean = mean_before(series)
    answer = empty(*series.counts.shape)
    if mean is None:
        return answer
    steps = transformed(series.counts, mean[..., None]) - k
    total = np.zeros(series.counts.shape[:-1])
    for place in np.flatnonzero(series.monitored):
        total = np.maximum(0.0, total + steps[..., place])
        answer[..., place] = total
        if reset:
            total = np.where(total >= h, 0.0, total)
    return answer


def glr_poisson(series: Series, threshold: float) -> Numbers:
    """The ratio at every period watched: the greatest over all starts since the last alarm of S·ln(S/e) − (S − e) where S > e."""
    mean = mean_before(series)
    answer = empty(*series.counts.shape)
    if mean is None:
        return answer
    sums = empty(*mean.shape, 0)
    for place in np.flatnonzero(series.monitored):
        sums = np.concatenate([sums, np.zeros((*mean.shape, 1))], axis=-1) + series.counts[..., place, None]
        expected = mean[..., None] * np.arange(sums.shape[-1], 0, -1)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = np.where(sums > expected, sums * np.log(sums / expected) - (sums - expected), 0.0).max(axis=-1)
        answer[..., place] = np.where(np.isnan(mean), np.nan, ratios)
        sums = np.where((ratios >= threshold)[..., None], -np.inf, sums)  # starts before an alarm are done with
    return answer
