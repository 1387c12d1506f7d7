"""Two-sided intervals of a Poisson count and of one proportion.

An interval is a pair of limits of the count (divide by the denominator, or by the expected number, for a rate or a ratio) or
of the proportion. Published tables use different methods, so a page prints the method with every interval.
"""

import math
from collections.abc import Callable

from yizheng.kernel.lazily import lazily

optimize, special = lazily("scipy.optimize"), lazily("scipy.special")


Interval = tuple[float, float]
Limit = float | None


def normal_quantile(probability: float) -> float:
    """The exact quantile of the standard normal distribution (1.959964 for 0.975, not 1.96)."""
    return float(special.ndtri(probability))


def two_sided_quantile(confidence: float) -> float:
    """How many standard errors a two-sided normal interval reaches."""
    return normal_quantile(1 - (1 - confidence) / 2)


def printed_quantile(confidence: float) -> float:
    """The same to six decimals (1.959964), as methods that print it have it."""
    return round(two_sided_quantile(confidence), 6)


def garwood(count: int, confidence: float) -> Interval:
    """The exact interval of a Poisson count (Garwood 1936): both limits by the chi-square distribution."""
    tail = (1 - confidence) / 2
    lower = 0.0 if count == 0 else float(special.gammaincinv(count, tail))
    return lower, float(special.gammainccinv(count + 1, tail))


def poisson_mid_p(count: int, confidence: float) -> Interval:
    """The exact interval of a Poisson count that gives half weight to the observed count (mid-P)."""
    tail = (1 - confidence) / 2
    if count == 0:
        return 0.0, -math.log(1 - confidence)
    widest = garwood(count, confidence)
    lower = _root(lambda mean: poisson_tails(count, mean)[1] - tail, widest[0] / 2, count)
    upper = _root(lambda mean: poisson_tails(count, mean)[0] - tail, count, widest[1] * 2)
    return lower, upper


def poisson_tails(count: int, mean: float) -> tuple[float, float]:
    """The lower and the upper tail of a Poisson count, the observed count with half weight in both."""
    half = (float(special.pdtr(count, mean)) - _below(count, mean)) / 2
    return _below(count, mean) + half, float(special.pdtrc(count, mean)) + half


def poisson_exact_tails(count: int, mean: float) -> tuple[float, float]:
    """The lower and the upper tail of a Poisson count, the observed count whole in both."""
    return float(special.pdtr(count, mean)), 1.0 if count == 0 else float(special.pdtrc(count - 1, mean))


def _below(count: int, mean: float) -> float:
    return 0.0 if count == 0 else float(special.pdtr(count - 1, mean))


def byar(count: int, confidence: float) -> Interval:
    """Byar's approximation of the Poisson interval (Breslow and Day 1987)."""
    quantile = two_sided_quantile(confidence)
    more = count + 1
    upper = more * (1 - 1 / (9 * more) + quantile / (3 * math.sqrt(more))) ** 3
    if count == 0:
        return 0.0, upper
    return count * (1 - 1 / (9 * count) - quantile / (3 * math.sqrt(count))) ** 3, upper


def lognormal(count: int, confidence: float) -> tuple[Limit, Limit]:
    """The interval on the log scale (Wald); none for no event."""
    if count == 0:
        return None, None
    spread = math.exp(two_sided_quantile(confidence) / math.sqrt(count))
    return count / spread, count * spread


def clopper_pearson(events: int, total: int, confidence: float) -> Interval:
    """The exact interval of a proportion, by the beta distribution."""
    tail = (1 - confidence) / 2
    lower = 0.0 if events == 0 else float(special.betaincinv(events, total - events + 1, tail))
    upper = 1.0 if events == total else float(special.betainccinv(events + 1, total - events, tail))
    return lower, upper


def wilson(events: int, total: int, confidence: float) -> Interval:
    """Wilson's score interval of a proportion, without continuity correction."""
    quantile = two_sided_quantile(confidence)
    share, spread = events / total, quantile**2 / total
    middle = share + spread / 2
    reach = quantile * math.sqrt(share * (1 - share) / total + spread / (4 * total))
    lower = 0.0 if events == 0 else (middle - reach) / (1 + spread)
    return lower, 1.0 if events == total else (middle + reach) / (1 + spread)


def binomial_mid_p(events: int, total: int, confidence: float) -> Interval:
    """The exact interval of a proportion with half weight on the observed number."""
    tail = (1 - confidence) / 2
    least, most = clopper_pearson(events, total, confidence)
    lower, upper = 0.0, 1.0
    if events > 0:
        lower = _root(lambda share: binomial_tails(events, total, share)[1] - tail, least / 2, 1.0)
    if events < total:
        upper = _root(lambda share: binomial_tails(events, total, share)[0] - tail, 0.0, (1 + most) / 2)
    return lower, upper


def binomial_tails(events: int, total: int, share: float) -> tuple[float, float]:
    """The lower and the upper tail of a binomial number, the observed number with half weight in both."""
    whole_lower, whole_upper = binomial_exact_tails(events, total, share)
    half = (whole_lower + whole_upper - 1) / 2
    return whole_lower - half, whole_upper - half


def binomial_exact_tails(events: int, total: int, share: float) -> tuple[float, float]:
    """The lower and the upper tail of a binomial number, the observed number whole in both."""
    lower = 1.0 if events >= total else float(special.bdtr(events, total, share))
    upper = 1.0 if events == 0 else float(special.bdtrc(events - 1, total, share))
    return lower, upper


def doubled(tails: Interval) -> float:
    """The two-sided probability: twice the smaller tail, at most 1."""
    return min(1.0, 2 * min(tails))


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    return float(optimize.brentq(function, low, high, xtol=1e-15, rtol=1e-14, maxiter=500))
