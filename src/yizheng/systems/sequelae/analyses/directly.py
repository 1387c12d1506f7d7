"""直接标化: the rates of the two groups at the ages of one named standard population, so that they may be compared with each other.

Ratios of indirect standardisation may not. An age group in which one of the groups has nobody is invented for neither: neighbouring ages
are joined until both have somebody.
"""

from collections.abc import Sequence
from typing import Any

from yizheng.kernel.statistics.several import Standardisation, Stratum
from yizheng.systems.sequelae.analyses.dataset import Dataset
from yizheng.systems.sequelae.analyses.diseases import CONFIDENCE, DISEASES, SMALL, counted
from yizheng.systems.sequelae.tables import rows

GROUPS = {"on_duty": "因公", "community": "非因公"}
LEAST = 10
"""An age group has so many examined in each group, or is joined with the next."""
Band = tuple[int, int, float]


def population() -> str:
    """What the standard population is called, with its source."""
    first = rows("standard_population")[0]
    return f"{first['population']}，{first['source']}"


def compared(data: Dataset, year: int) -> list[dict[str, Any]]:
    """One line a finding and group: crude and standardised rate with its interval."""
    return [line for code in DISEASES for line in _lines(data, code, year)]


def _lines(data: Dataset, code: str, year: int) -> list[dict[str, Any]]:
    disease = DISEASES[code]
    bands = [
        (int(row["from"]), int(row["to"]), float(row["weight"]))
        for row in rows("standard_population")
        if int(row["to"]) >= disease.least_age
    ]
    joined = _joined(data, code, year, bands)
    lines = []
    for group, title in GROUPS.items():
        strata = [Stratum(*_counted(data, code, year, group, band), 0, band[2]) for band in joined]
        found = Standardisation(strata)
        line: dict[str, Any] = {
            "title": disease.title, "group": title, "examined": sum(int(each.people) for each in strata),
            "ages": "、".join(f"{low}～{high}" if high < 120 else f"{low} 以上" for low, high, _ in joined),
        }  # fmt: skip
        direct = found.direct(CONFIDENCE)
        if direct is None:
            lines.append(line)
        elif 0 < found.observed < SMALL:
            lines.append(line | {"hidden": True})
        else:
            rate, _, (low, high) = direct
            lines.append(line | {
                "found": found.observed, "crude": round(100 * (found.crude or 0), 1), "rate": round(100 * rate, 1),
                "low": round(100 * max(0.0, low), 1), "high": round(100 * min(1.0, high), 1),
            })  # fmt: skip
    return lines


def _counted(data: Dataset, code: str, year: int, group: str, band: Band) -> tuple[int, int]:
    mine = [each for each in data.subjects if each.infected == group and band[0] <= each.age(year) <= band[1]]
    return counted(mine, DISEASES[code], year)


def _joined(data: Dataset, code: str, year: int, bands: Sequence[Band]) -> list[Band]:
    """Neighbouring bands joined until every one has enough of both groups; what is left over joins the last."""
    found: list[Band] = []
    waiting: Band | None = None
    for band in bands:
        waiting = (waiting[0], band[1], waiting[2] + band[2]) if waiting else band
        if all(_counted(data, code, year, group, waiting)[0] >= LEAST for group in GROUPS):
            found.append(waiting)
            waiting = None
    if waiting and found:
        found[-1] = (found[-1][0], waiting[1], found[-1][2] + waiting[2])
    return found
