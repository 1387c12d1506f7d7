"""How somebody stood in public on every day: several registrations and permits laid over one another, one answer a day.

A person may have been an assistant before a physician, registered here and again after years elsewhere, or a short-term
doctor before a registered one. On each day the most that stood counts (《中华人民共和国医师法》第十三条: who may practise is
who is registered on that day); days of what the public is not told, such as service in the forces, stay empty.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from yizheng.disclosure.records import Period
from yizheng.disclosure.standings import OVER

Rank = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layer:
    """Something that held over ``[since, until)``; without a `period` it is not for the public."""

    rank: Rank
    since: date
    until: date
    period: Period | None


def layer(period: Period, *rank: int) -> Layer:
    """A layer of this period: what stands goes before what is over, then the lower rank; of endings the later counts."""
    if period.standing in OVER:
        return Layer((1, -period.since.toordinal()), period.since, period.until, period)
    return Layer((0, *rank, -period.since.toordinal()), period.since, period.until, period)


def withheld(since: date, until: date) -> Layer:
    """A layer of which the public is told nothing; it ends what stood before."""
    return Layer((1, -since.toordinal()), since, until, None)


def overlaid(layers: Iterable[Layer]) -> tuple[Period, ...]:
    """The periods anybody may know, oldest first, without overlap; neighbours that say the same are one."""
    found: list[Period] = []
    for period in _by_day(list(layers)):
        if found and found[-1].until == period.since and _same(found[-1], period):
            found[-1] = replace(found[-1], until=period.until)
        else:
            found.append(period)
    return tuple(found)


def _by_day(layers: list[Layer]) -> Iterator[Period]:
    for since, until in pairwise(sorted({day for each in layers for day in (each.since, each.until)})):
        held = [each for each in layers if each.since <= since < each.until]
        best = min(held, key=lambda each: each.rank, default=None)
        if best is not None and best.period is not None:
            yield replace(best.period, since=since, until=until)


def _same(one: Period, other: Period) -> bool:
    return replace(one, since=other.since, until=other.until) == other
