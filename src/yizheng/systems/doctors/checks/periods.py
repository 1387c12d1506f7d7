"""The numbers the rules reckon with, and when a period of years that bars or permits something has run out.

The texts say 不满二年 and do not say whether the anniversary itself is still inside. Until the authority rules
otherwise it counts as inside; that reading and the other numbers are dated parameters (see ``doctors.rules``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from yizheng.kernel.calendar import add_years


@dataclass(frozen=True, slots=True)
class Periods:
    """The parameters of the rules as they stand on the day asked about."""

    anniversary_inside: bool = True
    """Whether the anniversary day itself still belongs to the period."""
    idle_years: int = 2
    training_months: int = 6
    leave_years: int = 2
    grassroots_scopes: int = 3
    other_scopes: int = 2
    """How many scopes may be held elsewhere once some were added."""
    scope_training_months: int = 24
    individual_years: int = 5
    interruption_years: int = 2
    return_training_months: int = 6
    physical_check_months: int = 6
    number_restored: bool = True
    number_by_category: bool = False
    bar_years: Mapping[str, int] = field(default_factory=dict)
    """Years a ground stands, where they differ from the table of grounds."""

    def years_of(self, ground: str, by_table: int) -> int:
        """How many years a ground stands after the day it counts from."""
        return self.bar_years.get(ground, by_table)

    def last_day(self, event: date, years: int) -> date:
        """The last day still inside ``years`` after ``event``; the day of the event is not counted."""
        anniversary = add_years(event, years)
        return anniversary if self.anniversary_inside else anniversary - timedelta(days=1)

    def has_run(self, event: date, years: int, on: date) -> bool:
        """Whether ``years`` after ``event`` have run out on ``on``."""
        return on > self.last_day(event, years)
