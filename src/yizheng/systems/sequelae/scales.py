"""Psychological scales: scored as published, and not at all when an answer is missing.

Answers are whole numbers in the order of the items. A declared self-harm answer raises an alert whatever the total.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from yizheng.systems.sequelae.tables import rows

Answers = Sequence[int | None]
STANDARD_FACTOR = 1.25
"""Raw totals of SAS and SDS become standard scores by this, cut to the whole number."""
SYMPTOM = 2
"""From this answer on a symptom of PCL-5 is present, an answer of SCL-90 positive."""
NEEDED = {"B": 1, "C": 1, "D": 2, "E": 2}
"""Symptoms a provisional diagnosis by PCL-5 needs in each cluster."""
SELF_HARM = {"PHQ-9": 9}


@dataclass(frozen=True, slots=True)
class Part:
    """A scale's part: its items from 1, those that count the other way round, and the range of answers."""

    name: str
    title: str
    items: tuple[int, ...]
    turned: frozenset[int]
    least: int
    most: int

    def total(self, answers: Answers) -> int:
        """The sum, every answer being there."""
        return sum(self._counted(answers, item) for item in self.items)

    def _counted(self, answers: Answers, item: int) -> int:
        answer = answers[item - 1]
        assert answer is not None, "incomplete answers are not scored"
        return self.least + self.most - answer if item in self.turned else answer


@cache
def parts(scale: str) -> tuple[Part, ...]:
    """The parts of a scale whose items are numbered through."""
    return tuple(
        Part(
            row["part"],
            row["name"],
            _numbers(row["items"]),
            frozenset(_numbers(row["reversed"])),
            int(row["least"]),
            int(row["most"]),
        )
        for row in rows("scales")
        if row["scale"] == scale
    )


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(map(int, text.split()))


def length(scale: str) -> int:
    """How many items a scale has."""
    return max(item for part in parts(scale) for item in part.items)


SELF_RATED = ("PHQ-9", "GAD-7", "PCL-5", "IES-R", "SAS", "SDS")
"""The scales scored alike: a total, a grade, and clusters where there are some."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one questionnaire; what a scale does not have is nothing."""

    total: int
    standard: int | None
    grade: str
    alert: bool | None
    rule_met: bool | None
    clusters: Mapping[str, int]


def score(scale: str, answers: Answers, cut: float) -> Scored | None:
    """The scores of a self-rated scale; nothing when an answer is missing."""
    if None in answers:
        return None
    clusters = {part.name: part.total(answers) for part in parts(scale)}
    total = sum(clusters.values())
    standard = math.floor(total * STANDARD_FACTOR) if scale in ("SAS", "SDS") else None
    graded = any(row["scale"] == scale for row in rows("grades"))
    return Scored(
        total=total,
        standard=standard,
        grade=grade(scale, total if standard is None else standard) if graded else _side(total, cut),
        alert=(answers[SELF_HARM[scale] - 1] or 0) > 0 if scale in SELF_HARM else None,
        rule_met=_provisional(answers) if scale == "PCL-5" else None,
        clusters={} if len(clusters) == 1 else clusters,
    )


def grade(scale: str, value: int) -> str:
    """What a value of a scale is called."""
    return [row["grade"] for row in rows("grades") if row["scale"] == scale and int(row["low"]) <= value][-1]


def _side(total: int, cut: float) -> str:
    return "above" if total >= cut else "below"


def _provisional(answers: Answers) -> bool:
    present = {part.name: sum((answers[item - 1] or 0) >= SYMPTOM for item in part.items) for part in parts("PCL-5")}
    return all(present[name] >= count for name, count in NEEDED.items())


SCL90_TOTAL, SCL90_POSITIVE, SCL90_FACTOR = 160, 43, 2
"""SCL-90 screens positive above the first or the second, or from the third on in any factor."""
SCL90_SELF_HARM = (15, 59)


@dataclass(frozen=True, slots=True)
class Scl90:
    """The scores of SCL-90, from answers of 1 to 5."""

    answers: tuple[int, ...]

    @property
    def total(self) -> int:
        """The sum of all answers."""
        return sum(self.answers)

    @property
    def positive(self) -> int:
        """How many items are positive."""
        return sum(answer >= SYMPTOM for answer in self.answers)

    @property
    def positive_mean(self) -> float | None:
        """The mean of the positive items."""
        negative = len(self.answers) - self.positive
        return (self.total - negative) / self.positive if self.positive else None

    @property
    def factors(self) -> dict[str, float]:
        """The mean of each factor's items."""
        return {part.name: part.total(self.answers) / len(part.items) for part in parts("SCL-90")}

    @property
    def screens_positive(self) -> bool:
        """Whether any of the three criteria is met; factors are not rounded."""
        by_count = self.total > SCL90_TOTAL or self.positive > SCL90_POSITIVE
        return by_count or any(factor >= SCL90_FACTOR for factor in self.factors.values())

    @property
    def alert(self) -> bool:
        """Whether an answer speaks of ending one's life or of death."""
        return any(self.answers[item - 1] >= SYMPTOM for item in SCL90_SELF_HARM)
