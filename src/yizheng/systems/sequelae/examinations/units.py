"""Units that laboratories report in, and how each becomes the unit of the item; twenty years of files hold all of them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from yizheng.systems.sequelae.examinations.cells import Cell, Unreadable
from yizheng.systems.sequelae.examinations.fields import fields

FACTORS: Mapping[tuple[str, str], float] = {
    ("hgb", "g/dL"): 10, ("glu", "mg/dL"): 1 / 18.02, ("crea", "mg/dL"): 88.4, ("ua", "mg/dL"): 59.48,
    ("tc", "mg/dL"): 1 / 38.67, ("hdl", "mg/dL"): 1 / 38.67, ("ldl", "mg/dL"): 1 / 38.67, ("tg", "mg/dL"): 1 / 88.57,
    ("urea", "mg/dL"): 0.357, ("pef", "L/min"): 1 / 60, ("dlco", "mmol/min/kPa"): 2.987, ("pao2", "kPa"): 7.5006,
    ("paco2", "kPa"): 7.5006, ("hct", "%"): 0.01, ("fev1_fvc", "%"): 0.01, ("height", "m"): 100,
    ("vitd", "nmol/L"): 1 / 2.496,
}  # fmt: skip
"""By what a value in another unit is multiplied."""
PERCENT_FROM = 1.5
"""A ratio above this was sent as a percentage."""


SAME: Mapping[str, str] = {
    "10^9/l": "×10⁹/l",
    "10^12/l": "×10¹²/l",
    "次/min": "次/分",
    "bpm": "次/分",
    "c": "℃",
    "l/l": "",
    "iu/l": "u/l",
}
"""Other ways of writing the units of the items."""


def folded(unit: str) -> str:
    """A unit as it is compared: letters small, powers, signs of multiplication, dots and blanks written in one way."""
    plain = unicodedata.normalize("NFKC", unit).lower().replace("μ", "u").replace("µ", "u").replace("毫米汞柱", "mmhg")
    plain = re.sub(r"[\s·.⋅]", "", plain)
    plain = re.sub(r"[×x*]?10[\^*]?(\d+)/", r"10^\1/", plain)
    return SAME.get(plain, plain)


@cache
def _factors() -> Mapping[tuple[str, str], float]:
    """What a value of an item is multiplied by, for every unit that is known of it."""
    own = {(code, folded(field.unit)): 1.0 for code, field in fields().items()}
    return (
        own
        | {(code, ""): 1.0 for code in fields()}
        | {(code, folded(unit)): factor for (code, unit), factor in FACTORS.items()}
    )


def converted(code: str, cell: Cell, unit: str) -> Cell:
    """The cell in the unit of its item; the printed range goes with it. Raises Unreadable for a unit nobody knows."""
    factor = _factors().get((code, folded(unit)))
    if factor is None:
        raise Unreadable(f"单位“{unit[:20]}”不认识，应为{fields()[code].unit or '无单位'}，没有换算")
    if code == "fev1_fvc" and factor == 1.0 and cell.number is not None and cell.number > PERCENT_FROM:
        factor = 0.01
    if factor == 1.0 or cell.number is None:
        return cell
    low, high = (None if bound is None else bound * factor for bound in cell.range)
    return replace(cell, number=round(cell.number * factor, 6), low=low, high=high)
