"""与健康对照匹配比较: each person with up to four examinees of the same centre and year, of her sex and within two years of her age.

Health workers are matched with health workers where the file has them. Balance is told by standardised differences; matched data get
matched answers, and all findings and values are adjusted together (Benjamini and Hochberg).
"""

from collections.abc import Sequence
from statistics import fmean
from typing import Any

from yizheng.kernel.statistics.matching import (
    Effect,
    Unit,
    conditional_odds,
    nearest,
    standardised_difference,
    within_sets,
)
from yizheng.kernel.statistics.several import benjamini_hochberg
from yizheng.systems.sequelae.analyses.dataset import Control, Dataset, Subject
from yizheng.systems.sequelae.analyses.diseases import CONFIDENCE, DISEASES, SMALL
from yizheng.systems.sequelae.examinations.fields import fields

REACH, MOST = 2, 4
GOOD = 0.1
"""A standardised difference below is a good balance."""
FINDINGS = ("osteoporosis", "hypertension", "diabetes")
VALUES = ("bmi", "sbp", "glu", "tc", "crea", "fvc", "fev1", "dlco", "t_l14")
ITEMS = tuple(dict.fromkeys([*VALUES, *(item for code in FINDINGS for item in DISEASES[code].items)]))
Pair = tuple[Subject, list[Control]]


def figures(data: Dataset) -> dict[str, Any]:
    """The matched sets, their balance, and what differs."""
    year = data.last_attended
    came = [each for each in data.subjects if each.values.get(year)]
    strict = any(each.health_worker for each in data.controls)
    cases = [Unit(_stratum(each.sex, each.infected == "on_duty", strict), each.age(year)) for each in came]
    pool = [Unit(_stratum(each.sex, each.health_worker, strict), each.age) for each in data.controls]
    chosen = nearest(cases, pool, reach=REACH, most=MOST)
    pairs = [(each, [data.controls[at] for at in mine]) for each, mine in zip(came, chosen, strict=True) if mine]
    told: dict[str, Any] = {
        "year": year, "came": len(came), "matched": len(pairs), "pool": len(data.controls),
        "controls": sum(len(mine) for _, mine in pairs),
    }  # fmt: skip
    if len(pairs) < SMALL:
        return told | {"balance": [], "findings": [], "values": []}
    lines = [*_findings(pairs, year), *_values(pairs, year)]
    tested = [each for each in lines if "p" in each]
    for line, adjusted in zip(tested, benjamini_hochberg([each["p"] for each in tested]), strict=True):
        line["adjusted"] = round(adjusted, 4)
        line["p"] = round(line["p"], 4)
    return told | {
        "balance": _balance(came, data.controls, pairs, year), "tests": len(tested),
        "findings": [each for each in lines if "share" in each or "hidden" in each],
        "values": [each for each in lines if "mean" in each],
    }  # fmt: skip


def _stratum(sex: str, health_worker: bool, strict: bool) -> str:
    return f"{sex}:{health_worker}" if strict else sex


def _balance(
    came: Sequence[Subject], pool: Sequence[Control], pairs: Sequence[Pair], year: int
) -> list[dict[str, Any]]:
    """Before and after matching, each control weighed once."""
    after = [each for each, _ in pairs]
    matched = [control for _, mine in pairs for control in mine]
    lines = []
    for title, of_case, of_control in (
        ("年龄", lambda each: float(each.age(year)), lambda each: float(each.age)),
        ("男性", lambda each: float(each.sex == "male"), lambda each: float(each.sex == "male")),
        ("医务人员", lambda each: float(each.infected == "on_duty"), lambda each: float(each.health_worker)),
    ):
        before = standardised_difference([*map(of_case, came)], [*map(of_control, pool)])
        now = standardised_difference([*map(of_case, after)], [*map(of_control, matched)])
        lines.append({
            "title": title, "cases": round(fmean(map(of_case, after)), 2), "controls": round(fmean(map(of_control, matched)), 2),
            "before": None if before is None else round(before, 2), "after": None if now is None else round(now, 2),
        })  # fmt: skip
    return lines


def _findings(pairs: Sequence[Pair], year: int) -> list[dict[str, Any]]:
    lines = []
    for code in FINDINGS:
        disease = DISEASES[code]
        sets = []
        for each, mine in pairs:
            case = disease.found(each.values[year]) if each.age(year) >= disease.least_age else None
            others = [found for control in mine if (found := disease.found(control.values)) is not None]
            if case is not None and others:
                sets.append((case, others))
        cases, others = sum(case for case, _ in sets), [found for _, mine in sets for found in mine]
        line: dict[str, Any] = {"title": disease.title, "sets": len(sets)}
        if 0 < cases < SMALL or 0 < sum(others) < SMALL:
            lines.append(line | {"hidden": True})
        elif sets:
            line |= {
                "share": round(100 * cases / len(sets), 1),
                "share_controls": round(100 * sum(others) / len(others), 1),
            }
            lines.append(line | _effect(conditional_odds(sets, CONFIDENCE), 2))
    return lines


def _values(pairs: Sequence[Pair], year: int) -> list[dict[str, Any]]:
    lines = []
    for code in VALUES:
        sets = [
            (each.values[year][code], [control.values[code] for control in mine if code in control.values])
            for each, mine in pairs
            if code in each.values[year]
        ]
        told = [each for each in sets if each[1]]
        if len(told) < SMALL:
            continue
        cases, others = [case for case, _ in told], [value for _, mine in told for value in mine]
        size = standardised_difference(cases, others)
        line = {
            "title": fields()[code].title, "unit": fields()[code].unit, "sets": len(told), "mean": round(fmean(cases), 2),
            "mean_controls": round(fmean(others), 2), "size": None if size is None else round(size, 2),
        }  # fmt: skip
        lines.append(line | _effect(within_sets(told, CONFIDENCE), 3))
    return lines


def _effect(effect: Effect | None, digits: int) -> dict[str, Any]:
    if effect is None:
        return {}
    return {name: round(getattr(effect, name), digits) for name in ("value", "low", "high")} | {"p": effect.p}
