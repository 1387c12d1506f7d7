"""Trends: of one series of values (Mann-Kendall, Sen) and of a proportion over ordered groups (Cochran-Armitage)."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from yizheng.kernel.lazily import lazily
from yizheng.kernel.statistics.intervals import printed_quantile

special = lazily("scipy.special")

Points = Sequence[tuple[float, float]]
"""Pairs of time and value."""


def normal_two_sided(z: float) -> float:
    """The two-sided probability of a standard normal value."""
    return float(2 * special.ndtr(-abs(z)))


@dataclass(frozen=True)
class MannKendall:
    """The trend of a series in the order of its times."""

    points: Points

    @property
    def s(self) -> int:
        """How many later values are higher than earlier ones, less how many are lower."""
        return sum((later > earlier) - (later < earlier) for _, _, earlier, later in self._pairs())

    @property
    def variance(self) -> float:
        """The variance of S, ties counted."""
        count = len(self.points)
        ties = Counter(value for _, value in self.points).values()
        return (_cubed(count) - sum(map(_cubed, ties))) / 18

    @property
    def z(self) -> float:
        """S brought one nearer to 0, over its deviation."""
        if not self.variance or not self.s:
            return 0.0
        return (self.s - math.copysign(1, self.s)) / math.sqrt(self.variance)

    @property
    def tau_a(self) -> float | None:
        """S as a share of all pairs."""
        count = len(self.points)
        return self.s / (count * (count - 1) / 2) if count > 1 else None

    @property
    def slopes(self) -> list[float]:
        """The slopes between all pairs of different times, in their order."""
        return sorted((later - earlier) / (end - start) for start, end, earlier, later in self._pairs() if end != start)

    @property
    def sen_slope(self) -> float | None:
        """The median slope."""
        return median(self.slopes) if self.slopes else None

    def sen_interval(self, confidence: float) -> tuple[float, float] | None:
        """Its interval by ranks, linear between them."""
        slopes = self.slopes
        if not slopes:
            return None
        reach = printed_quantile(confidence) * math.sqrt(self.variance)
        return _ranked(slopes, (len(slopes) - reach) / 2), _ranked(slopes, (len(slopes) + reach) / 2 + 1)

    def _pairs(self) -> list[tuple[float, float, float, float]]:
        ordered = sorted(self.points, key=lambda point: point[0])
        return [
            (start, end, earlier, later)
            for place, (start, earlier) in enumerate(ordered)
            for end, later in ordered[place + 1 :]
        ]


def _cubed(count: int) -> int:
    return count * (count - 1) * (2 * count + 5)


def _ranked(values: Sequence[float], rank: float) -> float:
    """The value at a rank counted from 1, not outside them."""
    rank = min(max(rank, 1.0), float(len(values)))
    below = math.floor(rank)
    above = min(below + 1, len(values))
    return values[below - 1] + (rank - below) * (values[above - 1] - values[below - 1])


@dataclass(frozen=True)
class ProportionTrend:
    """A proportion over ordered groups: their scores, events and totals. Not for the same people measured again."""

    scores: Sequence[float]
    events: Sequence[float]
    totals: Sequence[float]

    @property
    def _share(self) -> float:
        return sum(self.events) / sum(self.totals)

    @property
    def z(self) -> float | None:
        """Cochran and Armitage's statistic, without continuity correction."""
        whole = sum(self.totals)
        if not whole:
            return None
        share, weighed = self._share, sum(map(_product, self.totals, self.scores))
        squares = sum(total * score**2 for total, score in zip(self.totals, self.scores, strict=True))
        variance = share * (1 - share) * (squares - weighed**2 / whole)
        distance = sum(
            score * (events - total * share)
            for score, events, total in zip(self.scores, self.events, self.totals, strict=True)
        )
        return distance / math.sqrt(variance) if variance > 0 else None

    @property
    def homogeneity(self) -> tuple[float, int] | None:
        """Pearson's chi-square of the groups, and its degrees of freedom."""
        used = [pair for pair in zip(self.events, self.totals, strict=True) if pair[1]]
        if len(used) <= 1 or not 0 < self._share < 1:
            return None
        variance = self._share * (1 - self._share)
        return sum((events - total * self._share) ** 2 / (total * variance) for events, total in used), len(used) - 1


def _product(one: float, other: float) -> float:
    return one * other


def chi_square_p(value: float, freedom: int) -> float:
    """The probability of a chi-square value at least so large."""
    return float(special.chdtrc(freedom, value))
