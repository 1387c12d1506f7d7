"""The five years of a nurse's registration and how she stands on a day (护士条例 第八条、第十条, 行政许可法 第五十条).

Pure: a course of events in, an answer out. What happened after the day asked about is not known yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yizheng.kernel.calendar.periods import term_end

TERM_YEARS = 5
"""护士条例 第八条."""
DAYS_BEFORE_END = 30
"""护士条例 第十条: applied for thirty days before the end."""
_ONE = timedelta(days=1)


class Standing(StrEnum):
    """How a nurse stands; the codes of the table `nurse_register_status`."""

    UNREGISTERED = "UNREG"
    REGISTERED = "REG"
    SUSPENDED = "SUSP"
    EXPIRED = "EXPIRED"
    REVOKED = "REVOKED"
    ANNULLED = "ANNULLED"


class Window(StrEnum):
    """Where a day lies in the time for renewal."""

    REGULAR = "regular"
    LATE = "late"
    """Within the term, but less than thirty days before its end."""
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Term:
    """One term, first and last day included."""

    first: date
    last: date

    @classmethod
    def beginning(cls, first: date) -> Term:
        """The term that begins on a day: five years, to the day before the anniversary."""
        return cls(first, term_end(first, TERM_YEARS))

    @classmethod
    def ending(cls, last: date) -> Term:
        """The term that ends on a day, where only its end is asked about."""
        return cls(last, last)

    @property
    def last_regular_day(self) -> date:
        """The last day to apply for renewal in time."""
        return self.last - timedelta(days=DAYS_BEFORE_END)

    def window(self, on: date) -> Window:
        """Where a day lies."""
        if on <= self.last_regular_day:
            return Window.REGULAR
        return Window.LATE if on <= self.last else Window.CLOSED


@dataclass(frozen=True, slots=True)
class Renewal:
    """A renewal: the day it was applied for, and the day it was granted where it was."""

    applied: date
    decided: date | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A suspension, first and last day included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Course:
    """What happened to a nurse's registration."""

    registered: date | None = None
    continuous: bool = True
    """Whether a renewed term begins the day after the old one; otherwise on the day of the decision."""
    renewals: tuple[Renewal, ...] = ()
    suspended: tuple[Stretch, ...] = ()
    revoked: date | None = None
    annulled: date | None = None

    def term(self, on: date) -> Term | None:
        """The term as it is known on a day; nothing before a registration."""
        if self.registered is None or self.registered > on:
            return None
        term = Term.beginning(self.registered)
        for each in sorted(self.renewals, key=lambda one: one.applied):
            if each.applied <= min(on, term.last):
                term = self._renewed(term, each, on)
        return term

    def _renewed(self, term: Term, renewal: Renewal, on: date) -> Term:
        """The term after a renewal applied for within it; one applied for in time and left undecided counts as granted."""
        after = term.last + _ONE
        if renewal.decided is not None and renewal.decided <= on:
            return Term.beginning(after if self.continuous else renewal.decided)
        in_time = renewal.applied <= term.last_regular_day
        return Term.beginning(after) if in_time and on > term.last else term

    def standing(self, on: date) -> Standing:
        """How she stands on a day."""
        if self.annulled is not None and self.annulled <= on:
            return Standing.ANNULLED
        if self.revoked is not None and self.revoked <= on:
            return Standing.REVOKED
        term = self.term(on)
        if term is None:
            return Standing.UNREGISTERED
        if on > term.last:
            return Standing.EXPIRED
        return Standing.REGISTERED if self.ordered_until(on) is None else Standing.SUSPENDED

    def ordered_until(self, on: date) -> date | None:
        """The last day of the orders to stop that run on a day."""
        return max((each.last for each in self.suspended if each.first <= on <= each.last), default=None)
