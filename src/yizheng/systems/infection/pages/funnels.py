"""漏斗图: every hospital's ratio over what is expected, between limits that widen where less is expected, exact and over-dispersed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from yizheng.kernel.statistics.funnel import LEVELS, Spread, binomial_limits, poisson_limits
from yizheng.kernel.statistics.intervals import Interval

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 760, 320, 40, 96, 16, 36
STEPS, WINSOR, LEAST_FOR_SPREAD = 48, 0.1, 10
"""Points of a curve; the share pulled in before over-dispersion is judged; fewer hospitals do not tell of any."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One hospital: observed, expected, how many stand under it, its name where it may be told, and whether it is one's own."""

    observed: int
    expected: float
    size: float
    name: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A hospital with its place; outside the wide limits it is a diamond."""

    x: float
    y: float
    words: str
    own: bool
    outside: bool
    name: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """The picture: dots, curves with their class, the line of the target, the scales, and all of it in words."""

    dots: tuple[Dot, ...]
    curves: tuple[tuple[str, str], ...]
    target: float
    ticks: tuple[tuple[float, str], ...]
    scale: tuple[tuple[float, str], ...]
    phi: float | None
    tau: float | None
    summary: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    ground: int = HEIGHT - FOOT


def draw_funnel(units: Sequence[Unit], *, share: bool) -> Funnel | None:
    """The funnel of some hospitals; of shares the limits are binomial, of rates those of Poisson's distribution."""
    units = [each for each in units if each.expected > 0]
    if len(units) < 2:
        return None
    spread = Spread.of([(each.observed, each.expected) for each in units], WINSOR)
    target = sum(each.observed for each in units) / sum(each.size for each in units)
    exact = _binomial(target) if share else poisson_limits
    widened = len(units) >= LEAST_FOR_SPREAD and spread.tau2 > 0
    most = max(each.expected for each in units) * 1.08
    least = most / STEPS
    top = max(2.0, *(each.observed / each.expected for each in units if each.expected >= least), 1.0) * 1.1
    x, y = _across(most), _up(top)
    limits = exact if not widened else spread.additive
    wide = LEVELS["998"]
    dots = []
    for each in sorted(units, key=lambda each: each.own):
        ratio, (low, high) = each.observed / each.expected, limits(each.expected, wide)
        words = f"{each.name or ('本院' if each.own else '其他医院')}：实际 {each.observed}，预期 {each.expected:.1f}，比 {ratio:.2f}"
        dots.append(Dot(x(each.expected), y(min(ratio, top)), words, each.own, not low <= ratio <= high, each.name))
    curves = list(_curves(exact, "exact", x, y, most, top))
    if widened:
        curves += _curves(spread.additive, "widened", x, y, most, top)
    named = [each.words for each in dots if each.own or each.outside]
    return Funnel(
        tuple(dots),
        tuple(curves),
        y(1.0),
        tuple((x(most * part / 4), f"{most * part / 4:.1f}") for part in range(5)),
        tuple((y(top * part / 4), f"{top * part / 4:.1f}") for part in range(5)),
        spread.phi if len(units) >= LEAST_FOR_SPREAD else None,
        math.sqrt(spread.tau2) if widened else None,
        f"{len(units)} 家医院；" + ("；".join(named) if named else "都在控制限内"),
    )


def _binomial(target: float) -> Callable[[float, Interval], Interval]:
    def limits(expected: float, tails: Interval) -> Interval:
        low, high = binomial_limits(max(1, round(expected / target)), target, tails)
        return low / target, high / target

    return limits


def _across(most: float) -> Callable[[float], float]:
    return lambda expected: round(LEFT + expected / most * (WIDTH - LEFT - RIGHT), 1)


def _up(top: float) -> Callable[[float], float]:
    return lambda ratio: round(HEIGHT - FOOT - ratio / top * (HEIGHT - FOOT - TOP), 1)


def _curves(
    limits: Callable[[float, Interval], Interval], kind: str, x: Callable[[float], float], y: Callable[[float], float],
    most: float, top: float,
) -> list[tuple[str, str]]:  # fmt: skip
    """The lower and the upper curve of each level."""
    places = [most * (step + 1) / STEPS for step in range(STEPS)]
    found = []
    for level, tails in LEVELS.items():
        both = [limits(place, tails) for place in places]
        for side in (0, 1):
            points = " ".join(f"{x(place)},{y(min(each[side], top))}" for place, each in zip(places, both, strict=True))
            found.append((f"{kind} l{level}", points))
    return found
