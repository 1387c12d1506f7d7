"""One verb for many cases: the same permits, claim, rules and records as for one, in statements that serve all.

行政许可法 第三十八条 asks for a decision on each application; each case keeps its own change, event, number, certificate and
audit entry. Cases go in chunks, each chunk wholly or not at all; in a chunk the cases that cannot go on are refused with
their reason and the others done. Where an item or a verb knows single cases only, or a chunk meets a fault, its cases are
done one by one.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from yizheng.licensing import timekeeping
from yizheng.licensing.answers import LOADED
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import Actor, NotPossibleError
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import performing, permits
from yizheng.licensing.verbs.acting import Act, Acts
from yizheng.licensing.verbs.performing import LostRaceError, ManyWork
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.reach import JURISDICTIONS
from yizheng.registry.writing import insert_many

CHUNK = 250
"""Cases done together: one transaction, and so long their counters are held."""

_WRITE = """
-- every case of a chunk takes its new state, if it still stands where it was read
UPDATE licensing_case c
SET state = n.state, revision = c.revision + 1, handler_id = n.handler, saved_at = %s, proposal = n.proposal,
    blocks = n.blocks, advice = n.advice, summary = n.summary, change_id = n.change, certificate_id = n.certificate,
    due_on = n.due_on, clock_runs = n.runs, clock_total = n.total, clock_stopped = n.stopped
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::text[], %s::bigint[], %s::text[], %s::int[], %s::int[],
            %s::text[], %s::bigint[], %s::bigint[], %s::date[], %s::bool[], %s::int[], %s::text[])
     AS n (id, origin, revision, state, handler, proposal, blocks, advice, summary, change, certificate,
           due_on, runs, total, stopped)
WHERE c.id = n.id AND c.state = n.origin AND c.revision = n.revision
"""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: done, or the words why not."""

    case: Case
    problem: str = ""


def perform_many(
    cases: Sequence[Case], verb: str, actor: Account | None, *, reason: str = "", on: date | None = None
) -> list[Outcome]:
    """Do ``verb`` to every case as ``actor``; an outcome for each, in their order."""
    today = on or timezone.localdate()
    outcomes: dict[int, Outcome] = {}
    for chunk in chunks(cases):
        outcomes |= {
            each.case.pk: each for each in perform_chunk(chunk, verb, actor, reason=reason, on=today)
        }
    return [outcomes[case.pk] for case in cases]


def chunks(cases: Sequence[Case], size: int = CHUNK) -> Iterator[list[Case]]:
    """The cases in chunks of one item, in id order; a person stands in a chunk once."""
    waiting = sorted(cases, key=lambda case: (case.item_code, case.rules_on, case.pk))
    while waiting:
        first, taken, left = waiting[0], dict[int, Case](), list[Case]()
        for case in waiting:
            fits = case.item is first.item and case.subject_id not in taken and len(taken) < size
            if fits:
                taken[case.subject_id] = case
            else:
                left.append(case)
        yield list(taken.values())
        waiting = left


def perform_chunk(
    cases: Sequence[Case], verb: str, actor: Account | None, *, reason: str, on: date
) -> list[Outcome]:
    """Do ``verb`` to the cases of one chunk: together where that is known, else one by one."""
    works = performing.works_together(verb)
    if works is not None and len(cases) > 1:
        former = [dict(vars(case)) for case in cases]
        try:
            with transaction.atomic(), JURISDICTIONS.block(), LOADED.block(), cases[0].item.together():
                return _Chunk(cases, verb, actor, reason.strip(), on).carry_out(*works)
        except (InterfaceError, OperationalError):
            raise
        except Exception:
            log.exception("chunk_fault", extra={"verb": verb, "cases": len(cases)})
            for case, before in zip(cases, former, strict=True):
                vars(case).update(before)
    return [_alone(case, verb, actor, reason, on) for case in cases]


def _alone(case: Case, verb: str, actor: Account | None, reason: str, on: date) -> Outcome:
    try:
        performing.perform(case, verb, actor, reason=reason, on=on)
    except (NotPossibleError, permits.NotPermittedError, LostRaceError) as problem:
        return Outcome(case, str(problem))
    except (InterfaceError, OperationalError):
        raise
    except Exception:
        log.exception("case_fault", extra={"verb": verb, "case": case.pk})
        return Outcome(case, f"没有办成，其余办件不受影响；请单独办理，仍不成功请报办件号 {case.number}")
    return Outcome(case)


