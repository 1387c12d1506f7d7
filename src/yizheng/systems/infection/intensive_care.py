"""Intensive care: the month of a unit with the severity of its patients, devices, and what belongs to the unit."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from yizheng.systems.infection.rates import PER_MILLE, PERCENT, ratio

DEVICES = ("central_line", "urinary_catheter", "ventilator")
SEVERITY = {f"severity_{score}": score for score in range(1, 6)}
"""Patients rated in each class, and the score of the class."""
MONTH_ITEMS = frozenset({
    "patients_at_risk", "infected_patients", "infection_episodes", "patient_days", *SEVERITY,
    *(f"{device}_{what}" for device in DEVICES for what in ("days", "infections")),
})  # fmt: skip
LEAST_SEVERITY, MOST_SEVERITY = 1, 5


def month(items: Mapping[str, float]) -> Iterator[tuple[str, float | None]]:
    """The indicators of a unit's month in their order.

    The average severity (ASIS) is pooled over all rounds of the month; it is not the mean of the weekly means.
    """
    rated = {item: count for item, count in items.items() if item in SEVERITY}
    score = sum(SEVERITY[item] * count for item, count in rated.items()) if rated else None
    patients = sum(rated.values()) if rated else None
    severity = ratio(score, patients)
    yield from (("asis_total", score), ("asis_patients", patients), ("asis", severity))
    get, days = items.get, items.get("patient_days")
    rates = {
        "incidence": ratio(get("infected_patients"), get("patients_at_risk"), PERCENT),
        "episode_incidence": ratio(get("infection_episodes"), get("patients_at_risk"), PERCENT),
        "day_rate": ratio(get("infected_patients"), days, PER_MILLE),
        "episode_day_rate": ratio(get("infection_episodes"), days, PER_MILLE),
    }
    yield from rates.items()
    for name, rate in rates.items():
        yield f"adjusted_{name}", ratio(rate, severity)
    for device in DEVICES:
        used = get(f"{device}_days")
        yield f"{device}_rate", ratio(get(f"{device}_infections"), used, PER_MILLE)
        yield f"{device}_utilisation", ratio(used, days, PERCENT)
    used_days = [items[f"{device}_days"] for device in DEVICES if f"{device}_days" in items]
    yield "device_utilisation", ratio(sum(used_days), days, PERCENT) if len(used_days) == len(DEVICES) else None


def belongs(
    entered: datetime, left: datetime | None, onset: datetime, after_entry: float, after_leaving: float
) -> bool:
    """Whether an infection belongs to the unit: begun more than so many hours after entry, at most so many after leaving."""
    if onset - entered <= timedelta(hours=after_entry):
        return False
    return left is None or onset - left <= timedelta(hours=after_leaving)


def device_associated(
    inserted: datetime | None, removed: datetime | None, onset: datetime, minimum_use: float, after_removal: float
) -> bool:
    """Whether an infection goes with a device: used for more than so many hours, and begun at most so many after its removal."""
    if inserted is None or inserted > onset:
        return False
    used = (onset if removed is None else min(removed, onset)) - inserted
    if used <= timedelta(hours=minimum_use):
        return False
    return removed is None or onset - removed <= timedelta(hours=after_removal)


@dataclass(frozen=True, slots=True)
class Stay:
    """A patient's days in the unit with one line; what is still going on has no end."""

    patient: str
    entered: date
    left: date | None
    line_in: date | None
    line_out: date | None

    @property
    def days(self) -> tuple[date, ...]:
        """Every day named."""
        return tuple(day for day in (self.entered, self.left, self.line_in, self.line_out) if day)

    def present(self, day: date, *, any_part: bool) -> bool:
        """Whether the patient counts on a day: at midnight, or during any part of it."""
        return _within(day, self.entered, self.left, any_part=any_part)

    def with_line(self, day: date, *, any_part: bool) -> bool:
        """Whether the patient counts with a line on a day."""
        if self.line_in is None or not self.present(day, any_part=any_part):
            return False
        return _within(day, self.line_in, self.line_out or self.left, any_part=any_part)


def _within(day: date, first: date, last: date | None, *, any_part: bool) -> bool:
    return first <= day and (last is None or day < last or (any_part and day == last))


DAY_COUNTS = {
    "patients_midnight": (Stay.present, False),
    "device_patients_midnight": (Stay.with_line, False),
    "patients_any_part": (Stay.present, True),
    "device_patients_any_part": (Stay.with_line, True),
}
"""Patients and patients with a line, at midnight and during any part of a day; one patient counts once."""


def device_days(stays: Sequence[Stay]) -> Iterator[tuple[date, dict[str, int]]]:
    """The counts of every calendar day from the first to the last day named."""
    named = [day for stay in stays for day in stay.days]
    for number in range((max(named) - min(named)).days + 1):
        day = min(named) + timedelta(days=number)
        yield (
            day,
            {
                name: len({stay.patient for stay in stays if counts(stay, day, any_part=any_part)})
                for name, (counts, any_part) in DAY_COUNTS.items()
            },
        )
