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

TOLERANCE, MOST_STEPS = 1e-12, 60
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
    length = len(series)
    answer = Answer(empty(length), empty(length), empty(length), empty(length), np.zeros(length, dtype=bool))
    places = series.watched(settings.history)
    recent = np.convolve(series.counts, np.ones(settings.minimum_cases_periods))[:length]
    places = places[recent[places] >= settings.minimum_cases]
    offsets = np.array(list(settings.levels), dtype=np.intp)
    if len(places) and len(offsets) > settings.season_blocks + 1:
        answer.enough[places] = True
        base = series.around(places, offsets)
        fitted = _fitted(base, offsets, settings, as_package=as_package)
        for whole, part in zip((answer.expected, answer.phi, answer.trend, answer.upper), fitted, strict=True):
            whole[places] = part
    return answer


def _fitted(base: Numbers, offsets: NDArray[np.intp], settings: Settings, *, as_package: bool) -> tuple[Numbers, ...]:
    seasons, current = _design(settings, offsets)
    without = _Fit(base, seasons, current, settings)
    mean, phi, error = without.mean, without.phi, without.error(as_package=as_package)
    kept = np.zeros(len(base), dtype=bool)
    if settings.years >= TREND_YEARS:
        scaled = offsets[:, None] / settings.periods_per_year
        trending = _Fit(base, np.hstack([seasons, scaled]), np.append(current, 0.0), settings)
        kept = (trending.trend_p(as_package=as_package) < settings.trend_p) & (trending.mean <= base.max(axis=1))
        mean, phi = np.where(kept, trending.mean, mean), np.where(kept, trending.phi, phi)
        error = np.where(kept, trending.error(as_package=as_package), error)
    return mean, phi, kept.astype(float), _bound(mean, phi, error, settings)


def _design(settings: Settings, offsets: NDArray[np.intp]) -> tuple[Numbers, Numbers]:
    """Intercept and seasonal columns, and the row of the current period."""
    levels = np.array([settings.levels[int(offset)] for offset in offsets])
    columns = [np.ones(len(offsets))]
    columns += [(levels == level).astype(float) for level in range(1, settings.season_blocks)]
    return np.column_stack(columns), np.eye(len(columns))[0]


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
    """A quasi-Poisson regression of each row of counts on one design, refitted once with its outliers weighted down."""

    def __init__(self, counts: Numbers, design: Numbers, current: Numbers, settings: Settings) -> None:
        self.counts, self.design, self.current = counts, design, current
        self.freedom = counts.shape[1] - design.shape[1]
        self._products = (design[:, :, None] * design[:, None, :]).reshape(len(design), -1)
        self.weights = np.ones_like(counts)
        self._solve()
        residuals = self._residuals(np.maximum(self._dispersion, 1.0))
        with np.errstate(divide="ignore"):
            self.weights = np.where(residuals > settings.weight_threshold, residuals**-2.0, 1.0)
        self.weights *= counts.shape[1] / self.weights.sum(axis=1, keepdims=True)
        self._solve()

    @property
    def mean(self) -> Numbers:
        """What is expected now."""
        return np.exp(self.coefficients @ self.current)

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
        variance = np.einsum("i,nij,j->n", self.current, self._inverse, self.current)
        return np.sqrt((self._package_dispersion if as_package else self.phi) * variance)

    def trend_p(self, *, as_package: bool) -> Numbers:
        """The two-sided probability of the trend, by the t distribution with the dispersion as it is."""
        dispersion = self._package_dispersion if as_package else self._dispersion
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.abs(self.coefficients[:, -1]) / np.sqrt(dispersion * self._inverse[:, -1, -1])
        return np.where(np.isnan(t), 1.0, 2 * special.stdtr(self.freedom, -t))

    def _solve(self) -> None:
        """Iteratively reweighted least squares until the deviance stands still."""
        self.means = self.counts + 0.1
        linear, deviance = np.log(self.means), np.full(len(self.counts), np.inf)
        for _ in range(MOST_STEPS):
            working = linear + (self.counts - self.means) / self.means
            weights = self.weights * self.means
            normal = (weights @ self._products).reshape(len(weights), self.design.shape[1], -1)
            self.coefficients = np.linalg.solve(normal, ((weights * working) @ self.design)[..., None])[..., 0]
            linear = np.clip(self.coefficients @ self.design.T, -30.0, 30.0)
            self.means = np.exp(linear)
            now = self._deviance()
            if np.all(np.abs(now - deviance) <= TOLERANCE * (np.abs(now) + 0.1)):
                break
            deviance = now
        weights = self.weights * self.means
        normal = (weights @ self._products).reshape(len(weights), self.design.shape[1], -1)
        self._inverse = np.linalg.inv(normal)

    def _deviance(self) -> Numbers:
        terms = special.xlogy(self.counts, self.counts / self.means) - (self.counts - self.means)
        return 2 * (self.weights * terms).sum(axis=1)

    def _residuals(self, phi: Numbers) -> Numbers:
        """Standardised Anscombe residuals."""
        leverage = self.weights * self.means * np.einsum("ti,nij,tj->nt", self.design, self._inverse, self.design)
        raw = 1.5 * (self.counts ** (2 / 3) * self.means ** (-1 / 6) - self.means**0.5)
        with np.errstate(divide="ignore", invalid="ignore"):
            return raw / np.sqrt(phi[:, None] * (1 - leverage))
