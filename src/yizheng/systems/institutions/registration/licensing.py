"""A record that is licensed: number, term, clock of verification, original and duplicate, whatever item leads there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.calendar.periods import term_end
from yizheng.people.models import Scope
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.record.entering import enter, enter_number, enter_period, found
from yizheng.systems.institutions.record.held import Held
from yizheng.systems.institutions.record.stated import Stated
from yizheng.systems.institutions.registration.number import compose
from yizheng.systems.institutions.registration.rules import TermYears
from yizheng.systems.institutions.verification.clock import Regime


@dataclass(frozen=True, slots=True)
class Licensed:
    """What an institution was given with its record."""

    subject_id: int
    number: str
    last_day: date


def license_record(
    change: ChangeInProgress, told: Stated, office: Scope, on: date, regime: Regime, *, given_to: str,
    prepared: Held | None = None, **more: Any,
) -> Licensed:  # fmt: skip
    """The record stated is in force under the regime, new or in place of what was ``prepared``."""
    stands = {**told.licence, **more}
    number = compose(change, stands, given_to=given_to)
    last = term_end(on, TermYears.on(on).of(stands["beds"]))
    said = {
        **more, "kind": regime.value, "status": "active", "registration_number": number, "issued_on": on,
        "term_from": on, "term_to": last,
    }  # fmt: skip
    held = prepared or Held(found(change, told, office, on, **said).pk, on)
    if prepared is not None:
        enter(change, held, told, office, **said)
    enter_number(change, held.subject_id, "registration", number, on, office)
    enter_period(change, held, {**stands, **said}, office)
    return Licensed(held.subject_id, number, last)
