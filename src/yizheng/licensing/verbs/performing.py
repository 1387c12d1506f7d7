"""One way for every verb: permit, hold the cases by compare-and-set, do the verb's own work, record the event, wind the clock.

行政许可法 第三十八条 asks for a decision on each application; each case keeps its own change, event, number, certificate and
audit entry. Cases go in chunks, one case being a chunk of one; each chunk is one transaction, so a verb either happened
wholly or not at all. In a chunk the cases that cannot go on are refused with their reason and the others done; where a
chunk meets a fault, its cases are done one by one. Two clerks on one case: the first to hold it wins, the other is told.
What the verbs do beside moving the case is the table in ``order``.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from yizheng.kernel.remembering import together
from yizheng.licensing import lifecycle
from yizheng.licensing.answers import OPENED
from yizheng.licensing.case_clock import timekeeping
from yizheng.licensing.cases import notices
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import Actor, Move, NotPossibleError
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.ports import followers
from yizheng.licensing.states import CaseState
from yizheng.licensing.verbs import permits
from yizheng.licensing.verbs.acting import Act, Acts, LostRaceError, who_won
from yizheng.licensing.verbs.order import ORDER, Happening, Work
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.rights.reach import JURISDICTIONS
from yizheng.people.vault import KEYS
from yizheng.registry.planning import by_keys
from yizheng.registry.writer.rows import insert_many

CHUNK = 500
"""Cases done together: one transaction, and so long their counters are held."""

_WRITE = """
-- every case of a chunk takes its new state, if it still stands where it was read
UPDATE licensing_case c
SET state = n.state, revision = c.revision + 1, handler_id = n.handler, saved_at = %s,
    institution_scope = n.institution, institution_name = n.institution_name, authority_scope = n.authority,
    submitted_at = n.submitted, rules_on = n.rules_on, proposal = n.proposal, blocks = n.blocks, advice = n.advice,
    summary = n.summary, change_id = n.change, certificate_id = n.certificate,
    due_on = n.due_on, urgent_on = n.urgent_on, clock_runs = n.runs, clock_total = n.total, clock_stopped = n.stopped
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::text[], %s::bigint[], %s::int[], %s::text[], %s::int[],
            %s::timestamptz[], %s::date[], %s::text[], %s::int[], %s::int[], %s::text[], %s::bigint[], %s::bigint[],
            %s::date[], %s::date[], %s::bool[], %s::int[], %s::text[])
     AS n (id, origin, revision, state, handler, institution, institution_name, authority, submitted, rules_on,
           proposal, blocks, advice, summary, change, certificate, urgent_on, due_on, runs, total, stopped)
WHERE c.id = n.id AND c.state = n.origin AND c.revision = n.revision
"""
_WRITTEN = (
    "state", "handler_id", "institution_scope", "institution_name", "authority_scope", "submitted_at", "rules_on",
    "proposal", "blocks", "advice", "summary", "change_id", "certificate_id", "urgent_on", *timekeeping.KEPT,
)  # fmt: skip

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one case: done, or the words why not."""

    case: Case
    problem: str = ""


def perform(
    case: Case, verb: str, actor: Account | None, *, reason: str = "", on: date | None = None, **inputs: Any
) -> CaseEvent:
    """Do ``verb`` to ``case`` as ``actor`` (nobody: the platform itself).

    Raises ``NotPossibleError`` (wrong state or a rule stands against it), ``NotPermittedError`` (not this account)
    and ``LostRaceError`` (somebody was faster); in each case nothing has changed.
    """
    chunk = _Chunk([case], verb, actor, reason.strip(), on or timezone.localdate(), inputs)
    with _all_or_nothing(chunk):
        chunk.carry_out()
        for problem in chunk.problems.values():
            raise problem
    return chunk.events[0]


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


