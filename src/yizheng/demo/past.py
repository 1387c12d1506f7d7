"""Writes the past acts of a case as the events they were, with the days they had, because clocks are read from events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from yizheng.demo.houses import House
from yizheng.demo.making import Making
from yizheng.demo.persons import Person
from yizheng.demo.plans import REASONS, Step
from yizheng.demo.schedule import Dated
from yizheng.licensing import examining, instruments, lifecycle, timekeeping
from yizheng.licensing.item import Item
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import deciding, enacting, reviewing
from yizheng.licensing.verbs.accepting import CORRECTION_TERM_DAYS
from yizheng.licensing.verbs.acting import Act
from yizheng.people.models import Account

INSTRUMENTS = {
    "accept": "acceptance_notice",
    "ask_correction": "correction_notice",
    "decline": "non_acceptance",
    "refuse": "refusal",
    "withdraw": "withdrawal",
    "start_procedure": "procedure_notice",
    "give_notice": "act_notice",
}
"""Which past acts left a written instrument."""
DESKS = {
    lifecycle.Actor.ACCEPTOR: "accept",
    lifecycle.Actor.REVIEWER: "review",
    lifecycle.Actor.DECIDER: "decide",
}
"""The demonstration's word for the desk of each part."""
UNTAKEN = (CaseState.RECEIVED, CaseState.CHECKING)
"""States in which nobody has opened the case yet."""


def write(
    making: Making, case: Case, person: Person, house: House, days: Sequence[Dated], facts: str = ""
) -> None:
    """Every act with its event and its instrument, and the clerk who has the case now; ``facts`` are an act's evidence."""
    item, before = case.item, CaseState.DRAFT
    for number, (on, step) in enumerate(days):
        actor = making.actor(person, house, step.part)
        reason = REASONS.get(step.verb, facts)
        _event(case, step, before, actor, moment(making, on, 9 + number), reason)
        if step.verb in INSTRUMENTS:
            move = lifecycle.move(item, before, step.verb)
            _instrument(Act(case, item, move, actor, reason, on))
        before = step.state
    case.handler = _in_hand(making, person, house, before)


def _in_hand(making: Making, person: Person, house: House, state: CaseState) -> Account | None:
    """Two of three cases past the window are in somebody's hands; the others wait for whoever takes them."""
    holder = lifecycle.HOLDERS.get(state)
    desk = DESKS.get(holder) if holder else None
    if desk is None or state in UNTAKEN or not making.dice.happens(0.66):
        return None
    return making.actor(person, house, desk)


def moment(making: Making, day: date, hour: int = 9) -> datetime:
    """A minute of office hours on a day."""
    minute = making.dice.randint(0, 59)
    return timezone.make_aware(datetime.combine(day, time(min(hour, 17), minute)))


def _event(
    case: Case, step: Step, before: CaseState, actor: Account | None, at: datetime, reason: str
) -> None:
    CaseEvent.objects.create(
        case=case,
        verb=step.verb,
        title=step.title,
        at=at,
        on=timezone.localdate(at),
        actor=actor,
        actor_name=actor.display_name if actor else "系统",
        from_state="" if step.verb == "propose" else before,
        to_state=step.state,
        reason=reason,
        subject_id=case.subject_id,
        authority_scope=case.authority_scope,
        institution_scope=case.institution_scope,
    )


def _instrument(act: Act) -> None:
    instruments.issue(act, INSTRUMENTS[act.move.verb], _particulars(act, act.item))


def _particulars(act: Act, item: Item) -> dict[str, Any]:
    """What only the act knew, as its verb would have told the instrument."""
    match act.move.verb:
        case "accept":
            due_on = timekeeping.read(act.case, item, act.on).due_on
            return {"due_on": due_on, "promised": timekeeping.promised(act.case)}
        case "ask_correction":
            return {"items": [act.reason], "term_days": CORRECTION_TERM_DAYS}
        case "decline":
            return {"reasons": [act.reason]}
        case "refuse":
            grounds = deciding.refusal_grounds(examining.examine(act.case, act.on))
            return {"grounds": grounds, "opinion": act.reason}
        case "start_procedure":
            return {"reason": act.reason, "needed_days": reviewing.PROCEDURE_DAYS}
        case "give_notice":
            return {"facts": act.reason, "answer_days": enacting.ANSWER_WORKING_DAYS}
        case _:
            return {"reason": act.reason}
