"""The 93 items of the yearly examination: unit, decimals, what is possible at all, and what is usual by sex.

The range a laboratory prints beside a value always wins; the usual range here serves where none is printed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from yizheng.systems.sequelae.tables import rows

GROUPS = {
    "vitals": "一般情况", "blood_count": "血常规", "biochemistry": "生化", "lung_function": "肺功能", "bone": "骨关节",
    "chest_ct": "胸部CT",
}  # fmt: skip
Range = tuple[float | None, float | None]


@dataclass(frozen=True, slots=True)
class Field:
    """One item."""

    code: str
    group: str
    title: str
    unit: str
    decimals: int
    least: float
    most: float
    usual: Mapping[str, Range]
    doubtful: bool

    def possible(self, value: float) -> bool:
        """Whether a body can have such a value; both bounds are possible."""
        return self.least <= value <= self.most

    def written(self, value: float | None) -> str:
        """The value to the decimals of the item."""
        return "" if value is None else f"{value:.{self.decimals}f}"


def _range(low: str, high: str) -> Range:
    return (float(low) if low else None, float(high) if high else None)


@cache
def fields() -> Mapping[str, Field]:
    """All items by code, in the order of the sheet."""
    return {
        row["code"]: Field(
            row["code"], row["group"], row["title"], row["unit"], int(row["decimals"]), float(row["least"]),
            float(row["most"]),
            {sex: _range(row[f"{sex}_low"], row[f"{sex}_high"]) for sex in ("male", "female")},
            bool(row["doubtful"]),
        )
        for row in rows("exam_fields")
    }  # fmt: skip


def flag(value: float, printed: Range | None, usual: Range) -> str:
    """``high``, ``low`` or nothing, by the printed range where there is one; the bounds are inside."""
    low, high = printed if printed and printed != (None, None) else usual
    if low is not None and value < low:
        return "low"
    return "high" if high is not None and value > high else ""
