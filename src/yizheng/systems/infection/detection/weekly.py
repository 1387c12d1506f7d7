"""All weekly methods on many series at once, with the parameters this platform runs them with, and when they make an alarm.

A series with years of history is judged by Farrington's flexible method; one without falls back to EARS. The other
methods stand beside it: enough of them together make an alarm too, which a slow rise needs.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from yizheng.systems.infection.detection import ears as early
from yizheng.systems.infection.detection import farrington as regression
from yizheng.systems.infection.detection import sequential, windows
from yizheng.systems.infection.detection.scan import scan_ending
from yizheng.systems.infection.detection.series import Flags, Numbers, Series

FEWEST = 3
"""A week with fewer cases makes no alarm by itself."""
TOGETHER = 3
"""So many methods besides make an alarm together."""
YEAR, YEARS = 52, 5
HISTORY = YEARS * YEAR + 3
"""Weeks of history that Farrington's method asks for."""
EARS = early.Settings(minimum_sigma=0.5)
ORIGINAL = regression.Settings(fewest=FEWEST)
FLEXIBLE = regression.Settings(
    alpha=0.01, weight_threshold=2.58, one_sided=True, method="nbPlugin", season_blocks=10, left_out=26, fewest=FEWEST
)
BAYES_ALPHA = 0.05
K, H = 1.04, 2.26
GLR = 5.0
REPLICATIONS, SEED, SCAN_P, SCAN_LEAST = 999, 1, 0.002, 6.0
FLEXIBLE_CODE, FALLBACK = "flexible", ("c1", "c2", "c3")
METHODS: Mapping[str, tuple[str, str]] = {
    "flexible": ("Farrington 改进法", "5 年，前后 3 周，季节 10 段，略去最近 26 周，α 0.01"),
    "farrington": ("Farrington 原法", "5 年，前后 3 周，α 0.05（双侧）"),
    "rki1": ("RKI 1", "前 6 周"),
    "rki2": ("RKI 2", "前 6 周和上年前后 6 周"),
    "rki3": ("RKI 3", "前两年前后 4 周"),
    "bayes1": ("Bayes 1", "前 6 周，α 0.05"),
    "bayes2": ("Bayes 2", "前 6 周和上年前后 6 周，α 0.05"),
    "cusum": ("CUSUM", "k 1.04，h 2.26，报警后归零"),
    "glr": ("GLR", "门限 5"),
    "scan": ("时间扫描", "最近 52 周，窗口至多 26 周，999 次模拟，p ≤ 0.002"),
    "c1": ("EARS C1", "前 7 周，α 0.001"),
    "c2": ("EARS C2", "间隔 2 周的 7 周，α 0.001"),
    "c3": ("EARS C3", "C2 连续三周合计，门限 1.96"),
}
"""Every method with its name and its parameters in words."""


@dataclass(frozen=True)
class Judged:
    """One method on every week watched: what it looks at, its bound, and whether that is passed; unknown without history."""

    statistic: Numbers
    bound: Numbers
    alarm: Flags


def judged(counts: Numbers, weeks: int) -> dict[str, Judged]:
    """Every method on the last weeks of each series (a row each); answers hold those weeks alone."""
    length = counts.shape[-1]
    series = Series(counts, np.arange(length) >= length - weeks)
    plain = {
        "rki1": windows.rki_upper(series, windows.RKI[0]),
        "rki2": windows.rki_upper(series, windows.RKI[1]),
        "rki3": windows.rki_upper(series, windows.RKI[2]),
        "bayes1": windows.bayes_upper(series, windows.BAYES[0], BAYES_ALPHA),
        "bayes2": windows.bayes_upper(series, windows.BAYES[1], BAYES_ALPHA),
        "farrington": regression.farrington(series, ORIGINAL).upper,
        "flexible": regression.farrington(series, FLEXIBLE).upper,
    }
    recent = Series(counts[..., -(weeks + EARS.baseline + EARS.lag + early.SUMMED) :], np.ones(0, dtype=bool))
    found = early.ears(recent, EARS)
    plain |= {"c1": found.c1_upper, "c2": found.c2_upper}
    here = counts[..., -weeks:]
    answers = {code: Judged(here, upper[..., -weeks:], here > upper[..., -weeks:]) for code, upper in plain.items()}
    answers["c3"] = _reaching(found.c3[..., -weeks:], EARS.quantile_c3)
    answers["cusum"] = _reaching(
        sequential.cusum(series, sequential.TRANSFORMED["rossi"], K, H, reset=True)[..., -weeks:], H
    )
    answers["glr"] = _reaching(sequential.glr_poisson(series, GLR)[..., -weeks:], GLR)
    p = scan_ending(series, YEAR, REPLICATIONS, SEED, SCAN_LEAST).p[..., -weeks:]
    answers["scan"] = Judged(p, np.full_like(p, SCAN_P), p <= SCAN_P)
    return {code: answers[code] for code in METHODS}


def _reaching(statistic: Numbers, bound: float) -> Judged:
    return Judged(statistic, np.full_like(statistic, bound), statistic >= bound)


def alarms(counts: Numbers, answers: Mapping[str, Judged]) -> Flags:
    """The weeks that make an alarm: enough cases, and the leading method or several others say so."""
    weeks = answers[FLEXIBLE_CODE].alarm.shape[-1]
    enough = counts[..., -weeks:] >= FEWEST
    if counts.shape[-1] - weeks >= HISTORY:
        leading = answers[FLEXIBLE_CODE].alarm
    else:
        leading = np.logical_and.reduce([answers[code].alarm for code in FALLBACK[:2]])
    others = sum(
        (answers[code].alarm.astype(int) for code in METHODS if code != FLEXIBLE_CODE),
        np.zeros(leading.shape, dtype=int),
    )
    return enough & (leading | (others >= 2 * TOGETHER))
