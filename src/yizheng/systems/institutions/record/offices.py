"""Which authority decides on an institution: by category, beds, level and ownership (条例 第十一条), as a table.

What the province lays down for a hundred beds and for specialised hospitals is data (``data/authority_rules.csv``); the first
row that fits holds.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from yizheng.people.models import Scope
from yizheng.people.scopes import city, jurisdiction
from yizheng.systems.institutions.categories import rule_of

TCM = "TCM"
"""The city's administration of Chinese medicine (中医药法 第十四条)."""
_FILE = Path(__file__).parents[1] / "data" / "authority_rules.csv"


@dataclass(frozen=True, slots=True)
class OfficeRule:
    """One row: what it asks for, empty where it asks nothing, and whether city or district decides."""

    category: str
    beds_from: int
    level: str
    economic_type: str
    office: str

    def fits(self, category: str, beds: int, level: str, economic_type: str) -> bool:
        """Whether an institution is one of these."""
        return (
            category.startswith(self.category)
            and beds >= self.beds_from
            and self.level in ("", level)
            and economic_type.startswith(self.economic_type)
        )


@cache
def _rules() -> tuple[OfficeRule, ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            OfficeRule(row["category"], int(row["beds_from"] or 0), row["level"], row["economic_type"], row["office"])
            for row in csv.DictReader(lines)
        )


def decides(category: str, beds: int, level: str, economic_type: str) -> str:
    """Whether ``city`` or ``district`` decides."""
    return next(rule.office for rule in _rules() if rule.fits(category, beds, level, economic_type))


def office_of(district: str, category: str, beds: int, level: str, economic_type: str) -> Scope | None:
    """The scope of the authority, of the city its administration of Chinese medicine; nothing where the district is none."""
    if decides(category, beds, level, economic_type) == "city":
        return jurisdiction(TCM) if rule_of(category).chinese_medicine else city()
    return jurisdiction(district) if district else None
