"""Resistance and use of antimicrobials."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.codes import table

SCREENING = "SCR"
"""The specimen of active screening: colonisation, not illness."""
_COUNTED = {"R": ("R",), "RI": ("R", "I")}


@dataclass(frozen=True, slots=True)
class Tested:
    """An isolate tested against a drug."""

    patient: str
    day: date
    specimen: str
    organism: str
    drug: str
    result: str


@dataclass(frozen=True, slots=True)
class Question:
    """Which resistance is asked for, and how isolates are counted."""

    name: str
    organism: str
    drug: str
    first_isolate: bool = True
    include_screening: bool = False
    count: str = "R"

    def answer(self, isolates: Iterable[Tested]) -> tuple[int, int]:
        """How many are resistant, of how many tested."""
        counted = [
            each
            for each in isolates
            if (each.organism, each.drug) == (self.organism, self.drug)
            and each.result
            and (self.include_screening or each.specimen != SCREENING)
        ]
        if self.first_isolate:
            first: dict[str, Tested] = {}
            for each in sorted(counted, key=lambda each: each.day):
                first.setdefault(each.patient, each)
            counted = list(first.values())
        return sum(each.result in _COUNTED[self.count] for each in counted), len(counted)


def daily_doses() -> Mapping[tuple[str, str], float]:
    """Defined daily doses in grams by ATC code and route (O by mouth, P by injection)."""
    rows = [each.attributes for each in table("antimicrobial_dose").items()]
    return {(row["atc"], row["route"]): float(row["ddd"]) for row in rows if row["unit"] == "g"}


def use_density(doses: Sequence[float], patient_days: float) -> float | None:
    """Defined daily doses per 100 patient days (AUD)."""
    return 100 * sum(doses) / patient_days if patient_days else None
