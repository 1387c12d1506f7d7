"""Several tests at once, and standardised rates."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from yizheng.kernel.statistics.intervals import Interval, garwood, printed_quantile


def benjamini_hochberg(p: Sequence[float]) -> list[float]:
    """Probabilities adjusted for the false discovery rate."""
    order = sorted(range(len(p)), key=lambda place: -p[place])
    steps = [p[place] * len(p) / (len(p) - rank) for rank, place in enumerate(order)]
    return _placed(order, accumulate(steps, min))


def holm(p: Sequence[float]) -> list[float]:
    """Probabilities adjusted for the error of the whole family, step by step."""
    order = sorted(range(len(p)), key=lambda place: p[place])
    steps = [p[place] * (len(p) - rank) for rank, place in enumerate(order)]
    return _placed(order, accumulate(steps, max))


def bonferroni(p: Sequence[float]) -> list[float]:
    """Probabilities adjusted for the error of the whole family."""
    return [min(1.0, each * len(p)) for each in p]


def _placed(order: Sequence[int], values: Iterable[float]) -> list[float]:
    found = dict(zip(order, values, strict=True))
    return [min(1.0, found[place]) for place in range(len(order))]


@dataclass(frozen=True, slots=True)
class Stratum:
    """A group of people: how many, how many cases, the rate of the reference, and its weight in the standard population."""

    people: float
    cases: int
    reference_rate: float
    standard: float


@dataclass(frozen=True)
class Standardisation:
    """Indirect and direct standardisation over strata."""

    strata: Sequence[Stratum]

    @property
    def observed(self) -> int:
        """All cases."""
        return sum(each.cases for each in self.strata)

    @property
    def expected(self) -> float:
        """The cases there would be at the reference rates."""
        return sum(each.people * each.reference_rate for each in self.strata)

    def exact(self, confidence: float) -> Interval | None:
        """The exact interval of observed over expected."""
        if not self.expected:
            return None
        lower, upper = garwood(self.observed, confidence)
        return lower / self.expected, upper / self.expected

    @property
    def crude(self) -> float | None:
        """The rate as it is."""
        people = sum(each.people for each in self.strata)
        return self.observed / people if people else None

    def direct(self, confidence: float) -> tuple[float, float, Interval] | None:
        """The rate in the standard population, its standard error and interval; nothing with an empty stratum."""
        whole = sum(each.standard for each in self.strata)
        if not whole or not all(each.people for each in self.strata):
            return None
        weighed = [(each.standard / whole, each.cases / each.people, each.people) for each in self.strata]
        rate = sum(weight * share for weight, share, _ in weighed)
        error = math.sqrt(sum(weight**2 * share * (1 - share) / people for weight, share, people in weighed))
        reach = printed_quantile(confidence) * error
        return rate, error, (rate - reach, rate + reach)
