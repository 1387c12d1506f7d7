"""Two rates compared: the ratio, its exact intervals and probabilities, conditional on the sum of events."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from yizheng.kernel.statistics import intervals
from yizheng.kernel.statistics.intervals import Interval


@dataclass(frozen=True, slots=True)
class TwoRates:
    """Events and person-time of two groups; what is expected may stand for person-time."""

    events: tuple[int, int]
    time: tuple[float, float]

    @property
    def comparable(self) -> bool:
        """Whether there is anything to compare."""
        return sum(self.events) > 0 and min(self.time) > 0

    @property
    def ratio(self) -> float:
        """The first rate over the second; infinite when the second has no events."""
        first, second = self.events
        return math.inf if second == 0 else (first / self.time[0]) / (second / self.time[1])

    def mid_p(self, confidence: float) -> Interval:
        """The interval of the ratio with half weight on the observed number."""
        return self._of(intervals.binomial_mid_p, confidence)

    def fisher(self, confidence: float) -> Interval:
        """The interval of the ratio by Clopper and Pearson's limits of the share."""
        return self._of(intervals.clopper_pearson, confidence)

    @property
    def mid_p_probability(self) -> float:
        """Two-sided, with half weight on the observed number."""
        return intervals.doubled(intervals.binomial_tails(self.events[0], sum(self.events), self._share))

    @property
    def fisher_probability(self) -> float:
        """Two-sided: twice the smaller exact tail."""
        return intervals.doubled(intervals.binomial_exact_tails(self.events[0], sum(self.events), self._share))

    @property
    def _share(self) -> float:
        """The share of events the first group would have, were the rates equal."""
        return self.time[0] / sum(self.time)

    def _of(self, limits: Callable[[int, int, float], Interval], confidence: float) -> Interval:
        low, high = limits(self.events[0], sum(self.events), confidence)
        return self._as_ratio(low), self._as_ratio(high)

    def _as_ratio(self, share: float) -> float:
        return math.inf if share >= 1 else share / (1 - share) * self.time[1] / self.time[0]