class _Chunk:
    """One chunk on its way."""

    def __init__(
        self, cases: Sequence[Case], verb: str, actor: Account | None, reason: str, on: date
    ) -> None:
        self.cases, self.verb, self.actor, self.reason, self.on = list(cases), verb, actor, reason, on
        self.item: Item = cases[0].item
        self.problems: dict[int, str] = {}

    def carry_out(self, before: Sequence[ManyWork], after: Sequence[ManyWork]) -> list[Outcome]:
        """Lock, permit, weigh, change, record; in the order of one case."""
        self._hold()
        acts = Acts(self._permitted(), timekeeping.clockwork(self.cases))
        self._remember(acts)
        _go_on(before, acts)
        origins = {act.case.pk: (act.case.state, act.case.revision) for act in acts.going}
        events = _moved(acts)
        insert_many(events)
        for act, event in zip(acts.going, events, strict=True):
            act.past = [*(act.past or []), event]
        _go_on(after, acts)
        for act in acts.going:
            timekeeping.set_hands(act.case, acts.clockwork.read(act.case, act.item, act.past or ()))
        _write(acts, origins)
        audit.record_many(
            self.actor,
            f"case.{self.verb}",
            [(f"case:{case.pk}", {"number": case.number, "to": case.state}) for case in acts.cases],
        )
        self.problems |= acts.refused
        return [Outcome(case, self.problems.get(case.pk, "")) for case in self.cases]

    def _hold(self) -> None:
        """Lock the rows in id order; who stands elsewhere than it was read has been moved by somebody."""
        rows = Case.objects.filter(pk__in=[case.pk for case in self.cases]).order_by("pk")
        stand = {
            pk: (state, revision)
            for pk, state, revision in rows.select_for_update(no_key=True).values_list(
                "pk", "state", "revision"
            )
        }
        lost = [case for case in self.cases if stand.get(case.pk) != (case.state, case.revision)]
        self.problems |= {case.pk: performing.who_won(case, event) for case, event in _last_of(lost)}

    def _permitted(self) -> list[Act]:
        """The acts of those cases the account may do this to now."""
        held = [case for case in self.cases if case.pk not in self.problems]
        acts = []
        for case, played in zip(held, permits.parts_many(self.actor, held), strict=True):
            try:
                acts.append(self._act(case, played))
            except NotPossibleError as problem:
                self.problems[case.pk] = str(problem)
        barred = permits.hindrances(self.actor, [act.case for act in acts], acts[0].move) if acts else {}
        self.problems |= barred
        return [act for act in acts if act.case.pk not in barred]

    def _act(self, case: Case, played: frozenset[Actor]) -> Act:
        move = performing.move_among(self.item, case, self.verb, played)
        if move.needs_reason and not self.reason:
            raise NotPossibleError(f"{move.title}须写明理由")
        if move.who not in played:
            raise NotPossibleError(permits.not_yours(case, move))
        return Act(case, self.item, move, self.actor, self.reason, self.on)

    def _remember(self, acts: Acts) -> None:
        """What happened to the cases so far, read once."""
        past: dict[int, list[CaseEvent]] = {act.case.pk: [] for act in acts.going}
        for event in CaseEvent.objects.filter(case__in=past).order_by("id"):
            past[event.case_id].append(event)
        for act in acts.going:
            act.past = past[act.case.pk]


def _last_of(cases: Sequence[Case]) -> list[tuple[Case, CaseEvent | None]]:
    """The last event of each case; one query, none for no case."""
    if not cases:
        return []
    last = CaseEvent.objects.filter(case__in=cases).order_by("case_id", "-id").distinct("case_id")
    found = {event.case_id: event for event in last}
    return [(case, found.get(case.pk)) for case in cases]


def _go_on(works: Sequence[Callable[[Acts], None]], acts: Acts) -> None:
    for work in works:
        if acts.going:
            work(acts)


def _moved(acts: Acts) -> list[CaseEvent]:
    """The cases in their new state, and the events that say so."""
    events = []
    for act in acts.going:
        origin = CaseState(act.case.state)
        act.case.state, act.case.handler_id = performing.where_to(act)
        act.case.revision += 1
        events.append(performing.event_of(act, origin))
    return events


def _write(acts: Acts, origins: dict[int, tuple[str, int]]) -> None:
    """Compare and set, all in one statement. The rows are held, so each is where it was read."""
    cases = acts.cases
    if not cases:
        return
    columns: list[list[Any]] = [
        [case.pk for case in cases],
        [origins[case.pk][0] for case in cases],
        [origins[case.pk][1] for case in cases],
        *([getattr(case, name) for case in cases] for name in _WRITTEN),
    ]
    written: datetime = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [written, *columns])
        if cursor.rowcount != len(cases):
            raise LostRaceError("有办件已被他人改动，请刷新后再办")


_WRITTEN = (
    "state", "handler_id", "proposal", "blocks", "advice", "summary", "change_id", "certificate_id", *timekeeping.KEPT,
)  # fmt: skip
