"""Units that laboratories report in, and how each becomes the unit of the item; twenty years of files hold all of them."""

from collections.abc import Mapping
from dataclasses import replace

from yizheng.systems.sequelae.examinations.cells import Cell

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


def converted(code: str, cell: Cell, unit: str) -> Cell:
    """The cell in the unit of its item; the printed range goes with it."""
    factor = FACTORS.get((code, unit), 1.0)
    if code == "fev1_fvc" and factor == 1.0 and cell.number is not None and cell.number > PERCENT_FROM:
        factor = 0.01
    if factor == 1.0 or cell.number is None:
        return cell
    low, high = (None if bound is None else bound * factor for bound in cell.range)
    return replace(cell, number=round(cell.number * factor, 6), low=low, high=high)
