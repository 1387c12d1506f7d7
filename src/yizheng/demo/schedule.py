"""Which day each past act of the demonstration city has, counted back in working days from the day it is built.

Pure: a day and a calendar in, days out, so that it can be asked for any day, weekends and holidays too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from yizheng.demo.plans import Step
from yizheng.kernel.calendar import Calendar

Dated = tuple[date, Step]
COUNTED = frozenset({"accept", "confirm", "resubmit", "ask_correction", "give_notice", "conclude", "propose"})
"""The acts a plan counts its working days from: the last of them on the way to its state."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """Counts back from a day; on a day off from the next working day, so that nothing runs out unattended."""

    today: date
    calendar: Calendar

    @property
    def next_due(self) -> date:
        """The first day on which a period can run out: today, or the next working day."""
        return self.calendar.next_working_day(self.today, inclusive=True)

    def back(self, days: int) -> date:
        """The working day from which so many working days have passed on the next due day; never after today."""
        day = min(self.next_due, self.today)
        while not self.calendar.is_working_day(day) or self._passed(day) < days:
            day -= timedelta(days=1)
        return day

    def days(self, steps: Sequence[Step], ago: int) -> list[Dated]:
        """The day of each act: the last counted one is so many working days ago, the others keep their distances."""
        fixed = max((at for at, step in enumerate(steps) if step.verb in COUNTED), default=0)
        dated = []
        for at, step in enumerate(steps):
            between = sum(each.gap for each in steps[min(at, fixed) + 1 : max(at, fixed) + 1])
            dated.append((self.back(max(0, ago + (between if at < fixed else -between))), step))
        return dated

    def _passed(self, day: date) -> int:
        return self.calendar.working_days_between(day, self.next_due)
