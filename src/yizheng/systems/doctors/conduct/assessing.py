"""The cycles of assessment as the city announced them, and a doctor's record within one (医师法 第四十二条)."""

from dataclasses import dataclass
from datetime import date, timedelta

from yizheng.licensing.rules import value
from yizheng.systems.doctors.clocks.numbers import ANCHOR, CYCLE_YEARS, FORMER_CYCLE_YEARS
from yizheng.systems.doctors.models import PeriodicAssessment
from yizheng.systems.doctors.register import DOCTORS
from yizheng.systems.practitioners.models import ConductRecord, PenaltyRecord
from yizheng.systems.practitioners.models.conduct import BAD, GOOD

OFFERED = 3
"""How many cycles a form offers: the running one and those before it."""


@dataclass(frozen=True, slots=True)
class Cycle:
    """One cycle, named by its first and last year."""

    first: int
    last: int

    @property
    def code(self) -> str:
        """2023—2025."""
        return f"{self.first}—{self.last}"

    @property
    def begins(self) -> date:
        """Its first day."""
        return date(self.first, 1, 1)

    @property
    def ends(self) -> date:
        """Its last day."""
        return date(self.last, 12, 31)


def cycle_of(on: date) -> Cycle:
    """The cycle a day lies in; before the first one under 医师法 第四十二条 they were of two years."""
    anchor = value(ANCHOR.code, on)
    years = FORMER_CYCLE_YEARS if on.year < anchor else value(CYCLE_YEARS.code, on)
    first = anchor + (on.year - anchor) // years * years
    return Cycle(first, first + years - 1)


def end_of_cycles(begins: date, count: int) -> date:
    """The last day of the ``count``-th cycle, the first being the one that begins on the day."""
    ends = cycle_of(begins).ends
    return ends if count <= 1 else end_of_cycles(ends + timedelta(days=1), count - 1)


def cycles(on: date) -> list[Cycle]:
    """The cycle of the day and those before it, the newest first."""
    found = [cycle_of(on)]
    while len(found) < OFFERED:
        found.append(cycle_of(date(found[-1].first - 1, 12, 31)))
    return found


def cycle_called(code: str, on: date) -> Cycle | None:
    """The cycle of this name among those offered on the day."""
    return next((each for each in cycles(on) if each.code == code), None)


def last_of(subject_id: int, on: date) -> PeriodicAssessment | None:
    """The last result of the person known on the day; call it as the system."""
    mine = PeriodicAssessment.objects.as_of(on).filter(subject_id=subject_id)
    return mine.order_by("-valid_from").first()


def results_of(subject_id: int, cycle: Cycle, on: date) -> list[PeriodicAssessment]:
    """What was entered of the cycle by the day, the oldest first; call it as the system."""
    found = PeriodicAssessment.objects.as_of(on).filter(subject_id=subject_id, cycle=cycle.code)
    return list(found.order_by("valid_from"))


def conduct_within(subject_id: int, cycle: Cycle | None, on: date) -> tuple[int, int]:
    """How many good and how many bad records, penalties among them, lie in the cycle; call it as the system."""
    if cycle is None:
        return 0, 0
    within = {
        "subject_id": subject_id,
        "of_register": DOCTORS.code,
        "valid_from__gte": cycle.begins,
        "valid_from__lte": min(on, cycle.ends),
    }
    records = list(ConductRecord.objects.as_of(on).filter(**within).values_list("kind", flat=True))
    penalties = PenaltyRecord.objects.as_of(on).filter(**within).count()
    return records.count(GOOD), records.count(BAD) + penalties
