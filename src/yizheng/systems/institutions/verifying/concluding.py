"""What a conclusion writes: the verification as an event, the next round or the deferral, the status, the duplicate with its row.

The next period is counted from the end of the last, not from the day of the decision; after a deferral that ended well it is a
year (校验办法 第六条).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from yizheng.documents.models import Certificate
from yizheng.kernel.calendar import add_months
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.ports.consequences import follow
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.models import InstitutionLicence, Verification, VerificationPeriod
from yizheng.systems.institutions.models.verification import DEFERRED, FAILED, PASSED, VERIFICATION, line
from yizheng.systems.institutions.record.entering import standing
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.printing import certify
from yizheng.systems.institutions.record.standing import restate
from yizheng.systems.institutions.verification.clock import DAYS_TO_APPLY_AGAIN, period_months

ACTIVE, OVERDUE, SUSPENDED = "active", "check_due", "check_suspended"
NO_ORDER = {"ordered_on": None, "order_by": None, "deferred_to": None, "again_by": None}


@dataclass(frozen=True, slots=True)
class Concluded:
    """The conclusion as the officer recorded it."""

    conclusion: str = ""
    months: int | None = None
    ground: str = ""
    points: int | None = None


def again_by(deferred_to: date) -> date:
    """The last day to apply again after a deferral."""
    return working_calendar().next_working_day(deferred_to + timedelta(days=DAYS_TO_APPLY_AGAIN), inclusive=True)


def conclude(
    change: ChangeInProgress, held: Held, office: Scope, told: Concluded, *, again: bool, visited: bool
) -> tuple[VerificationPeriod, Certificate]:
    """Write a conclusion on the day of ``held``; returns the period as it stands then, and the original made anew."""
    former, period = standing(held), held.period
    assert period is not None  # the rules refuse an institution without one
    event = change.event(
        Verification,
        held.subject_id,
        change.next_line(Verification, held.subject_id, line),
        {
            "period_from": add_months(period.due_on, -period.months), "period_to": period.due_on, "again": again,
            "conclusion": told.conclusion, "deferral_months": told.months if told.conclusion == DEFERRED else None,
            "points": told.points, "visited": visited, "ground": told.ground if told.conclusion != PASSED else "",
        },
        happened_on=held.on,
        authority_scope=office.pk,
    )  # fmt: skip
    turned = _turned(period, former, held.on, told, again=again)
    now = change.state(
        VerificationPeriod, held.subject_id, VERIFICATION, turned, valid_from=held.on, authority_scope=office.pk
    )
    restate(change, held, _status(former.status, told.conclusion), office)
    change.flush()
    if told.conclusion == FAILED:
        follow(event, cause=change.id, on=held.on)
    return now, certify(change, held.subject_id, held.on, office)


def _turned(
    period: VerificationPeriod, licence: InstitutionLicence, on: date, told: Concluded, *, again: bool
) -> dict[str, Any]:
    """The round afterwards; one that failed stands as it is until the licence ends."""
    if told.conclusion == FAILED:
        return period.values()
    if told.conclusion == DEFERRED:
        deferred_to = add_months(on, told.months or 0)
        return {**period.values(), **NO_ORDER, "deferred_to": deferred_to, "again_by": again_by(deferred_to)}
    months = period_months(licence.kind, licence.category, licence.economic_type, licence.beds, after_deferral=again)
    return {**NO_ORDER, "months": months, "due_on": next_due(period.due_on, months, on)}


def next_due(former: date, months: int, on: date) -> date:
    """The end of the next period, counted from the last; of periods that went by meanwhile none is left to verify."""
    due = add_months(former, months)
    while due <= on:
        due = add_months(due, months)
    return due


def _status(former: str, conclusion: str) -> str:
    """A pass lifts what the verification itself barred; a suspension or a penalty stays."""
    if conclusion == PASSED:
        return ACTIVE if former in (OVERDUE, SUSPENDED) else former
    return SUSPENDED
