"""RKI 1 to 3 and Bayes 1 and 2: a count against the periods just before it and around the same time of earlier years."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from yizheng.kernel.lazily import lazily
from yizheng.systems.infection.detection.series import Numbers, Series, spread

stats = lazily("scipy.stats")

YEAR = 52
"""Periods of a year."""
FEW = 20
"""Up to this mean the limits are those of the Poisson distribution."""
POISSON_LIMITS = np.array([
    3.285, 5.323, 6.686, 8.102, 9.598, 11.177, 12.817, 13.765, 14.921, 16.768, 17.633, 19.050, 20.335, 21.364, 22.945,
    23.762, 25.400, 26.306, 27.735, 28.966, 30.017,
])  # fmt: skip
"""Upper limits of a Poisson mean by its whole part (Crow and Gardner 1959)."""


def _before(periods: int) -> list[int]:
    return list(range(-periods, 0))


def _around(years: int, half: int) -> list[int]:
    return [-YEAR * year + step for year in range(years, 0, -1) for step in range(-half, half + 1)]


RKI = (_before(6), _around(1, 6) + _before(6), _around(2, 4))
"""The windows of RKI 1 to 3: six periods before; those and thirteen a year back; nine in each of two years back."""
BAYES = RKI[:2]
"""The windows of Bayes 1 and 2."""


def rki_upper(series: Series, window: Sequence[int]) -> Numbers:
    """Mean and two deviations of a window, or the Poisson limit of a small mean."""
    places, base = _base(series, window)
    mean = base.mean(axis=-1)
    table = POISSON_LIMITS[np.minimum(np.floor(mean), FEW).astype(np.intp)]
    return spread(len(series), places, np.where(mean > FEW, mean + 2 * base.std(axis=-1, ddof=1), table))


def bayes_upper(series: Series, window: Sequence[int], alpha: float) -> Numbers:
    """The quantile of the predictive distribution of a window (negative binomial: sum + ½, n ÷ (n + 1))."""
    places, base = _base(series, window)
    periods = base.shape[-1]
    sums, which = np.unique(base.sum(axis=-1), return_inverse=True)  # few different sums, and a quantile is slow
    upper = stats.nbinom.ppf(1 - alpha, sums + 0.5, periods / (periods + 1))
    return spread(len(series), places, upper[which].reshape(base.shape[:-1]))


def _base(series: Series, window: Sequence[int]) -> tuple[NDArray[np.intp], Numbers]:
    offsets = np.array(window, dtype=np.intp)
    places = series.watched(int(-offsets.min()))
    return places, series.around(places, offsets)
