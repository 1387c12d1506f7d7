"""Control charts: p, u and c charts with the limits of each point's own size, and the g chart of gaps between events.

As in the R package qcc 2.7: three standard errors around a centre from the pooled counts; a point signals strictly outside.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SIGMAS = 3
MEDIAN_SHARE = 0.693
"""The median of a geometric distribution as a share of its mean, as g charts print it."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of a chart: its statistic, the centre and its own limits."""

    statistic: float
    centre: float
    lower: float
    upper: float

    @property
    def beyond(self) -> bool:
        """Whether it signals."""
        return not self.lower <= self.statistic <= self.upper


def shewhart(kind: str, counts: Sequence[tuple[float, float | None]]) -> list[Point | None]:
    """The points of a chart of proportions (p), rates (u) or counts (c), from pairs of events and size.

    A point without a size has no place in a p or u chart and does not move its centre.
    """
    usable = [(events, 1.0 if kind == "c" else size) for events, size in counts]
    whole = sum(size for _, size in usable if size)
    if not whole:
        return [None] * len(usable)
    centre = sum(events for events, size in usable if size) / whole
    variance = centre * (1 - centre) if kind == "p" else centre
    points: list[Point | None] = []
    for events, size in usable:
        if not size:
            points.append(None)
            continue
        reach = SIGMAS * math.sqrt(variance / size)
        highest = min(1, centre + reach) if kind == "p" else centre + reach
        points.append(Point(events / size, centre, max(0, centre - reach), highest))
    return points


@dataclass(frozen=True, slots=True)
class GapChart:
    """A g chart: the limits for the gaps between events."""

    gaps: tuple[int, ...]

    @property
    def mean(self) -> float:
        """The mean gap."""
        return sum(self.gaps) / len(self.gaps)

    @property
    def upper(self) -> float:
        """Above it a gap is remarkably long."""
        return self.mean + SIGMAS * math.sqrt(self.mean * (self.mean + 1))

    @property
    def share(self) -> float:
        """The chance of an event per unit."""
        return 1 / (self.mean + 1)

    def quantile(self, probability: float) -> int:
        """The smallest gap not exceeded with that probability, under the geometric distribution."""
        if self.share >= 1:
            return 0
        return max(0, math.ceil(math.log1p(-probability) / math.log1p(-self.share)) - 1)
