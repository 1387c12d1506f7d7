"""Winds a case's clock: reads its events into the ledger and keeps the due day beside the case for lists to sort by."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from yizheng.kernel.calendar import Calendar
from yizheng.kernel.statutes import licensing_law
from yizheng.licensing.case_clock import clock
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.cases.events import events_of
from yizheng.licensing.item import Item, WorkingDays
from yizheng.licensing.models import Case, CaseEvent, Promise
from yizheng.licensing.states import CaseState

ACCEPTANCE = WorkingDays(5, licensing_law(32))
DELIVERY = WorkingDays(10, licensing_law(44))


def periods_of(case: Case, item: Item, promise: int | None) -> clock.Periods:
    """The periods of a case decided under a promise of so many working days, or none."""
    return clock.Periods(ACCEPTANCE, item.period_of(case), DELIVERY, promise, item.last_day_of(case))


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What the clocks of some cases share, read once: the calendar, and the promises in the order of their days."""

    calendar: Calendar
    promises: tuple[Promise, ...]

    def promised(self, case: Case) -> int | None:
        """The working days the authority promised for the item on the day the case was received, if it did."""
        days = None
        for each in self.promises:
            fits = (each.item_code, each.authority_scope) == (case.item_code, case.authority_scope)
            if fits and each.valid_from <= case.rules_on:
                days = each.days
        return days

    def read(self, case: Case, item: Item, events: Iterable[CaseEvent], today: date | None = None) -> clock.Clock:
        """The clock of a case from its events: the item's days or, where the authority promised fewer, the promise."""
        ticks = [clock.Tick(event.verb, event.on, CaseState(event.to_state), event.reason) for event in events]
        periods = periods_of(case, item, self.promised(case))
        return clock.read(ticks, periods, self.calendar, today or timezone.localdate())


def clockwork(cases: Sequence[Case], calendar: Calendar | None = None) -> Clockwork:
    """What the clocks of these cases share; two queries."""
    promises = Promise.objects.filter(
        item_code__in={case.item_code for case in cases},
        authority_scope__in={case.authority_scope or 0 for case in cases},
    )
    return Clockwork(calendar or working_calendar(), tuple(promises.order_by("valid_from")))


def read(case: Case, item: Item, today: date | None = None) -> clock.Clock:
    """The clock of a case as it stands today, from its events alone."""
    return clockwork([case]).read(case, item, events_of(case), today)


def wind(case: Case, item: Item) -> clock.Clock:
    """Recompute the clock and store the due day on the case."""
    state = read(case, item)
    update_clock(case, state)
    Case.objects.filter(pk=case.pk).update(**{name: getattr(case, name) for name in KEPT})
    return state


KEPT = ("due_on", "clock_runs", "clock_total", "clock_stopped")
"""What of its clock stands beside a case."""


def update_clock(case: Case, state: clock.Clock) -> None:
    """Set what is kept of the clock on the case (unsaved)."""
    case.due_on, case.clock_runs, case.clock_total = state.due_on, state.runs, state.total
    case.clock_stopped = state.stopped[:200]
