"""Reference equations of lung function and their interpretation.

All equations have the LMS form: a median M, a spread S and a skewness L from sex, age in years, height in cm and, where there
is one, a group; z = ((measured ÷ M)^L − 1) ÷ (L·S). Sources: GLI 2012, 2017 (corrected 2020), 2021 and 2022; Jian 2017 for
Chinese. Splines are linear in age between the ages of their tables.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from yizheng.systems.sequelae.tables import rows

LIMIT = 1.645
"""Standard deviations between the median and the limits of normal."""
GROUPS = ("caucasian", "african_american", "north_east_asian", "south_east_asian", "other")
"""Groups of GLI 2012; the first has no term of its own."""
GROUPED = "GLI-2012"
SPLINE_OF = {"DLCO": "TLCO", "KCO_traditional": "KCO"}
"""Measures in traditional units share the splines of those in SI units."""
Key = tuple[str, str, str]


@cache
def _terms() -> dict[Key, dict[str, dict[str, float]]]:
    found: dict[Key, dict[str, dict[str, float]]] = {}
    for row in rows("lungs/coefficients"):
        parameters = found.setdefault((row["equation"], row["sex"], row["measure"]), {})
        parameters.setdefault(row["parameter"], {})[row["term"]] = float(row["value"])
    return found


@cache
def _splines() -> dict[Key, tuple[list[float], dict[str, list[float]]]]:
    found: dict[Key, tuple[list[float], dict[str, list[float]]]] = {}
    for row in rows("lungs/splines"):
        key = (row["equation"], row["sex"], row["measure"])
        ages, values = found.setdefault(key, ([], {"L": [], "M": [], "S": []}))
        ages.append(float(row["age"]))
        for parameter, of_age in values.items():
            of_age.append(float(row[parameter] or 0))
    return found


def equations() -> tuple[str, ...]:
    """The equations there are."""
    return tuple(dict.fromkeys(equation for equation, _, _ in _terms()))


def measures(equation: str) -> tuple[str, ...]:
    """What an equation predicts."""
    return tuple(dict.fromkeys(measure for of, _, measure in _terms() if of == equation))


@dataclass(frozen=True, slots=True)
class Reference:
    """The distribution of a measure among healthy people like this one."""

    median: float
    skewness: float
    spread: float

    def at(self, z: float) -> float:
        """The value so many standard deviations from the median."""
        return float(self.median * (1 + z * self.skewness * self.spread) ** (1 / self.skewness))

    def z(self, measured: float) -> float:
        """How many standard deviations a value lies from the median."""
        return float(((measured / self.median) ** self.skewness - 1) / (self.skewness * self.spread))


def reference(equation: str, sex: str, measure: str, age: float, height: float, group: str = "") -> Reference | None:
    """The reference of a person; nothing outside the ages of the equation's table."""
    splines = _spline_at(equation, sex, measure, age)
    if splines is None:
        return None
    known = {
        "const": 1.0, "age": age, "height": height, "ln_age": math.log(age), "ln_height": math.log(height), group: 1.0,
    }  # fmt: skip
    sums = {
        parameter: sum(value * known.get(term, 0.0) for term, value in terms.items()) + splines[parameter]
        for parameter, terms in _terms()[equation, sex, measure].items()
    }
    return Reference(math.exp(sums["M"]), sums["L"], math.exp(sums["S"]))


def _spline_at(equation: str, sex: str, measure: str, age: float) -> dict[str, float] | None:
    found = _splines().get((equation, sex, SPLINE_OF.get(measure, measure)))
    ages, values = found or (_ages_of(equation), None)
    if not ages[0] <= age <= ages[-1]:
        return None
    if values is None:
        return dict.fromkeys("LMS", 0.0)
    place = min(bisect_right(ages, age), len(ages) - 1)
    share = (age - ages[place - 1]) / (ages[place] - ages[place - 1])
    return {name: of_age[place - 1] + share * (of_age[place] - of_age[place - 1]) for name, of_age in values.items()}


def _ages_of(equation: str) -> list[float]:
    return next(ages for (of, _, _), (ages, _) in _splines().items() if of == equation)


def _low(z: float | None) -> bool:
    return z is not None and z < -LIMIT


def pattern(fev1: float, fvc: float, ratio: float, tlc: float | None) -> str:
    """The pattern of ventilation from z scores (ERS/ATS 2022); without the total capacity some stay open."""
    if _low(ratio):
        if not _low(fvc):
            return "obstruction"
        return "obstruction_low_fvc" if tlc is None else "mixed" if _low(tlc) else "air_trapping"
    if _low(fvc):
        return "possible_restriction" if tlc is None else "restriction" if _low(tlc) else "non_specific"
    return "non_specific" if _low(fev1) else "normal"


SEVERITIES = ((-LIMIT, "normal"), (-2.5, "mild"), (-4.0, "moderate"))


def severity(z: float) -> str:
    """How severe a deviation is; a value on the border is the milder."""
    return next((name for least, name in SEVERITIES if z >= least), "severe")


WALK_BELOW = {"male": 153.0, "female": 139.0}
"""Metres between what is predicted and the lower limit of normal (Enright and Sherrill 1998)."""


def six_minute_walk(sex: str, age: float, height: float, weight: float) -> float:
    """The metres predicted for six minutes (Enright and Sherrill 1998); height in cm, weight in kg."""
    if sex == "male":
        return 7.57 * height - 5.02 * age - 1.76 * weight - 309
    return 2.11 * height - 2.29 * weight - 5.78 * age + 667
