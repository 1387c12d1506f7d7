"""The indicators, read from ``data/indicators.csv``: formula, source, target and the day from which they hold.

The city's own list is not public: this one is the contract's, to be replaced line by line when the list is known.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from yizheng.kernel.chinese_dates import parse_date


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator; a higher or a lower value is better, and the target is the least or the most."""

    code: str
    title: str
    formula: str
    source: str
    better: str
    target: float
    unit: str
    weight: float
    since: date

    def reached(self, value: float) -> bool:
        """Whether a value reaches the target; the target itself does."""
        return value >= self.target if self.better == "higher" else value <= self.target

    @property
    def target_words(self) -> str:
        """The target in words."""
        return f"{'≥' if self.better == 'higher' else '≤'} {self.target:g} {self.unit}"


@cache
def _all() -> tuple[Indicator, ...]:
    with files("yizheng.systems.service").joinpath("data/indicators.csv").open(encoding="utf-8") as file:
        return tuple(
            Indicator(
                row["code"], row["title"], row["formula"], row["source"], row["better"], float(row["target"]), row["unit"],
                float(row["weight"]), parse_date(row["from"]) or date.min,
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def indicators(day: date) -> list[Indicator]:
    """Those in force on a day: of one code the newest line that has begun."""
    newest: dict[str, Indicator] = {}
    for each in sorted(_all(), key=lambda one: one.since):
        if each.since <= day:
            newest[each.code] = each
    return [newest[code] for code in dict.fromkeys(each.code for each in _all()) if code in newest]
