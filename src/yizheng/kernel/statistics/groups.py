"""Two groups compared, and a table of two by two."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from yizheng.kernel.lazily import lazily

special, stats = lazily("scipy.special"), lazily("scipy.stats")


def _two_sided_t(t: float, freedom: float) -> float:
    return float(2 * special.stdtr(freedom, -abs(t)))


@dataclass(frozen=True)
class TwoGroups:
    """The values of two groups; differences are the first less the second."""

    first: Sequence[float]
    second: Sequence[float]

    @property
    def comparable(self) -> bool:
        """Whether both have values."""
        return bool(self.first) and bool(self.second)

    @cached_property
    def difference(self) -> float:
        """Of the means."""
        return float(np.mean(self.first) - np.mean(self.second))

    @cached_property
    def _variances(self) -> tuple[float, float] | None:
        if min(len(self.first), len(self.second)) <= 1:
            return None
        return float(np.var(self.first, ddof=1)), float(np.var(self.second, ddof=1))

    @property
    def _freedom(self) -> int:
        return len(self.first) + len(self.second) - 2

    @cached_property
    def pooled_deviation(self) -> float | None:
        """The standard deviation within both groups."""
        if self._variances is None:
            return None
        squares = [
            (len(group) - 1) * variance
            for group, variance in zip((self.first, self.second), self._variances, strict=True)
        ]
        return math.sqrt(sum(squares) / self._freedom)

    def student(self) -> tuple[float, float] | None:
        """Student's t and its probability."""
        if not self.pooled_deviation:
            return None
        t = self.difference / (self.pooled_deviation * math.sqrt(1 / len(self.first) + 1 / len(self.second)))
        return t, _two_sided_t(t, self._freedom)

    def welch(self) -> tuple[float, float, float] | None:
        """Welch's t, its degrees of freedom and its probability."""
        if self._variances is None or not any(self._variances):
            return None
        errors = [
            variance / len(group) for variance, group in zip(self._variances, (self.first, self.second), strict=True)
        ]
        t = self.difference / math.sqrt(sum(errors))
        parts = [error**2 / (len(group) - 1) for error, group in zip(errors, (self.first, self.second), strict=True)]
        freedom = sum(errors) ** 2 / sum(parts)
        return t, freedom, _two_sided_t(t, freedom)

    def interval(self, confidence: float) -> tuple[float, float] | None:
        """Of the difference of the means, by Welch."""
        told = self.welch()
        if told is None or not told[0]:
            return None
        reach = abs(self.difference / told[0]) * float(special.stdtrit(told[1], (1 + confidence) / 2))
        return self.difference - reach, self.difference + reach

    @cached_property
    def u(self) -> float:
        """How often a value of the first group is above one of the second, ties half."""
        first, second = np.array(self.first)[:, None], np.array(self.second)[None, :]
        return float((first > second).sum() + (first == second).sum() / 2)

    def mann_whitney(self) -> tuple[float | None, float | None]:
        """The probability by the normal distribution (corrected for continuity and ties), and the exact one without ties."""
        ties = np.unique([*self.first, *self.second], return_counts=True)[1]
        if len(ties) == 1:
            return None, None
        exact = None
        if (ties == 1).all():
            exact = float(stats.mannwhitneyu(self.first, self.second, method="exact").pvalue)
        return float(stats.mannwhitneyu(self.first, self.second, method="asymptotic").pvalue), exact

    @property
    def cohen_d(self) -> float | None:
        """The difference in pooled standard deviations."""
        return self.difference / self.pooled_deviation if self.pooled_deviation else None

    @property
    def hedges_g(self) -> float | None:
        """The same, corrected for small groups."""
        return None if self.cohen_d is None else self.cohen_d * (1 - 3 / (4 * self._freedom - 1))

    @property
    def cliff_delta(self) -> float:
        """How much more often the first is above than below."""
        return 2 * self.u / (len(self.first) * len(self.second)) - 1


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """Counts in two rows (a b, c d)."""

    a: int
    b: int
    c: int
    d: int

    def chi_square(self, *, yates: bool = False) -> float | None:
        """Pearson's chi-square; nothing when a margin is empty."""
        margins = (self.a + self.b) * (self.c + self.d) * (self.a + self.c) * (self.b + self.d)
        if not margins:
            return None
        total = self.a + self.b + self.c + self.d
        distance = abs(self.a * self.d - self.b * self.c)
        return total * max(0.0, distance - (total / 2 if yates else 0)) ** 2 / margins

    @property
    def fisher_p(self) -> float:
        """The probability of the tables no likelier than this one."""
        return float(stats.fisher_exact([[self.a, self.b], [self.c, self.d]]).pvalue)

    @property
    def odds_ratio(self) -> float | None:
        """The cross product, a·d over b·c; infinite over nothing."""
        if self.b * self.c:
            return self.a * self.d / (self.b * self.c)
        return math.inf if self.a * self.d else None
