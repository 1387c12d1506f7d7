"""The round of verification of an institution on a day (条例第二十一条, 校验办法第六条、第二十四条、第二十五条).

Pure: what happened goes in, dates and state come out. What happened after the day asked about is not known yet. Acts must be
done by a working day (民法典第二百零三条); periods and the date of verification itself stand where they fall.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yizheng.kernel.calendar.office_calendar import Calendar
from yizheng.kernel.calendar.periods import add_months
from yizheng.systems.institutions.categories import rule_of

BEDS_OF_LONG_PERIOD = 100
LONG_PERIOD, SHORT_PERIOD = 36, 12
MONTHS_TO_APPLY = 3
DAYS_OF_ORDER, DAYS_TO_CONCLUDE, DAYS_TO_APPLY_AGAIN = 20, 30, 5
DAYS_TO_RENEW = 30
"""行政许可法 第五十条: applied for thirty days before the licence ends."""
SINO_FOREIGN = frozenset({"31", "32"})
"""Economic types 中外合资, 中外合作."""


class Regime(StrEnum):
    """Under what an institution practises."""

    LICENSED = "licensed"
    INTERNET_INDEPENDENT = "internet_independent"
    ELDERLY_INNER = "elderly_inner"
    CLINIC_FILED = "clinic_filed"
    TCM_CLINIC_FILED = "tcm_clinic_filed"

    @property
    def filed(self) -> bool:
        """Whether it was filed and holds no licence, so that nothing is verified."""
        return self in (Regime.CLINIC_FILED, Regime.TCM_CLINIC_FILED)


class State(StrEnum):
    """Where an institution stands in its round."""

    NONE = "none"
    DEFERRED = "deferred"
    RECHECKING = "rechecking"
    RECHECK_DUE = "recheck_due"
    TO_DEREGISTER = "to_deregister"
    APPLIED = "applied"
    OK = "ok"
    LATE_TO_APPLY = "late_to_apply"
    ORDERED = "ordered"
    OVERDUE = "overdue"


def period_months(
    regime: Regime | str, category: str, economic_type: str, beds: int, *, after_deferral: bool = False
) -> int:
    """How many months lie between two verifications: 36 for the kinds listed with a hundred beds, else 12."""
    long = (
        regime == Regime.LICENSED
        and beds >= BEDS_OF_LONG_PERIOD
        and rule_of(category).three_years
        and economic_type not in SINO_FOREIGN
        and not after_deferral
    )
    return LONG_PERIOD if long else SHORT_PERIOD


@dataclass(frozen=True, slots=True)
class Round:
    """What is known of a round of verification."""

    regime: Regime
    period_months: int
    previous_due: date | None = None
    beds: int = 0
    applied: date | None = None
    ordered: date | None = None
    accepted: date | None = None
    deferred_on: date | None = None
    deferral_months: int = 0
    recheck_applied: date | None = None
    licence_to: date | None = None
    renewal_applied: date | None = None
    due_on: date | None = None
    order_by: date | None = None
    deferred_to: date | None = None
    again_by: date | None = None
    """Days that were stated when the act was done, in place of those that would follow from the days above."""


def season(rounds: Iterable[tuple[str, Round]], on: date, calendar: Calendar) -> dict[State, list[tuple[date, str]]]:
    """The calendar of verification of many institutions on a day: by state, those due first in front.

    Institutions of which nothing is verified, or whose former period is not known, do not stand in it.
    """
    found: dict[State, list[tuple[date, str]]] = {}
    for name, each in rounds:
        outlook = Outlook(each, on, calendar)
        due, state = outlook.due, outlook.state
        if due is not None and state is not None and state is not State.NONE:
            found.setdefault(state, []).append((due, name))
    for standing in found.values():
        standing.sort()
    return found


@dataclass(frozen=True, slots=True)
class Outlook:
    """A round as it stands on a day, with every date that follows from it."""

    round: Round
    on: date
    calendar: Calendar

    @property
    def due(self) -> date | None:
        """The end of the period, as the register has it or counted from the end of the one before."""
        if self.round.due_on is not None:
            return self.round.due_on
        before = self.round.previous_due
        return add_months(before, self.round.period_months) if before else None

    @property
    def apply_by(self) -> date | None:
        """The day by which to apply, three months before."""
        return add_months(self.due, -MONTHS_TO_APPLY) if self.due else None

    @property
    def order_deadline(self) -> date | None:
        """The last day to follow an order to apply."""
        return self.round.order_by or self._act_after(self._known(self.round.ordered), DAYS_OF_ORDER)

    @property
    def conclude_by(self) -> date | None:
        """The last day to conclude an application that was accepted."""
        return self._act_after(self._known(self.round.accepted), DAYS_TO_CONCLUDE)

    @property
    def deferral_end(self) -> date | None:
        """The last day of a deferral."""
        if self.round.deferred_to is not None:
            return self.round.deferred_to
        begun = self._known(self.round.deferred_on)
        return add_months(begun, self.round.deferral_months) if begun else None

    @property
    def recheck_by(self) -> date | None:
        """The last day to apply again after a deferral."""
        return self.round.again_by or self._act_after(self.deferral_end, DAYS_TO_APPLY_AGAIN)

    @property
    def state(self) -> State | None:
        """The first state that fits; nothing where the end of the former period is not known."""
        if self.round.regime.filed:
            return State.NONE
        if self.deferral_end and self.recheck_by:
            return self._after_deferral(self.deferral_end, self.recheck_by)
        if self.due is None or self.apply_by is None:
            return None
        return self._before_deferral(self.due, self.apply_by)

    @property
    def practice(self) -> str:
        """What the institution may do: yes, no, or emergencies and those already in; nothing where it is disputed."""
        if self.state is State.DEFERRED:
            return "emergency_and_inpatients" if self.round.beds else "no"
        return "yes" if self._in_period else ""

    @property
    def adverts(self) -> str:
        """Whether it may advertise."""
        if self.state is State.DEFERRED:
            return "no"
        return "yes" if self._in_period else ""

    @property
    def renew_by(self) -> date | None:
        """The last day to apply for a new term of the licence, which runs on its own clock."""
        last = self.round.licence_to
        return last - timedelta(days=DAYS_TO_RENEW) if last else None

    @property
    def licence_state(self) -> str:
        """Whether the licence is in its term, renewed by law, or over."""
        if self.round.licence_to is None or self.renew_by is None:
            return ""
        if self.on <= self.round.licence_to:
            return "valid"
        applied = self._known(self.round.renewal_applied)
        return "deemed_renewed" if applied and applied <= self.renew_by else "expired"

    @property
    def _in_period(self) -> bool:
        return self.due is not None and self.on <= self.due

    def _after_deferral(self, deferral_end: date, recheck_by: date) -> State:
        if self.on <= deferral_end:
            return State.DEFERRED
        applied = self._known(self.round.recheck_applied)
        if applied and applied <= recheck_by:
            return State.RECHECKING
        return State.RECHECK_DUE if self.on <= recheck_by else State.TO_DEREGISTER

    def _before_deferral(self, due: date, apply_by: date) -> State:
        applied = self._known(self.round.applied)
        if applied and applied <= max(due, self.order_deadline or due):
            return State.APPLIED
        if self.on <= due:
            return State.OK if self.on <= apply_by else State.LATE_TO_APPLY
        if self.order_deadline is None:
            return State.OVERDUE
        return State.ORDERED if self.on <= self.order_deadline else State.TO_DEREGISTER

    def _known(self, day: date | None) -> date | None:
        return day if day and day <= self.on else None

    def _act_after(self, day: date | None, days: int) -> date | None:
        return self.calendar.next_working_day(day + timedelta(days=days), inclusive=True) if day else None
