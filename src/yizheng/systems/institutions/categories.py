"""What hangs on the category (机构类别) of an institution: Chinese medicine or not, how often it is verified, what it may be called.

The rules stand in ``data/category_rules.csv`` by the beginning of the code; the longest that fits holds. Sources: 校验办法第六条
(the kinds verified every three years), 细则第四十条 (generic names), 中医药法第十四条 and 第六十条 (who decides on Chinese medicine).
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class CategoryRule:
    """What holds for the categories that begin alike."""

    chinese_medicine: bool = False
    """Whether the administration of Chinese medicine decides; western and ethnic medicine joined with it included."""
    three_years: bool = False
    """Whether with a hundred beds it is verified every 36 months."""
    generic_names: tuple[str, ...] = ()
    """The generic names that fit; none where nothing is laid down."""


@cache
def _rules() -> dict[str, CategoryRule]:
    with (DATA / "category_rules.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["prefix"]: CategoryRule(
                row["tcm"] == "1", row["three_years"] == "1", tuple(filter(None, row["generic_names"].split(";")))
            )
            for row in csv.DictReader(file)
        }


@cache
def rule_of(category: str) -> CategoryRule:
    """What holds for a category; nothing in particular where no beginning fits."""
    fitting = (category[:length] for length in range(len(category), 0, -1))
    return next((_rules()[start] for start in fitting if start in _rules()), CategoryRule())
