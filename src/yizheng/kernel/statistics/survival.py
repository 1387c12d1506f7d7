"""Time until something happens: Kaplan and Meier's estimate, and Aalen and Johansen's where death may come first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from yizheng.kernel.statistics.intervals import two_sided_quantile

CENSORED, EVENT, COMPETING = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Spell:
    """How long one was watched, and what ended it: the event, a competing event, or only the watching."""

    time: float
    ended: int


@dataclass(frozen=True, slots=True)
class Step:
    """At a time: how many were still watched just before, the estimate from here on, and its interval."""

    time: float
    at_risk: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Moment:
    time: float
    at_risk: int
    events: int
    competing: int


def _moments(spells: Sequence[Spell]) -> list[_Moment]:
    times = sorted({each.time for each in spells if each.ended != CENSORED})
    return [
        _Moment(
            time,
            sum(each.time >= time for each in spells),
            sum(each.time == time and each.ended == EVENT for each in spells),
            sum(each.time == time and each.ended == COMPETING for each in spells),
        )
        for time in times
    ]


def kaplan_meier(spells: Sequence[Spell], confidence: float) -> list[Step]:
    """The share without the event, Greenwood's variance, limits on the scale of log(−log); other ends count as the end of watching."""
    steps, share, greenwood = [], 1.0, 0.0
    for each in _moments(spells):
        if not each.events:
            continue
        share *= 1 - each.events / each.at_risk
        if each.at_risk > each.events:
            greenwood += each.events / (each.at_risk * (each.at_risk - each.events))
        low, high = _limits(share, share * math.sqrt(greenwood), confidence)
        steps.append(Step(each.time, each.at_risk, share, low, high))
    return steps


def aalen_johansen(spells: Sequence[Spell], confidence: float) -> list[Step]:
    """The share with the event by then, a competing event having come first in some (variance by the delta method)."""
    moments, before, incidences, surviving, incidence = _moments(spells), [], [], 1.0, 0.0
    for each in moments:
        before.append(surviving)
        incidence += surviving * each.events / each.at_risk
        surviving *= 1 - (each.events + each.competing) / each.at_risk
        incidences.append(incidence)
    steps = []
    for last, each in enumerate(moments):
        if not each.events:
            continue
        now = incidences[last]
        variance = sum(_part(moments[at], now - incidences[at], before[at]) for at in range(last + 1))
        low, high = _limits(now, math.sqrt(max(0.0, variance)), confidence)
        steps.append(Step(each.time, each.at_risk, now, low, high))
    return steps


def _part(moment: _Moment, gap: float, surviving: float) -> float:
    n, ended, events = moment.at_risk, moment.events + moment.competing, moment.events
    survived = gap**2 * ended / (n * (n - ended)) if n > ended else 0.0
    return survived + surviving**2 * events * (n - events) / n**3 - 2 * gap * surviving * events / n**2


def _limits(share: float, error: float, confidence: float) -> tuple[float, float]:
    if not 0 < share < 1 or not error:
        return share, share
    reach = two_sided_quantile(confidence) * error / (share * math.log(share))
    one, other = share ** math.exp(reach), share ** math.exp(-reach)
    return min(one, other), max(one, other)
