"""至事件时间: how long until a head collapses or a hip is replaced; who dies before has a competing event.

A collapse is seen at a round and happened between it and the round before, so its time is the middle of the two. A hip is a unit and
both hips of a person are counted; the note says so. Time begins in 2003, when the glucocorticoids were given.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from yizheng.kernel.statistics.survival import CENSORED, COMPETING, EVENT, Spell, Step, aalen_johansen, kaplan_meier
from yizheng.systems.sequelae.analyses.dataset import FOREVER, Dataset, Subject
from yizheng.systems.sequelae.analyses.diseases import CONFIDENCE, SMALL

BEGAN = 2003
COLLAPSE, REPLACEMENT = "collapse", "replacement"
ITEMS = {COLLAPSE: "坏死股骨头至塌陷（每髋）", REPLACEMENT: "坏死髋至全髋置换（每髋）"}
DOSES = ("累计激素不足 3 g", "累计激素 3 g 以上")
HIGH_DOSE = 3.0
TOLD_AT = (2, 5, 10, 15, 20)
"""Years after which the estimates are printed."""


def spells(data: Dataset, item: str) -> list[tuple[Subject, Spell]]:
    """Every hip with a necrosis, and how its time ended."""
    return [
        (each, spell)
        for each in data.subjects
        for side in "lr"
        if any(values.get(f"necrosis_vol_{side}", 0) > 0 for values in each.values.values())
        and (spell := _spell(each, side, item, data.rounds[-1])) is not None
    ]


def _spell(subject: Subject, side: str, item: str, last: int) -> Spell | None:
    seen = sorted(year for year, values in subject.values.items() if f"necrosis_vol_{side}" in values)
    happened = _collapsed(subject, side, seen) if item == COLLAPSE else subject.replaced.get(side)
    if happened is not None and happened <= last:
        return Spell(max(0.5, happened - BEGAN), EVENT)
    if subject.ended != FOREVER and subject.ended <= last:
        return Spell(max(0.5, subject.ended - BEGAN), COMPETING)
    known = max((year for year in subject.values if year <= last), default=BEGAN) if item == REPLACEMENT else seen[-1]
    return Spell(known - BEGAN, CENSORED) if known > BEGAN else None


def _collapsed(subject: Subject, side: str, seen: Sequence[int]) -> float | None:
    """The middle between the last round without and the first with a collapse."""
    before = BEGAN
    for year in seen:
        if subject.values[year].get(f"collapse_{side}", 0) > 0:
            return (before + year) / 2
        before = year
    return None


def figures(data: Dataset, item: str) -> dict[str, Any]:
    """The curves of all hips, those of two doses, and the estimates after so many years."""
    found = spells(data, item)
    every = [spell for _, spell in found]
    told: dict[str, Any] = {
        "hips": len(every), "people": len({each.number for each, _ in found}),
        "events": sum(each.ended == EVENT for each in every), "competing": sum(each.ended == COMPETING for each in every),
    }  # fmt: skip
    if told["events"] < SMALL:
        return told | {"hidden": True, "lines": [], "curves": []}
    km, aj = kaplan_meier(every, CONFIDENCE), aalen_johansen(every, CONFIDENCE)
    return told | {
        "lines": [_line(years, every, km, aj) for years in TOLD_AT if any(each.time >= years for each in every)],
        "curves": [["累积发生率（Aalen–Johansen）", _curve(aj)], *_by_dose(found)],
        "free": _curve(km),
    }


def _by_dose(found: Sequence[tuple[Subject, Spell]]) -> Iterator[list[Any]]:
    for high, title in enumerate(DOSES):
        mine = [spell for each, spell in found if (each.dose >= HIGH_DOSE) is bool(high)]
        if sum(each.ended == EVENT for each in mine) >= SMALL:
            yield [title, _curve(aalen_johansen(mine, CONFIDENCE))]


def _curve(steps: Sequence[Step]) -> list[list[float]]:
    return [
        [each.time, round(100 * each.share, 1), round(100 * each.low, 1), round(100 * each.high, 1)] for each in steps
    ]


def _line(years: int, every: Sequence[Spell], km: Sequence[Step], aj: Sequence[Step]) -> dict[str, Any]:
    line: dict[str, Any] = {"years": years, "at_risk": sum(each.time >= years for each in every)}
    for name, steps in (("km", km), ("aj", aj)):
        last = [each for each in steps if each.time <= years]
        if last:
            line[name] = [round(100 * each, 1) for each in (last[-1].share, last[-1].low, last[-1].high)]
    return line
