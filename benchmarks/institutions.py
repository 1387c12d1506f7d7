"""Institutions of a city and of the country: the calendar of verification, and the names most like a wanted one.

Both are asked in memory of invented institutions, as many as the question says, whatever the scale.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from yizheng.cli.bench.laboratory import Lab, percentile, seconds
from yizheng.cli.bench.questions import Pair, at_most, question
from yizheng.kernel.calendar.office_calendar import state_council_calendar
from yizheng.kernel.calendar.periods import add_months
from yizheng.systems.institutions.naming.similarity import NameIndex
from yizheng.systems.institutions.verification.clock import Regime, Round, season

CITY, COUNTRY = 12_000, 1_100_000
ON = date(2026, 6, 30)
ASKED = 200
_BRANDS = "安澜澄怀栖霞康宁仁和济民同德惠慈瑞华明远嘉佳平泰晨光博爱福寿永和云帆景行清源志成立新宏达天和春晖"
_PLACES = ("望京", "方庄", "劲松", "回龙观", "亦庄", "石榴庄", "五道口", "和平里", "")
_DISCIPLINES = ("口腔", "中医", "眼科", "骨科", "康复", "皮肤", "儿童", "")
_GENERIC = ("医院", "门诊部", "诊所", "护理站", "社区卫生服务站", "卫生室")


def _rounds(many: int) -> list[tuple[str, Round]]:
    random.seed(many)
    found = []
    for number in range(many):
        months = random.choice((12, 12, 12, 36))
        due = ON + timedelta(days=random.randint(-60, 365))
        applied = due - timedelta(days=60) if random.random() < 0.5 else None
        ordered = due + timedelta(days=5) if random.random() < 0.1 else None
        deferred = due - timedelta(days=20) if random.random() < 0.02 else None
        known = Round(
            Regime.LICENSED, months, add_months(due, -months), 0, applied, ordered,
            deferred_on=deferred, deferral_months=3,
        )  # fmt: skip
        found.append((f"I{number}", known))
    return found


def _season(name: str, many: int, reach: float) -> None:
    @question(
        name,
        f"校验日历：{many:,} 家机构按状态分列，到期在前",
        beside="只算每家的应校验日",
        unit="s",
        reach=at_most(reach),
    )
    def asked(lab: Lab) -> Iterator[Pair]:
        rounds, calendar = _rounds(many), state_council_calendar()
        while True:
            ours = seconds(lambda: season(rounds, ON, calendar))
            yield Pair(ours, seconds(lambda: [add_months(each.previous_due or ON, 12) for _, each in rounds]))


_season("verification-season-city", CITY, 1)
_season("verification-season-country", COUNTRY, 60)


def _names(many: int) -> Iterator[str]:
    random.seed(many)
    for _ in range(many):
        brand = "".join(random.sample(_BRANDS, random.choice((2, 2, 3, 4))))
        yield random.choice(_PLACES) + brand + random.choice(_DISCIPLINES) + random.choice(_GENERIC)


@question(
    "similar-names",
    f"与一个拟用名称最相近的十个，{COUNTRY:,} 个已有名称中，p99",
    beside="同样多的名称逐个比较是否相等",
    unit="ms",
    reach=at_most(50),
)
def similar_names(lab: Lab) -> Iterator[Pair]:
    taken = list(_names(COUNTRY))
    began = time.perf_counter()
    index = NameIndex(taken)
    index.nearest(taken[0])
    built = time.perf_counter() - began
    wanted = random.sample(taken, ASKED)
    while True:
        took = [1000 * seconds(partial(index.nearest, name)) for name in wanted]
        equal = 1000 * seconds(lambda: [name for name in taken if name == wanted[0]])
        yield Pair(percentile(took, 0.99), equal, f"中位数 {percentile(took, 0.5):.1f} ms，建索引 {built:.0f} s")
