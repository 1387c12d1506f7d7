"""Infection of the surgical site: the risk index of an operation, and the rates of a surgeon adjusted by it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from yizheng.systems.infection.rates import PERCENT, ratio

WOUND_POINTS: Mapping[str, int] = {"I": 0, "II": 0, "III": 1, "IV": 1}
"""Points of a wound's class: contaminated and dirty wounds count."""
ASA_POINTS: Mapping[int, int | None] = {1: 0, 2: 0, 3: 1, 4: 1, 5: 1, 6: None}
"""Points of the patient's state; donors (6) are left out."""


@dataclass(frozen=True, slots=True)
class Operation:
    """What the index weighs; what is not known is nothing."""

    minutes: float | None
    p75_minutes: float | None
    wound: str
    asa: int | None

    @property
    def points(self) -> tuple[int | None, int | None, int | None]:
        """The points for duration (longer than the 75th percentile, strictly), wound and state."""
        unknown = self.minutes is None or self.p75_minutes is None
        duration = None if unknown else int((self.minutes or 0) > (self.p75_minutes or 0))
        return duration, WOUND_POINTS.get(self.wound), None if self.asa is None else ASA_POINTS[self.asa]

    @property
    def index(self) -> int | None:
        """The NNIS risk index, 0 to 3; nothing when a point is not known."""
        known = [each for each in self.points if each is not None]
        return sum(known) if len(known) == len(self.points) else None


class Adjustment(StrEnum):
    """Whether a surgeon's rate can be adjusted, and why not."""

    OK = "ok"
    NO_OPERATIONS = "no_operations"
    MEAN_INDEX_ZERO = "mean_index_zero"


@dataclass
class Surgeon:
    """A surgeon's operations and infections by risk index."""

    operations: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    infections: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    expected: float = 0.0

    @property
    def total(self) -> int:
        """All operations."""
        return sum(self.operations.values())

    @property
    def infected(self) -> int:
        """All infections of the site."""
        return sum(self.infections.values())

    @property
    def rate(self) -> float | None:
        """Infections per 100 operations."""
        return ratio(self.infected, self.total, PERCENT)

    @property
    def mean_index(self) -> float | None:
        """The mean risk index of the operations."""
        return ratio(sum(index * count for index, count in self.operations.items()), self.total)

    @property
    def adjusted_rate(self) -> float | None:
        """The rate over the mean index."""
        return ratio(self.rate, self.mean_index)

    @property
    def status(self) -> Adjustment:
        """Whether the rate can be adjusted."""
        if not self.total:
            return Adjustment.NO_OPERATIONS
        return Adjustment.OK if self.mean_index else Adjustment.MEAN_INDEX_ZERO


def surgeons(rows: Iterable[tuple[str, int, int, int]]) -> Iterator[tuple[str, Surgeon]]:
    """Surgeons in the order they first appear, from rows of name, risk index, operations and infections.

    What is expected of a surgeon follows from the rate at each index among all of them, this one included.
    """
    found: dict[str, Surgeon] = {}
    everybody = Surgeon()
    for name, index, operations, infections in rows:
        for each in (found.setdefault(name, Surgeon()), everybody):
            each.operations[index] += operations
            each.infections[index] += infections
    for name, surgeon in found.items():
        surgeon.expected = sum(
            count * (ratio(everybody.infections[index], everybody.operations[index]) or 0.0)
            for index, count in surgeon.operations.items()
        )
        yield name, surgeon
