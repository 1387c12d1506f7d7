"""What the contract makes due: payments, reports and their silent passing, notices, and the free days for small changes.

Limits are printed as days without "working": calendar days, the first not counted; an act due on a day off may be done on
the next working day (民法典 201, 203). Notices counted backwards from the end of the term do not move.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yizheng.kernel.calendar.office_calendar import Calendar
from yizheng.kernel.calendar.periods import add_months
from yizheng.systems.service import deductions

FIRST_PAYMENT_DAYS = 15
"""4.2B: after the contract takes effect."""
REVIEW_DAYS = 14
"""10.3: a quarterly report not questioned by then has passed."""
AFTER_EVENT_DAYS = {"account_change": 7, "force_majeure_proof": 10, "dispute": 30}
"""1.3, 13.2 and 14.1: days after the event."""
BEFORE_END_DAYS = {"renewal_talks": 180, "expiry_notice": 7}
"""16.2 and 16.1: days before the end of the term."""
FREE_DAYS = 20.0
"""8.3: person-days of small changes that cost nothing, in the whole term."""
QUARTER_MONTHS = 3


class PaymentState(StrEnum):
    """How a payment stands."""

    PAID = "paid"
    PAID_LATE = "paid_late"
    BLOCKED = "blocked"
    PAYABLE = "payable"
    OVERDUE = "overdue"


class ReviewState(StrEnum):
    """How a report handed in stands."""

    QUESTIONED = "questioned"
    WAITING = "waiting"
    DEEMED_PASSED = "deemed_passed"


def rolled(day: date, days: int, calendar: Calendar) -> date:
    """The last day for an act so many days after a day."""
    return calendar.next_working_day(day + timedelta(days=days), inclusive=True)


def quarter_end(start: date, index: int) -> date:
    """The last day of a quarter of the term; the first is 1."""
    return add_months(start, QUARTER_MONTHS * index) - timedelta(days=1)


def payment_state(due: date | None, paid: date | None, missing: frozenset[str], on: date) -> PaymentState | None:
    """How a payment stands on a day; nothing while no day is due and nothing is missing."""
    if paid is not None:
        return PaymentState.PAID_LATE if due is not None and paid > due else PaymentState.PAID
    if missing:
        return PaymentState.BLOCKED
    if due is None:
        return None
    return PaymentState.PAYABLE if on <= due else PaymentState.OVERDUE


def first_payment_due(effect_on: date, calendar: Calendar) -> date:
    """4.2B: the last day for the first half."""
    return rolled(effect_on, FIRST_PAYMENT_DAYS, calendar)


def second_payment_due(accepted: date, calendar: Calendar) -> date:
    """9.2: the last day for the second half."""
    return deductions.payment_due(accepted, calendar)


@dataclass(frozen=True, slots=True)
class SecondPayment:
    """What must be there before the second half is paid (4.2C, 4.2D)."""

    accepted: bool
    breach: bool
    funds: bool
    invoice: bool
    term_over: bool

    @property
    def missing(self) -> frozenset[str]:
        """What is not there."""
        there: Mapping[str, bool] = {
            "acceptance": self.accepted,
            "breach": not self.breach,
            "funds": self.funds,
            "invoice": self.invoice,
            "term": self.term_over,
        }
        return frozenset(name for name, is_there in there.items() if not is_there)


def review_state(due: date, questioned: date | None, on: date) -> ReviewState:
    """How a quarterly report stands on a day: silence until the due day passes it (10.3)."""
    if questioned is not None and questioned <= due:
        return ReviewState.QUESTIONED
    return ReviewState.WAITING if on <= due else ReviewState.DEEMED_PASSED


@dataclass(frozen=True, slots=True)
class Charged:
    """A change's person-days: free ones, ones to be paid, and all approved so far."""

    free: float
    charged: float
    total: float


class ChangeAccount:
    """The free person-days of a contract (8.3), used up by approved changes in their order."""

    def __init__(self, start: date, end: date) -> None:
        self.start, self.end = start, end
        self.total = 0.0

    def book(self, days: float, on: date, *, approved: bool) -> Charged:
        """Book a change; one refused costs nothing, one outside the term is paid for whole."""
        if not approved:
            return Charged(0.0, 0.0, self.total)
        if not self.start <= on <= self.end:
            return Charged(0.0, days, self.total)
        free = min(days, max(FREE_DAYS - self.total, 0.0))
        self.total += days
        return Charged(free, days - free, self.total)
