"""专科疾病统计: how many have a finding among those examined for it, year by year, with all denominators and Wilson's interval."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from yizheng.kernel.statistics.intervals import two_sided_quantile, wilson
from yizheng.kernel.statistics.repeated import Measured, NotFitted, estimating
from yizheng.kernel.statistics.trends import normal_two_sided
from yizheng.systems.sequelae.analyses.dataset import Dataset, Subject

CONFIDENCE = 0.95
SMALL = 5
"""Counts below are not shown: so few people can be recognised."""
Values = Mapping[str, float]
FEW_CLUSTERS = 40
"""Below so many persons the errors of estimating equations are corrected."""
DECADE = 10
PER_HIP = {"onfh": "necrosis_vol", "collapse": "collapse"}
"""Findings of a hip, and the item of each side that is above nought where it is found."""


@dataclass(frozen=True, slots=True)
class Disease:
    """A finding: its title, the items it is read from, and whether a year's values show it; None where she was not examined for it."""

    title: str
    items: tuple[str, ...]
    found: Callable[[Values], bool | None]
    least_age: int = 0


def _any_of(items: tuple[str, ...], beyond: Callable[[float], bool]) -> Callable[[Values], bool | None]:
    def found(values: Values) -> bool | None:
        known = [values[item] for item in items if item in values]
        return any(map(beyond, known)) if known else None

    return found


def _pressure(values: Values) -> bool | None:
    if "sbp" not in values or "dbp" not in values:
        return None
    return values["sbp"] >= 140 or values["dbp"] >= 90


_HIPS = ("necrosis_vol_l", "necrosis_vol_r")


def _necrosis(values: Values) -> bool | None:
    """A hip without necrosis has no volume; that the hips were looked at is told by the Harris score of the year."""
    if not values.keys() & {"hhs_l", "hhs_r", *_HIPS}:
        return None
    return any(values.get(item, 0) > 0 for item in _HIPS)


def _collapse(values: Values) -> bool | None:
    known = _necrosis(values)
    return None if known is None else any(values.get(item, 0) > 0 for item in ("collapse_l", "collapse_r"))


DISEASES = {
    "onfh": Disease("股骨头坏死", (*_HIPS, "hhs_l", "hhs_r"), _necrosis),
    "collapse": Disease("股骨头塌陷", (*_HIPS, "hhs_l", "hhs_r", "collapse_l", "collapse_r"), _collapse),
    "osteoporosis": Disease("骨质疏松（T ≤ −2.5）", ("t_l14", "t_fn", "t_hip"),
    _any_of(("t_l14", "t_fn", "t_hip"), lambda t: t <= -2.5), 50),
    "hypertension": Disease("血压升高（≥ 140/90）", ("sbp", "dbp"), _pressure),
    "diabetes": Disease("空腹血糖 ≥ 7.0", ("glu",), _any_of(("glu",), lambda value: value >= 7.0)),
}  # fmt: skip


def by_year(data: Dataset, disease: Disease) -> list[dict[str, Any]]:
    """One line a round: registered and alive, invited, attended, examined, with the finding, and how many in a hundred."""
    return [_line(year, data.subjects, disease) for year in data.rounds]


def _line(year: int, subjects: Sequence[Subject], disease: Disease) -> dict[str, Any]:
    alive = [each for each in subjects if each.ended >= year]
    examined, found = counted(alive, disease, year)
    line: dict[str, Any] = {
        "year": year, "alive": len(alive), "invited": sum(year in each.invited for each in alive),
        "attended": sum(year in each.attended for each in alive), "examined": examined,
    }  # fmt: skip
    if not examined:
        return line
    hidden = 0 < found < SMALL or 0 < examined - found < SMALL
    low, high = wilson(found, examined, CONFIDENCE)
    shown = {"share": round(100 * found / examined, 1), "low": round(100 * low, 1), "high": round(100 * high, 1)}
    return line | ({"hidden": True} if hidden else {"found": found, **shown})


