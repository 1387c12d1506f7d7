"""EARS C1, C2 and C3 (Fricker 2008): a count against the mean and deviation of the periods just before it.

C3 follows the documented formula. The R package's code uses the observed count where the formula has the mean, so that the
count of today can never raise its alarm; that is not repeated here.
"""

from dataclasses import dataclass

import numpy as np

from yizheng.kernel.statistics.intervals import normal_quantile
from yizheng.systems.infection.detection.series import Numbers, Series, empty, spread

CLASSICAL = 2
"""The classical threshold of C3."""
SUMMED = 3
"""C3 sums so many values of C2."""


@dataclass(frozen=True)
class Settings:
    """Length of the baseline, distance of C2's and C3's, least deviation, and probabilities of a false alarm."""

    baseline: int = 7
    lag: int = 2
    minimum_sigma: float = 0.0
    alpha: float = 0.001
    alpha_c3: float = 0.025

    @property
    def quantile_c3(self) -> float:
        """The threshold of C3."""
        return normal_quantile(1 - self.alpha_c3)


@dataclass(frozen=True)
class Answer:
    """Bounds and statistics of every period; unknown where there is too little history or no deviation."""

    c1_upper: Numbers
    c2_upper: Numbers
    c2: Numbers
    c3: Numbers
    c3_upper: Numbers


def ears(series: Series, settings: Settings) -> Answer:
    """C1, C2 and C3 of a series."""
    quantile = normal_quantile(1 - settings.alpha)
    near_mean, near_sigma = _baseline(series, 0, settings)
    mean, sigma = _baseline(series, settings.lag, settings)
    with np.errstate(divide="ignore", invalid="ignore"):
        c2 = np.where(sigma > 0, (series.counts - mean) / sigma, np.nan)
    excess = np.maximum(0, c2 - 1)
    earlier = sum((_shifted(excess, by) for by in range(1, SUMMED)), np.zeros_like(excess))
    return Answer(
        c1_upper=near_mean + quantile * near_sigma,
        c2_upper=mean + quantile * sigma,
        c2=c2,
        c3=excess + earlier,
        c3_upper=np.maximum(0, mean + sigma * (settings.quantile_c3 - earlier)),
    )


def _baseline(series: Series, lag: int, settings: Settings) -> tuple[Numbers, Numbers]:
    """Mean and standard deviation (n − 1) of the baseline of every period, so far back."""
    length, reach = len(series), settings.baseline + lag
    if length <= reach:
        return empty(*series.counts.shape), empty(*series.counts.shape)
    windows = np.lib.stride_tricks.sliding_window_view(series.counts, settings.baseline, axis=-1)
    windows = windows[..., : length - reach, :]
    places = np.arange(reach, length)
    sigma = np.maximum(windows.std(axis=-1, ddof=1), settings.minimum_sigma)
    return spread(length, places, windows.mean(axis=-1)), spread(length, places, sigma)


def _shifted(values: Numbers, by: int) -> Numbers:
    return np.concatenate([empty(*values.shape[:-1], by), values[..., :-by]], axis=-1)[..., : values.shape[-1]]
