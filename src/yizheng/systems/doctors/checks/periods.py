"""The numbers the rules reckon with, and when a period of years that bars or permits something has run out.

The texts say 不满二年 and do not say whether the anniversary itself is still inside. Until the authority rules
otherwise it counts as inside; that reading and the other numbers are dated parameters (see ``doctors.rules``).
"""

from __future__ import annotations

from dataclasses import dataclass
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

    def last_day(self, event: date, years: int) -> date:
        """The last day still inside ``years`` after ``event``; the day of the event is not counted."""
        anniversary = add_years(event, years)
        return anniversary if self.anniversary_inside else anniversary - timedelta(days=1)

    def has_run(self, event: date, years: int, on: date) -> bool:
        """Whether ``years`` after ``event`` have run out on ``on``."""
        return on > self.last_day(event, years)
