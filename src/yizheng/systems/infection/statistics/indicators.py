"""The indicators as data: what stands above and below the line, times what; each figure with interval, method, or why there is none."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from yizheng.kernel.statistics.intervals import garwood, poisson_mid_p, wilson
from yizheng.systems.infection.lists import DATA
from yizheng.systems.infection.rates import ratio

CONFIDENCE = 0.95
LEAST_EXPECTED = 1.0
"""Fewer expected and the ratio of observed to expected is not printed."""
NOT_COLLECTED, NOT_REPORTED, NO_DENOMINATOR = "平台的报表没有这一项", "没有报告", "分母为 0，不可计算"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator of the guide of 2021, or of intensive care."""

    code: str
    name: str
    above: str
    below: str
    multiplier: int
    counted: str
    """``share``: some of the whole; ``rate``: events over days; ``use``: days over days; ``mean``: a sum over patients;
    ``adjusted``: a rate over another indicator."""
    adjusted_by: str = ""
    """The code of that indicator."""

    @property
    def unit(self) -> str:
        """What the value is in."""
        if self.counted == "adjusted":
            return ""
        if self.counted == "mean":
            return "天" if self.code.startswith("IIHAI") else "分"
        return {100: "%", 1000: "‰"}.get(self.multiplier, "")


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's value with what it was computed from; without one it says why."""

    above: int | None
    below: int | None
    value: float | None
    low: float | None = None
    high: float | None = None
    method: str = ""
    reason: str = ""


@cache
def indicators() -> dict[str, Indicator]:
    """All of them by code, in the order of the guide."""
    with (DATA / "indicators.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["code"]: Indicator(
                row["code"],
                row["name"],
                row["above"],
                row["below"],
                int(row["multiplier"]),
                row["counted"],
                row["adjusted_by"],
            )
            for row in csv.DictReader(stream)
        }


def figure(indicator: Indicator, months: Iterable[Mapping[str, int]]) -> Figure:
    """The figure pooled over months (of any hospitals): a month counts where both its numerator and its denominator were reported."""
    if not indicator.above:
        return Figure(None, None, None, reason=NOT_COLLECTED)
    if indicator.adjusted_by:
        return _adjusted(indicator, list(months))
    paired = [each for each in months if indicator.above in each and indicator.below in each]
    if not paired:
        return Figure(None, None, None, reason=NOT_REPORTED)
    above, below = (sum(each[item] for each in paired) for item in (indicator.above, indicator.below))
    value = ratio(above, below, indicator.multiplier)
    if value is None:
        return Figure(above, below, None, reason=NO_DENOMINATOR)
    return Figure(above, below, value, *_interval(indicator, above, below))


def _adjusted(indicator: Indicator, months: Sequence[Mapping[str, int]]) -> Figure:
    """A rate over another indicator of the same months: a figure to compare by, and no rate."""
    base = figure(replace(indicator, counted="rate", adjusted_by=""), months)
    by = figure(indicators()[indicator.adjusted_by], months).value
    if base.value is None:
        return base
    if not by:
        return Figure(base.above, base.below, None, reason=f"没有{indicators()[indicator.adjusted_by].name}，不可计算")
    return Figure(base.above, base.below, base.value / by)


def _interval(indicator: Indicator, above: int, below: int) -> tuple[float | None, float | None, str]:
    times = indicator.multiplier
    if indicator.counted == "rate":
        low, high = garwood(above, CONFIDENCE)
        return low / below * times, high / below * times, "Garwood"
    if indicator.counted == "share" and above <= below:
        low, high = wilson(above, below, CONFIDENCE)
        return low * times, high * times, "Wilson"
    return None, None, ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Observed over expected at the reference rate (标准化感染比), with its mid-P interval; not printed where too few are expected."""

    expected: float
    ratio: float | None
    low: float | None
    high: float | None

    @property
    def verdict(self) -> str:
        """How it lies to what was expected."""
        if self.low is None or self.high is None:
            return ""
        return "高于预期" if self.low > 1 else "低于预期" if self.high < 1 else "与预期相当"


def compared(own: Figure, reference: Figure) -> Compared | None:
    """The own figure beside the reference; nothing where either is missing. Uses the unrounded reference rate."""
    if own.above is None or not own.below or not reference.above or not reference.below:
        return None
    expected = own.below * reference.above / reference.below
    if expected < LEAST_EXPECTED:
        return Compared(expected, None, None, None)
    low, high = poisson_mid_p(own.above, CONFIDENCE)
    return Compared(expected, own.above / expected, low / expected, high / expected)


def percentiles(values: Sequence[float]) -> dict[int, float]:
    """The 10th to the 90th percentile, by linear interpolation; only of twenty or more."""
    ordered = sorted(values)
    if len(ordered) < LEAST_UNITS:
        return {}
    found = {}
    for percent in (10, 25, 50, 75, 90):
        place = (len(ordered) - 1) * percent / 100
        base = int(place)
        above = ordered[min(base + 1, len(ordered) - 1)]
        found[percent] = ordered[base] + (above - ordered[base]) * (place - base)
    return found


LEAST_UNITS = 20
"""Fewer hospitals and no percentiles are shown."""
