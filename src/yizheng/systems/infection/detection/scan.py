"""The temporal scan statistic (Kulldorff): the stretch of time in which cases gather most, judged by simulation."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from yizheng.systems.infection.detection.series import Numbers


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
    simulated = (
        np.random.default_rng(seed).multinomial(int(total), [1 / periods] * periods, size=replications).astype(float)
    )
    strongest = np.zeros(replications)
    found = []
    for length in range(1, longest + 1):
        expected = total * length / periods
        strongest = np.maximum(strongest, _likelihood(_sums(simulated, length), total, expected).max(axis=1))
        sums = _sums(counts[None, :], length)[0]
        ratios = _likelihood(sums, total, expected)
        found += [(-float(ratio), length, first, float(sums[first])) for first, ratio in enumerate(ratios)]
    for negative, length, first, cases in sorted(found)[:windows]:
        expected = total * length / periods
        reached = int((strongest >= -negative - 1e-12).sum())
        rest, expected_rest = total - cases, total - expected
        risk = math.inf if rest == 0 else (cases / expected) / (rest / expected_rest)
        yield Window(first, first + length - 1, cases, expected, -negative, risk, (1 + reached) / (replications + 1))


def _sums(counts: Numbers, length: int) -> Numbers:
    cumulated = np.concatenate([np.zeros((len(counts), 1)), counts.cumsum(axis=1)], axis=1)
    return cumulated[:, length:] - cumulated[:, :-length]


def _likelihood(cases: Numbers, total: float, expected: float) -> Numbers:
    rest = total - cases
    with np.errstate(divide="ignore", invalid="ignore"):
        outside = np.where(rest > 0, rest * np.log(rest / (total - expected)), 0.0)
        inside = np.where(cases > 0, cases * np.log(cases / expected), 0.0)
    return np.where(cases > expected, inside + outside, 0.0)
