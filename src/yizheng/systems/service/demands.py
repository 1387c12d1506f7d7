"""接诉即办 in dated numbers: by when a demand is contacted and ended, and how the three rates are weighed (条例 第十三条、第三十二条).

The city's own limits and weights are not public and have changed: each is a setting with a day from which it holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yizheng.kernel.statutes import demands_regulation
from yizheng.licensing.dated_numbers import DatedNumbers, number
from yizheng.systems.service.orders.standing import Standing
from yizheng.systems.service.words import EntryKind, OrderKind, Satisfaction


@dataclass(frozen=True)
class DemandNumbers(DatedNumbers, prefix="service.demand_"):
    """What the city lays down of demands."""

    contact_hours: int = number(
        "诉求多少小时内首次联系计入响应", 24, "小时", demands_regulation(13), doubtful=True, limits=(1, 360)
    )
    consult_days: int = number("咨询的办理时限", 1, "日", demands_regulation(13), doubtful=True, limits=(1, 60))
    other_days: int = number(
        "求助、投诉、举报、建议的办理时限", 7, "日", demands_regulation(13), doubtful=True, limits=(1, 60)
    )
    recurring: int = number(
        "30 日内同一目录行出现几件开立根因任务", 3, "件", demands_regulation(13), doubtful=True, limits=(2, 100)
    )
    basically_counts: bool = number("基本满意计入满意", True, "", demands_regulation(32), doubtful=True)
    response_weight: int = number("响应率的权重", 30, "%", demands_regulation(32), doubtful=True, limits=(0, 100))
    solved_weight: int = number("解决率的权重", 35, "%", demands_regulation(32), doubtful=True, limits=(0, 100))
    satisfied_weight: int = number("满意率的权重", 35, "%", demands_regulation(32), doubtful=True, limits=(0, 100))

    def due(self, kind: OrderKind, reported: datetime) -> datetime:
        """By when a demand of a kind is to be ended."""
        return reported + timedelta(days=self.consult_days if kind == OrderKind.CONSULT else self.other_days)


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with what it is made of; without a denominator there is none."""

    title: str
    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """The rate."""
        return self.part / self.whole if self.whole else None


def rates(demands: Sequence[Standing], day: date) -> list[Rate]:
    """响应率 of those dispatched, 解决率 and 满意率 of those asked afterwards; who could not be reached is not asked."""
    numbers = DemandNumbers.on(day)
    within = timedelta(hours=numbers.contact_hours)
    content = {Satisfaction.SATISFIED, *([Satisfaction.BASICALLY] if numbers.basically_counts else [])}
    asked = [each for each in demands if opinion(each) not in ("", Satisfaction.UNREACHABLE)]
    contacted = [each for each in demands if each.ledger.response is not None and each.ledger.response <= within]
    return [
        Rate("响应率", len(contacted), len(demands)),
        Rate("解决率", sum(each.state == "已办结" for each in asked), len(asked)),
        Rate("满意率", sum(opinion(each) in content for each in asked), len(asked)),
    ]


def composite(found: Sequence[Rate], day: date) -> float | None:
    """The weighed sum of the three; nothing while one of them has no denominator."""
    numbers = DemandNumbers.on(day)
    weights = (numbers.response_weight, numbers.solved_weight, numbers.satisfied_weight)
    shares = [each.share for each in found]
    if any(each is None for each in shares):
        return None
    return sum(weight * (share or 0.0) for weight, share in zip(weights, shares, strict=True)) / 100


def opinion(standing: Standing) -> str:
    """What the requester said last when asked."""
    asked = [each.satisfaction for each in standing.entries if each.kind == EntryKind.FOLLOW_UP]
    return asked[-1] if asked else ""
