"""Money taken off or added for lateness and poor work: clauses 9.1, 9.2 and 10.4 of the contract.

Only full periods count. The base of 9.1, the whole contract or the late item, is not said there: whoever asks names it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from yizheng.kernel.calendar.office_calendar import Calendar

CAP = 5
"""The most that lateness costs, in percent of the base."""
DELAY_DAYS = 2
"""9.1: one percent for each two days."""
PAYMENT_GRACE_DAYS, PAYMENT_DAYS = 30, 15
"""9.2: thirty days after acceptance, then one percent for each fifteen."""
MAJOR_PERCENT = range(1, 6)
"""10.4: between one and five percent."""
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Lateness:
    """By how many days something was late, and how many full periods that makes."""

    due: date
    days: int
    periods: int

    @property
    def percent(self) -> int:
        """What that costs, in percent of the base."""
        return min(self.periods, CAP)


def delivery(planned: date, actual: date, extension_days: int, other_cause_days: int) -> Lateness:
    """9.1: work finished late by the contractor's own fault. The agreed day does not move from a day off."""
    due = planned + timedelta(days=extension_days)
    days = max((actual - due).days - other_cause_days, 0)
    return Lateness(due, days, days // DELAY_DAYS)


def payment(accepted: date, paid: date, calendar: Calendar) -> Lateness:
    """9.2: a payment made late by the client."""
    due = payment_due(accepted, calendar)
    days = max((paid - due).days, 0)
    return Lateness(due, days, days // PAYMENT_DAYS)


def payment_due(accepted: date, calendar: Calendar) -> date:
    """9.2: the last day on which a payment after acceptance costs nothing."""
    return calendar.next_working_day(accepted + timedelta(days=PAYMENT_GRACE_DAYS), inclusive=True)


def amount(base: Decimal, percent: Decimal) -> Decimal:
    """So many percent of an amount, to the cent, a half cent up."""
    return (base * percent / 100).quantize(_CENT, ROUND_HALF_UP)
