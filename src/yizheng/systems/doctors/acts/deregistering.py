"""Ending a registration: its lines, what rests on it, its certificates, and the ground that keeps the doctor out afterwards.

医师法 第十七条. Deregistration, revocation, annulment and transfer to the forces stay apart: each reason names its own status.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from yizheng.documents.models import Ending
from yizheng.kernel.calendar import natural_days
from yizheng.kernel.codes import Code, table
from yizheng.licensing.answers import Answers
from yizheng.licensing.calendars import working_calendar
from yizheng.licensing.rules import values
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.acts.amending import end_registration, revoke_certificates
from yizheng.systems.doctors.acts.bars import enter_bar
from yizheng.systems.doctors.acts.dependents import end_dependents
from yizheng.systems.doctors.checks.deregistration import Party
from yizheng.systems.doctors.clocks.numbers import CYCLE_YEARS, INTERRUPTED_YEARS, MISSED_CYCLES
from yizheng.systems.doctors.models import PeriodicAssessment, Registration, RegistrationBar
from yizheng.systems.doctors.models.registration import LEFT
from yizheng.systems.doctors.reading.assessing import cycle_of
from yizheng.systems.doctors.reading.held import Held
from yizheng.systems.doctors.rules import periods_from

STEP = "ground"
ONE_DAY = timedelta(days=1)
DAYS_TO_REPORT = natural_days(30)
ENDINGS = {"REVOKED": Ending.PENALTY, "ANNULLED": Ending.ANNULLED}
FROM_THE_DECISION = frozenset(ENDINGS)
"""Statuses that hold from the day of the decision that took the certificate, not from its entry."""


def party_from(
    answers: Answers, held: Held, subject_id: int, on: date, *, initiator: str, moved: bool
) -> Party:
    """What the rules weigh; call it with sight of the person's own authority only, the rest is read as the system."""
    numbers = values(on, "doctors.")
    known_on = answers.day(STEP, "known_on")
    left = [since for since in map(left_since, held.standing) if since is not None]
    return Party(
        register_status=held.status,
        moved=moved,
        registered=bool(held.standing),
        left_on=min(left, default=None),
        reason=answers.text(STEP, "cause"),
        initiator=initiator,
        event_on=answers.day(STEP, "event_on"),
        authority_name=answers.text(STEP, "authority_name"),
        document_number=answers.text(STEP, "document_number"),
        served_on=answers.day(STEP, "served_on"),
        known_on=known_on,
        report_by=None if known_on is None else working_calendar().due(known_on, DAYS_TO_REPORT).last,
        unassessed_since=unassessed_since(held, subject_id, on),
        interrupted_years=numbers[INTERRUPTED_YEARS.code],
        missed_years=numbers[CYCLE_YEARS.code] * numbers[MISSED_CYCLES.code],
        periods=periods_from(numbers),
    )


def deregister(
    held: Held, change: ChangeInProgress, on: date, answers: Answers, *, authority_scope: int, office: str
) -> str:
    """End everything for the reason of the form, enter the ground that follows; says what was done. As the system."""
    reason = table("doctor_deregistration_reason")[answers.text(STEP, "cause")]
    event_on = answers.day(STEP, "event_on") or on
    status = reason.attributes["status"]
    since = event_on if status in FROM_THE_DECISION else on
    revoke_certificates(held.standing, change, since, ending=ENDINGS.get(status, Ending.CANCELLED))
    for registration in held.standing:
        end_dependents(registration.subject_id, change, since, because=reason.name)
        end_registration(registration, change, since, status=status, reason=reason.code)
    subject = held.standing[0].subject_id
    started = {"event": event_on, "ended": on, "served": answers.day(STEP, "served_on") or event_on}
    _bar(change, subject, reason, started, answers, authority_scope=authority_scope, office=office)
    return f"注销注册（{reason.name}），执业证书废止"


def _bar(
    change: ChangeInProgress,
    subject_id: int,
    reason: Code,
    started: dict[str, date],
    answers: Answers,
    **by: Any,
) -> None:
    """The ground that follows from the reason, once, from the day it counts from."""
    ground = reason.attributes["bar"]
    if not ground:
        return
    since = started[reason.attributes["bar_from"]]
    if (
        RegistrationBar.objects.current()
        .filter(subject_id=subject_id, ground=ground, valid_from=since)
        .exists()
    ):
        return
    enter_bar(
        change,
        subject_id,
        ground,
        since,
        authority_scope=by["authority_scope"],
        authority_name=answers.text(STEP, "authority_name") or by["office"],
        document_number=answers.text(STEP, "document_number"),
    )


def left_since(registration: Registration) -> date | None:
    """The first day of the leave filing that stands, whatever else of the registration changed during it."""
    if registration.status != LEFT:
        return None
    with acting_as_system("核对离岗备案"):
        line = Registration.objects.current().filter(
            subject_id=registration.subject_id, line=registration.line
        )
        earlier = list(line.filter(valid_from__lt=registration.valid_from).order_by("-valid_from"))
    since = registration.valid_from
    for version in earlier:
        if version.status != LEFT or version.valid_to != since:
            break
        since = version.valid_from
    return since


def unassessed_since(held: Held, subject_id: int, on: date) -> date | None:
    """The first day of the first whole cycle, after registration, that follows the last one she took part in."""
    if held.main is None:
        return None
    with acting_as_system("核对定期考核"):
        known = PeriodicAssessment.objects.as_of(on).filter(subject_id=subject_id, attended=True)
        ends = [each.cycle_to or cycle_of(each.happened_on).ends for each in known]
    since = max([held.main.issued_on, held.main.first_practised_on, *(end + ONE_DAY for end in ends)])
    cycle = cycle_of(since)
    return since if since == cycle.begins else cycle.ends + ONE_DAY
