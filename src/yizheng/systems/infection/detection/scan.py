"""The temporal scan statistic (Kulldorff): the stretch of time in which cases gather most, judged by simulation."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from yizheng.systems.infection.detection.series import Numbers, Series, empty


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of periods, first and last included, with its cases and how likely chance alone makes one as strong."""

    first: int
    last: int
    cases: float
    expected: float
    likelihood: float
    relative_risk: float | None
    p: float


def scan(counts: Numbers, fraction: float, replications: int, seed: int, windows: int) -> Iterator[Window]:
    """The windows of greatest likelihood ratio, the strongest first; of equal ones the shorter, then the earlier."""
    total, periods = float(counts.sum()), len(counts)
    longest = math.floor(fraction * periods)
    if not longest or not total:
        return
    found = []
    for length in range(1, longest + 1):
        sums = _sums(counts[None, :], length)[0]
        ratios = _likelihood(sums, total, total * length / periods)
        found += [(-float(ratio), length, first, float(sums[first])) for first, ratio in enumerate(ratios)]
    by_chance = strongest_by_chance(int(total), periods, longest, replications, seed)
    for negative, length, first, cases in sorted(found)[:windows]:
        expected = total * length / periods
        rest, expected_rest = total - cases, total - expected
        risk = math.inf if rest == 0 else (cases / expected) / (rest / expected_rest)
        p = float(_probability(by_chance, np.array(-negative)))
        yield Window(first, first + length - 1, cases, expected, -negative, risk, p)


@dataclass(frozen=True)
class Ending:
    """At each period watched, the strongest window that ends there: its likelihood ratio, length and probability."""

    likelihood: Numbers
    length: Numbers
    p: Numbers


def scan_ending(series: Series, periods: int, replications: int, seed: int, least: float) -> Ending:
    """Prospective scan over the last so many periods of every series; a ratio below ``least`` is not worth a simulation."""
    counts = np.atleast_2d(series.counts)
    likelihood, lengths, p = (empty(*counts.shape) for _ in range(3))
    cumulated = np.pad(counts.cumsum(axis=1), ((0, 0), (1, 0)))
    longest = periods // 2
    for place in series.watched(periods - 1):
        total = cumulated[:, place + 1] - cumulated[:, place + 1 - periods]
        reach = np.arange(1, longest + 1)
        cases = cumulated[:, place + 1, None] - cumulated[:, place + 1 - reach]
        ratios = _likelihood(cases, total[:, None], total[:, None] * reach / periods)
        best = ratios.argmax(axis=1)
        likelihood[:, place], lengths[:, place] = ratios[np.arange(len(counts)), best], best + 1
        p[:, place] = 1.0
        for row in np.flatnonzero(likelihood[:, place] >= least):
            by_chance = strongest_by_chance(int(total[row]), periods, longest, replications, seed)
            p[row, place] = _probability(by_chance, likelihood[row, place])
    shape = series.counts.shape
    return Ending(likelihood.reshape(shape), lengths.reshape(shape), p.reshape(shape))


@lru_cache(maxsize=4096)
def strongest_by_chance(total: int, periods: int, longest: int, replications: int, seed: int) -> Numbers:
    """The greatest ratio in each replication where so many cases fall as chance wills, ascending."""
    drawn = np.random.default_rng(seed).multinomial(total, [1 / periods] * periods, size=replications)
    cumulated = np.zeros((periods + 1, replications), dtype=np.int32)  # periods first: each step reads whole rows
    cumulated[1:] = drawn.cumsum(axis=1).T
    strongest = np.zeros(replications)
    for length in range(1, longest + 1):  # of one length the window with most cases is the strongest
        most = (cumulated[length:] - cumulated[:-length]).max(axis=0).astype(float)
        strongest = np.maximum(strongest, _likelihood(most, float(total), total * length / periods))
    return np.sort(strongest)


def _probability(by_chance: Numbers, ratio: Numbers) -> Numbers:
    """How likely chance alone reaches a ratio, the observed one counted among the replications."""
    reached = len(by_chance) - np.searchsorted(by_chance, ratio - 1e-12, side="left")
    return np.asarray((1 + reached) / (len(by_chance) + 1))


def _sums(counts: Numbers, length: int) -> Numbers:
    cumulated = np.concatenate([np.zeros((len(counts), 1)), counts.cumsum(axis=1)], axis=1)
    return cumulated[:, length:] - cumulated[:, :-length]


def _likelihood(cases: Numbers, total: Numbers | float, expected: Numbers | float) -> Numbers:
    rest = total - cases
    with np.errstate(divide="ignore", invalid="ignore"):
        outside = np.where(rest > 0, rest * np.log(rest / (total - expected)), 0.0)
        inside = np.where(cases > 0, cases * np.log(cases / expected), 0.0)
    return np.where(cases > expected, inside + outside, 0.0)
