"""Rule C: infections of the surgical site after operations by one surgeon within days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

INFECTIONS, DAYS = 2, 30


@dataclass(frozen=True, slots=True)
class SiteInfection:
    """An infection of the surgical site: the day of the operation, the day it was found, whose operation, which patient."""

    operated: date
    found: date
    surgeon: str
    patient: str


@dataclass(frozen=True, slots=True)
class AfterOneSurgeon:
    """What raised the alarm of a surgeon."""

    surgeon: str
    day: date
    explained: dict[str, Any]


def after_one_surgeon(
    infections: Iterable[SiteInfection], known: Collection[str], tonight: date, judged: Collection[str] = ()
) -> Iterator[AfterOneSurgeon]:
    """Each surgeon with so many infected patients whose operations lie within so many days; judged ones alone are not new."""
    by_surgeon: defaultdict[str, list[SiteInfection]] = defaultdict(list)
    for each in infections:
        if each.surgeon and each.patient not in known and each.found <= tonight:
            by_surgeon[each.surgeon].append(each)
    for surgeon, operated in by_surgeon.items():
        near = _near(operated)
        if not {each.patient for each in near} <= set(judged):
            yield AfterOneSurgeon(surgeon, max(each.found for each in near), _explained(near))


def _near(operated: Sequence[SiteInfection]) -> list[SiteInfection]:
    """The infections in any window of operations that holds enough patients."""
    inside = set()
    for end in operated:
        window = {each for each in operated if 0 <= (end.operated - each.operated).days < DAYS}
        if len({each.patient for each in window}) >= INFECTIONS:
            inside |= window
    return sorted(inside, key=lambda each: (each.operated, each.patient))


def _explained(near: list[SiteInfection]) -> dict[str, Any]:
    patients = sorted({each.patient for each in near})
    operations = sorted((each.operated.isoformat(), each.found.isoformat()) for each in near)
    return {"scale": "surgeon", "who": patients, "patients": len(patients), "operations": operations, "excluded": 0}
