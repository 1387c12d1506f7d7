"""Farrington's method, original (1996) and flexible (Noufaily 2013): a count against a robust regression on earlier years.

All periods watched share one design, offsets from the period itself, so that thousands of regressions are solved at once.
The flexible method follows the paper; the figures of the R package, whose standard error and trend test rest on another
dispersion after reweighting, are given beside it.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from yizheng.kernel.lazily import lazily
from yizheng.kernel.statistics.intervals import normal_quantile
from yizheng.systems.infection.detection.series import Numbers, Series, empty

special, stats = lazily("scipy.special"), lazily("scipy.stats")

TOLERANCE, MOST_STEPS = 1e-11, 60
STEEPEST, LEAST_MEAN = 20.0, 1e-13
"""A trend a year and a mean beyond which nothing changes any more."""
AT_ONCE = 2000
"""So many regressions are solved together; more would not fit the cache."""
TREND_YEARS = 3
"""A trend is looked for with at least so many years of history."""


@dataclass(frozen=True)
class Settings:
    """Years back, half a window, levels and thresholds; see the classes below for what each method takes as usual."""

    years: int = 5
    half_window: int = 3
    alpha: float = 0.05
    periods_per_year: int = 52
    minimum_cases: int = 5
    minimum_cases_periods: int = 4
    weight_threshold: float = 1.0
    trend_p: float = 0.05
    one_sided: bool = False
    method: str = "delta"
    season_blocks: int = 1
    fewest: int = 0
    """A period with fewer cases is not judged."""
    left_out: int | None = None
    """Periods just before the current one that are left out; nothing: windows around years back alone."""

    @property
    def quantile(self) -> float:
        """How many standard errors the bound lies above what is expected."""
        return normal_quantile(1 - self.alpha / (1 if self.one_sided else 2))

    @property
    def history(self) -> int:
        """How many periods must lie before the current one."""
        return self.years * self.periods_per_year + self.half_window

    @cached_property
    def levels(self) -> dict[int, int]:
        """The seasonal level at each offset that is part of the data; windows around years back have the last level."""
        back, half, last = self.periods_per_year, self.half_window, self.season_blocks
        levels = {-back * year + step: last for year in range(self.years + 1) for step in range(-half, half + 1)}
        if self.season_blocks > 1:
            for year in range(self.years, 0, -1):
                gap = range(-back * year + half + 1, -back * (year - 1) - half)
                size, longer = divmod(len(gap), self.season_blocks - 1)
                ends = np.cumsum([size + (block < longer) for block in range(self.season_blocks - 1)])
                levels |= {offset: int(np.searchsorted(ends, place, "right")) + 1 for place, offset in enumerate(gap)}
        left_out = half if self.left_out is None else self.left_out
        return {offset: level for offset, level in sorted(levels.items()) if offset < -left_out}


@dataclass(frozen=True)
class Answer:
    """What is expected, the dispersion, whether a trend was kept, and the bound, for every period; else unknown."""

    expected: Numbers
    phi: Numbers
    trend: Numbers
    upper: Numbers
    enough: NDArray[np.bool_]
    """Where there was history, whether there were enough cases; without them there is no alarm."""


def farrington(series: Series, settings: Settings, *, as_package: bool = False) -> Answer:
    """The bound of every period watched with enough history."""
    counts = np.atleast_2d(series.counts)
    wholes = [empty(*counts.shape) for _ in range(4)]
    judged = _judged(counts, series.watched(settings.history), settings)
    offsets = np.array(list(settings.levels), dtype=np.intp)
    if len(offsets) > settings.season_blocks + 1:
        rows, places = np.nonzero(judged)
        for first in range(0, len(rows), AT_ONCE):
            row, place = rows[first : first + AT_ONCE], places[first : first + AT_ONCE]
            base = counts[row[:, None], place[:, None] + offsets[None, :]]
            for whole, part in zip(wholes, _fitted(base, offsets, settings, as_package=as_package), strict=True):
                whole[row, place] = part
    shape = series.counts.shape
    expected, phi, trend, upper = (each.reshape(shape) for each in wholes)
    return Answer(expected, phi, trend, upper, judged.reshape(shape))


def _judged(counts: Numbers, places: NDArray[np.intp], settings: Settings) -> NDArray[np.bool_]:
    """The periods with history and with enough cases, in themselves and of late."""
    sums = np.cumsum(np.pad(counts, ((0, 0), (settings.minimum_cases_periods, 0))), axis=1)
    recent = sums[:, settings.minimum_cases_periods :] - sums[:, : -settings.minimum_cases_periods]
    watched = np.zeros(counts.shape[1], dtype=bool)
    watched[places] = True
    return watched & (recent >= settings.minimum_cases) & (counts >= settings.fewest)


def _fitted(base: Numbers, offsets: NDArray[np.intp], settings: Settings, *, as_package: bool) -> tuple[Numbers, ...]:
    levels = np.array([settings.levels[int(offset)] for offset in offsets])
    without = _Fit(base, levels, np.zeros(len(offsets)), settings)
    mean, phi, error = without.mean, without.phi, without.error(as_package=as_package)
    kept = np.zeros(len(base), dtype=bool)
    if settings.years >= TREND_YEARS:
        trending = _Fit(base, levels, offsets / settings.periods_per_year, settings)
        kept = (trending.trend_p(as_package=as_package) < settings.trend_p) & (trending.mean <= base.max(axis=1))
        mean, phi = np.where(kept, trending.mean, mean), np.where(kept, trending.phi, phi)
        error = np.where(kept, trending.error(as_package=as_package), error)
    return mean, phi, kept.astype(float), _bound(mean, phi, error, settings)


def _bound(mean: Numbers, phi: Numbers, error: Numbers, settings: Settings) -> Numbers:
    """The upper bound from what is expected, its dispersion and the standard error of its logarithm."""
    if settings.method == "delta":
        tau = phi + mean * error**2
        return (mean ** (2 / 3) + settings.quantile * np.sqrt(4 / 9 * mean ** (1 / 3) * tau)) ** 1.5
    if settings.method == "muan":
        mean = mean * np.exp(settings.quantile * error)
    with np.errstate(divide="ignore", invalid="ignore"):
        over = stats.nbinom.ppf(1 - settings.alpha, mean / (phi - 1), 1 / phi)
    return np.where(phi > 1, over, stats.poisson.ppf(1 - settings.alpha, mean))


class _Fit:
    """A quasi-Poisson regression of each row of counts on seasonal levels and a trend, refitted once with its outliers weighted down.

    Given the trend, the mean of each level is known at once (its counts over its exposures), so that one number a row is
    sought and not one a level; what is found is the greatest likelihood all the same. Without a trend nothing is sought.
    """

    def __init__(self, counts: Numbers, levels: NDArray[np.intp], times: Numbers, settings: Settings) -> None:
        self.counts, self.times, self._level = counts, times, levels - 1
        self._groups = (levels[:, None] == np.arange(1, settings.season_blocks + 1)[None, :]).astype(float)
        self._trending = bool(times.any())
        self.freedom = counts.shape[1] - self._groups.shape[1] - self._trending
        self._power = np.cbrt(counts) ** 2
        self.weights = np.ones_like(counts)
        self.trend = np.zeros(len(counts))
        self._solve()
        residuals = self._residuals(np.maximum(self._dispersion, 1.0))
        with np.errstate(divide="ignore"):
            self.weights = np.where(residuals > settings.weight_threshold, residuals**-2.0, 1.0)
        self.weights *= counts.shape[1] / self.weights.sum(axis=1, keepdims=True)
        self._solve()

    @property
    def mean(self) -> Numbers:
        """What is expected now: the last level, at time 0."""
        return self._means_of_levels[:, -1]

    @property
    def phi(self) -> Numbers:
        """The dispersion, at least 1."""
        return np.maximum(self._dispersion, 1.0)

    @property
    def _dispersion(self) -> Numbers:
        return (self.weights * (self.counts - self.means) ** 2 / self.means).sum(axis=1) / self.freedom

    @property
    def _package_dispersion(self) -> Numbers:
        return (self.weights * ((self.counts - self.means) / self.means) ** 2).sum(axis=1) / self.freedom

    def error(self, *, as_package: bool) -> Numbers:
        """The standard error of the logarithm of what is expected now."""
        variance = 1 / self._information[:, -1] + self._middles[:, -1] ** 2 * self._variance_of_trend
        return np.sqrt((self._package_dispersion if as_package else self.phi) * variance)

    def trend_p(self, *, as_package: bool) -> Numbers:
        """The two-sided probability of the trend, by the t distribution with the dispersion as it is."""
        dispersion = self._package_dispersion if as_package else self._dispersion
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.abs(self.trend) / np.sqrt(dispersion * self._variance_of_trend)
        return np.where(np.isnan(t), 1.0, 2 * special.stdtr(self.freedom, -t))

    def _solve(self) -> None:
        """Newton's method for the trend, until no step is left; the levels follow from it."""
        of_levels = (self.weights * self.counts) @ self._groups
        seen = (self.weights * self.counts) @ self.times
        for _ in range(MOST_STEPS if self._trending else 1):
            self._levels(of_levels)
            if not self._trending:
                break
            slope = seen - (self._middles * of_levels).sum(axis=1)
            step = np.clip(slope * self._variance_of_trend, -1.0, 1.0)
            self.trend = np.clip(self.trend + step, -STEEPEST, STEEPEST)
            if np.all(np.abs(step) <= TOLERANCE):
                break
        self._levels(of_levels)

    def _levels(self, of_levels: Numbers) -> None:
        """The means, the information on each level, the mean time of each level, and the variance of the trend."""
        if self._trending:
            growth = np.exp(self.trend[:, None] * self.times)
            exposed = self.weights * growth
        else:
            growth, exposed = np.ones((1, 1)), self.weights
        exposure = exposed @ self._groups
        self._means_of_levels = np.maximum(of_levels / exposure, LEAST_MEAN)
        self.means = self._means_of_levels[:, self._level] * growth
        self._information = self._means_of_levels * exposure
        self._middles = ((exposed * self.times) @ self._groups) / exposure
        if self._trending:
            squares = self._means_of_levels * ((exposed * self.times**2) @ self._groups)
            spread = (squares - self._information * self._middles**2).sum(axis=1)
            self._variance_of_trend = 1 / np.maximum(spread, LEAST_MEAN)
        else:
            self._variance_of_trend = np.zeros(len(self.counts))

    def _residuals(self, phi: Numbers) -> Numbers:
        """Standardised Anscombe residuals."""
        apart = (self.times - self._middles[:, self._level]) ** 2 * self._variance_of_trend[:, None]
        leverage = self.weights * self.means * (1 / self._information[:, self._level] + apart)
        root = np.sqrt(self.means)
        raw = 1.5 * (self._power / np.cbrt(root) - root)
        with np.errstate(divide="ignore", invalid="ignore"):
            return raw / np.sqrt(phi[:, None] * (1 - leverage))