def perform_chunk(cases: Sequence[Case], verb: str, actor: Account | None, *, reason: str, on: date) -> list[Outcome]:
    """Do ``verb`` to the cases of one chunk; where one of them meets a fault, to each alone."""
    chunk = _Chunk(cases, verb, actor, reason.strip(), on, {})
    try:
        with _all_or_nothing(chunk), by_keys():
            chunk.carry_out()
        return [Outcome(case, str(chunk.problems.get(case.pk, ""))) for case in cases]
    except (InterfaceError, OperationalError):
        raise
    except Exception as fault:
        if len(cases) > 1:
            log.warning("chunk_fault", exc_info=fault, extra={"verb": verb, "cases": len(cases)})
            return [outcome for case in cases for outcome in perform_chunk([case], verb, actor, reason=reason, on=on)]
        return [Outcome(cases[0], _told(fault, cases[0], verb))]


def _told(fault: Exception, case: Case, verb: str) -> str:
    if isinstance(fault, NotPossibleError):
        return str(fault)
    log.error("case_fault", exc_info=fault, extra={"verb": verb, "case": case.pk})
    return f"没有办成，其余办件不受影响；请单独办理，仍不成功请报办件号 {case.number}"


def move_among(item: Item, case: Case, verb: str, played: frozenset[Actor]) -> Move:
    """The move of a verb: where two parts share it, the one that is played. Raises ``NotPossibleError``."""
    state = CaseState(case.state)
    candidates = [move for move in lifecycle.moves(item, state) if move.verb == verb]
    fitting = [move for move in candidates if move.who in played]
    return (fitting or candidates or [lifecycle.move(item, state, verb)])[0]


@contextmanager
def _all_or_nothing(chunk: _Chunk) -> Iterator[None]:
    """One transaction; a verb that fails leaves the objects as it leaves the rows: unchanged."""
    former = [dict(vars(case)) for case in chunk.cases]
    try:
        with (
            notices.withdrawn_on_failure(),
            transaction.atomic(),
            together(JURISDICTIONS, KEYS, OPENED),
            chunk.item.together(),
        ):
            yield
    except BaseException:
        for case, before in zip(chunk.cases, former, strict=True):
            vars(case).update(before)
        raise


