"""One way for every verb: permit, claim the case by compare-and-set, record the event, do the verb's own work, wind the clock.

Two clerks on one case: the update that finds the old state and revision wins; the other is told who was first.
Everything happens in one transaction, so a verb either happened wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from yizheng.licensing import lifecycle, timekeeping
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import Actor, Move, NotPossibleError
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import permits
from yizheng.licensing.verbs.acting import Act, Acts
from yizheng.people import audit
from yizheng.people.models import Account


class LostRaceError(Exception):
    """Somebody else moved the case first; the message says who, when and what."""


Work = Callable[[Act], None]
_before: dict[str, list[Work]] = {}
_after: dict[str, list[Work]] = {}
ManyWork = Callable[[Acts], None]
_together: dict[Work, ManyWork] = {}


def before(*verbs: str) -> Callable[[Work], Work]:
    """Decorator: work done after the claim and before the event is written; it may raise to undo the claim."""
    return _enter(_before, verbs)


def after(*verbs: str) -> Callable[[Work], Work]:
    """Decorator: work done once the case stands in its new state."""
    return _enter(_after, verbs)


def together(work: Work) -> Callable[[ManyWork], ManyWork]:
    """Decorator: the same work as ``work`` for many cases at once; what it refuses is not written."""

    def declare(many: ManyWork) -> ManyWork:
        _together[work] = many
        return many

    return declare


def works_together(verb: str) -> tuple[list[ManyWork], list[ManyWork]] | None:
    """The works before and after the verb for many cases at once; nothing where one of them knows single cases only."""
    needed = [*_before.get(verb, ()), *_after.get(verb, ())]
    if any(work not in _together for work in needed):
        return None
    return [_together[work] for work in _before.get(verb, ())], [
        _together[work] for work in _after.get(verb, ())
    ]


def _enter(table: dict[str, list[Work]], verbs: tuple[str, ...]) -> Callable[[Work], Work]:
    def declare(work: Work) -> Work:
        for verb in verbs:
            table.setdefault(verb, []).append(work)
        return work

    return declare


def perform(
    case: Case, verb: str, actor: Account | None, *, reason: str = "", on: date | None = None, **inputs: Any
) -> CaseEvent:
    """Do ``verb`` to ``case`` as ``actor`` (nobody: the platform itself).

    Raises ``NotPossibleError`` (wrong state or a rule stands against it), ``NotPermittedError`` (not this account)
    and ``LostRaceError`` (somebody was faster); in each case nothing has changed.
    """
    item = case.item
    move = _move(item, case, verb, actor)
    reason = reason.strip()
    if move.needs_reason and not reason:
        raise NotPossibleError(f"{move.title}须写明理由")
    act = Act(case, item, move, actor, reason, on or timezone.localdate(), inputs)
    with _as_it_was(case), transaction.atomic():
        permits.require(actor, case, move)
        return _done(act)


def _done(act: Act) -> CaseEvent:
    case, verb = act.case, act.move.verb
    origin = CaseState(case.state)
    _claim(act, origin)
    for work in _before.get(verb, ()):
        work(act)
    event = _record(act, origin)
    for work in _after.get(verb, ()):
        work(act)
    timekeeping.wind(case, act.item)
    audit.record(act.actor, f"case.{verb}", f"case:{case.pk}", {"number": case.number, "to": case.state})
    return event


@contextmanager
def _as_it_was(case: Case) -> Iterator[None]:
    """A verb that fails leaves the object as it leaves the row: unchanged."""
    former = dict(vars(case))
    try:
        yield
    except BaseException:
        vars(case).update(former)
        raise


def _move(item: Item, case: Case, verb: str, actor: Account | None) -> Move:
    return move_among(item, case, verb, permits.parts(actor, case))


def move_among(item: Item, case: Case, verb: str, played: frozenset[Actor]) -> Move:
    """The move of a verb: where two parts share it, the one that is played. Raises ``NotPossibleError``."""
    state = CaseState(case.state)
    candidates = [move for move in lifecycle.moves(item, state) if move.verb == verb]
    fitting = [move for move in candidates if move.who in played]
    return (fitting or candidates or [lifecycle.move(item, state, verb)])[0]


def _claim(act: Act, origin: CaseState) -> None:
    case = act.case
    target, handler = where_to(act)
    # the row is the applicant's, the institution's or the authority's own: row security decides, the filter claims it
    claimed = Case.objects.filter(pk=case.pk, state=origin, revision=case.revision).update(
        state=target, revision=case.revision + 1, handler=handler, saved_at=timezone.now()
    )
    if claimed != 1:
        raise LostRaceError(told_who_won(case))
    case.state, case.revision, case.handler_id = target, case.revision + 1, handler


def where_to(act: Act) -> tuple[CaseState, int | None]:
    """The state the act leads to, and in whose hands the case is there."""
    target = lifecycle.destination(act.item, act.move, confirmed=act.case.begun_by_institution)
    stays = lifecycle.HOLDERS.get(target) is lifecycle.HOLDERS.get(CaseState(act.case.state))
    return target, act.actor.pk if stays and act.actor and act.actor.is_office else None


def told_who_won(case: Case) -> str:
    """Who moved the case last, in words for the one who came second."""
    return who_won(case, CaseEvent.objects.filter(case_id=case.pk).order_by("-id").first())


def who_won(case: Case, last: CaseEvent | None) -> str:
    """The same of the last event of a case."""
    if last is None:
        return f"办件 {case.number} 已被他人改动，请刷新后再办"
    return f"{last.actor_name} 已于 {timezone.localtime(last.at):%H:%M} 办理：{last.title}"


def _record(act: Act, origin: CaseState) -> CaseEvent:
    event = event_of(act, origin)
    event.save(force_insert=True)
    return event


def event_of(act: Act, origin: CaseState) -> CaseEvent:
    """The event of an act whose case stands in its new state (unsaved)."""
    case = act.case
    return CaseEvent(
        case=case,
        verb=act.move.verb,
        title=act.move.title,
        at=timezone.now(),
        on=act.on,
        actor=act.actor,
        actor_name=act.actor.display_name if act.actor else "系统",
        from_state=origin,
        to_state=case.state,
        reason=act.reason,
        detail=act.detail,
        subject_id=case.subject_id,
        authority_scope=case.authority_scope,
        institution_scope=case.institution_scope,
    )