def counted(subjects: Sequence[Subject], disease: Disease, year: int) -> tuple[int, int]:
    """How many were examined for a finding in a year, and how many have it."""
    asked = [
        disease.found(each.values[year])
        for each in subjects
        if year in each.values and each.age(year) >= disease.least_age
    ]
    known = [each for each in asked if each is not None]
    return len(known), sum(known)


def course(data: Dataset, disease: Disease) -> dict[str, Any] | None:
    """The odds ratios of ten further years and of a man by estimating equations; persons are clusters, since they come every year."""
    outcome, terms, whose = [], [], []
    for each in data.subjects:
        for year, values in each.values.items():
            found = disease.found(values) if each.age(year) >= disease.least_age else None
            if found is not None:
                outcome.append(float(found))
                terms.append([(year - data.rounds[0]) / DECADE, float(each.sex == "male")])
                whose.append(str(each.number))
    told = _odds(outcome, terms, ("decade", "male"), whose)
    return None if told is None else told | {"rows": len(outcome), "people": len(set(whose))}


def _odds(
    outcome: list[float], terms: list[list[float]], names: tuple[str, ...], whose: list[str]
) -> dict[str, Any] | None:
    people = len(set(whose))
    if not SMALL <= sum(outcome) <= len(outcome) - SMALL:
        return None
    measured = Measured(np.array(outcome), np.array(terms).reshape(len(outcome), len(names)), names, whose)
    try:
        estimates = estimating(measured, binomial=True, corrected=people < FEW_CLUSTERS)
    except NotFitted:
        return None
    reach = two_sided_quantile(CONFIDENCE)
    lines = [
        {
            "term": name, "ratio": round(math.exp(value), 2), "low": round(math.exp(value - reach * error), 2),
            "high": round(math.exp(value + reach * error), 2), "p": round(normal_two_sided(value / error), 4),
        }
        for name, value, error in estimates
        if error and name in names
    ]  # fmt: skip
    return {"lines": lines, "correlation": round(estimates[-1][1], 3), "corrected": people < FEW_CLUSTERS}


def by_hip(data: Dataset, code: str) -> dict[str, Any] | None:
    """Of the last round that most have come to: the share of hips, persons being clusters; artificial hips are in no denominator."""
    if code not in PER_HIP:
        return None
    year, outcome, whose = data.last_attended, [], []
    for each in data.subjects:
        values = each.values.get(year, {})
        for side in "lr":
            if each.replaced.get(side, year + 1) > year and DISEASES[code].found(values) is not None:
                outcome.append(float(values.get(f"{PER_HIP[code]}_{side}", 0) > 0))
                whose.append(str(each.number))
    found = int(sum(outcome))
    line: dict[str, Any] = {"year": year, "hips": len(outcome), "people": len(set(whose))}
    if not SMALL <= found <= len(outcome) - SMALL:
        return line | {"hidden": True} if 0 < found < SMALL else line | {"found": found}
    low, high = (round(100 * each, 1) for each in _clustered(outcome, whose))
    return line | {"found": found, "share": round(100 * found / len(outcome), 1), "low": low, "high": high}


def _clustered(outcome: Sequence[float], whose: Sequence[str]) -> tuple[float, float]:
    """The interval of a share whose units come in clusters: the ratio estimate's robust variance, on the scale of the log odds."""
    share, people = sum(outcome) / len(outcome), len(set(whose))
    apart: dict[str, float] = {}
    for person, found in zip(whose, outcome, strict=True):
        apart[person] = apart.get(person, 0.0) + found - share
    variance = sum(each**2 for each in apart.values()) / len(outcome) ** 2 * people / (people - 1)
    middle, reach = (
        math.log(share / (1 - share)),
        two_sided_quantile(CONFIDENCE) * math.sqrt(variance) / (share * (1 - share)),
    )
    return 1 / (1 + math.exp(reach - middle)), 1 / (1 + math.exp(-reach - middle))