class _Chunk:
    """The cases of a chunk on their way."""

    def __init__(
        self, cases: Sequence[Case], verb: str, actor: Account | None, reason: str, on: date, inputs: dict[str, Any]
    ) -> None:  # fmt: skip
        self.cases, self.verb, self.actor, self.reason, self.on = list(cases), verb, actor, reason, on
        self.inputs = inputs
        self.item: Item = cases[0].item
        self.problems: dict[int, Exception] = {}
        self.events: list[CaseEvent] = []

    def carry_out(self) -> None:
        """Permit, hold, weigh, record, do what the verb does, wind the clocks, write."""
        happening = ORDER.get(self.verb, Happening())
        acts = Acts(self._held(self._permitted()), timekeeping.clockwork(self.cases))
        self._remember(acts)
        _go_on(happening.before, acts)
        origins = {act.case.pk: (act.case.state, act.case.revision) for act in acts.going}
        self._move(acts)
        _go_on(happening.after, acts)
        for act in acts.going:
            timekeeping.update_clock(act.case, acts.clockwork.read(act.case, act.item, act.past))
        _write(acts.cases, origins)
        done = {event.case_id: event for event in self.events}
        followers.tell([(case, done[case.pk]) for case in acts.cases])
        audit.record_many(
            self.actor,
            f"case.{self.verb}",
            [(f"case:{case.pk}", {"number": case.number, "to": case.state}) for case in acts.cases],
        )
        self.problems |= acts.refused

    def _permitted(self) -> list[Act]:
        """The acts of those cases the account may do this to now."""
        acts = []
        for case, played in zip(self.cases, permits.parts_many(self.actor, self.cases), strict=True):
            try:
                acts.append(self._act(case, played))
            except (NotPossibleError, permits.NotPermittedError) as problem:
                self.problems[case.pk] = problem
        barred = permits.hindrances(self.actor, [act.case for act in acts], acts[0].move) if acts else {}
        self.problems |= {pk: permits.NotPermittedError(reason) for pk, reason in barred.items()}
        return [act for act in acts if act.case.pk not in barred]

    def _act(self, case: Case, played: frozenset[Actor]) -> Act:
        move = move_among(self.item, case, self.verb, played)
        if move.needs_reason and not self.reason:
            raise NotPossibleError(f"{move.title}须写明理由")
        if move.who not in played:
            raise permits.NotPermittedError(permits.not_yours(case, move))
        return Act(case, self.item, move, self.actor, self.reason, self.on, self.inputs)

    def _held(self, acts: list[Act]) -> list[Act]:
        """Lock the rows in id order; a case that stands elsewhere than it was read has been moved by somebody."""
        rows = Case.objects.filter(pk__in=[act.case.pk for act in acts]).order_by("pk")
        held = rows.select_for_update(no_key=True).values_list("pk", "state", "revision")
        stand = {pk: (state, revision) for pk, state, revision in held} if acts else {}
        lost = [act.case for act in acts if stand.get(act.case.pk) != (act.case.state, act.case.revision)]
        self.problems |= {case.pk: LostRaceError(who_won(case, event)) for case, event in _last_of(lost)}
        return [act for act in acts if act.case.pk not in self.problems]

    def _remember(self, acts: Acts) -> None:
        """What happened to the cases so far, read once."""
        past: dict[int, list[CaseEvent]] = {act.case.pk: [] for act in acts.going}
        known = CaseEvent.objects.filter(case__in=past).order_by() if past else ()  # their order is no way to them
        for event in sorted(known, key=lambda each: each.pk):
            past[event.case_id].append(event)
        for act in acts.going:
            act.past = past[act.case.pk]

    def _move(self, acts: Acts) -> None:
        """The cases stand in their new state, and the events say so."""
        for act in acts.going:
            origin = CaseState(act.case.state)
            act.case.state, act.case.handler_id = _where_to(act)
            act.case.revision += 1
            self.events.append(
                CaseEvent.of(
                    act.case, act.move.verb, act.move.title, on=act.on, actor=act.actor, former=origin,
                    reason=act.reason, detail=act.detail,
                )
            )  # fmt: skip
        insert_many(self.events)
        for act, event in zip(acts.going, self.events, strict=True):
            act.past.append(event)


def _go_on(works: Sequence[Work], acts: Acts) -> None:
    for work in works:
        if acts.going:
            work(acts)


def _where_to(act: Act) -> tuple[CaseState, int | None]:
    """The state the act leads to, and in whose hands the case is there."""
    target = lifecycle.destination(act.item, act.move, confirmed=act.case.begun_by_institution)
    stays = lifecycle.HOLDERS.get(target) is lifecycle.HOLDERS.get(CaseState(act.case.state))
    return target, act.actor.pk if stays and act.actor and act.actor.is_office else None


def _last_of(cases: Sequence[Case]) -> list[tuple[Case, CaseEvent | None]]:
    """The last event of each case; one query, none for no case."""
    if not cases:
        return []
    last = CaseEvent.objects.filter(case__in=cases).order_by("case_id", "-id").distinct("case_id")
    found = {event.case_id: event for event in last}
    return [(case, found.get(case.pk)) for case in cases]


def _write(cases: Sequence[Case], origins: dict[int, tuple[str, int]]) -> None:
    """Compare and set, all in one statement. The rows are held, so each is where it was read."""
    if not cases:
        return
    columns: list[list[Any]] = [
        [case.pk for case in cases],
        [origins[case.pk][0] for case in cases],
        [origins[case.pk][1] for case in cases],
        *([getattr(case, name) for case in cases] for name in _WRITTEN),
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [timezone.now(), *columns])
        if cursor.rowcount != len(cases):
            raise LostRaceError("有办件已被他人改动，请刷新后再办")
