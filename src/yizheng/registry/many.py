"""Many changes at once: each its own change with its own position, written together in a handful of statements.

A batch decides a thousand cases; each is one change of the register, as if it had been decided alone. Here they share
their statements, not their identity: `ManyChanges` locks all subjects in id order, splices every line with one
reading, and takes all positions at the end in the order the changes were named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db import connection, transaction

from yizheng.registry.failures import EmptyPeriod, EventConflict, NotStanding
from yizheng.registry.models import Basis, Change, ChangeKind, EventFact, Fact, StateFact, Subject
from yizheng.registry.periods import FOREVER, one_day
from yizheng.registry.verbs import ChangeInProgress
from yizheng.registry.versions import remainders, unsaved, versions_of
from yizheng.registry.writing import Known, insert_many

State = TypeVar("State", bound=StateFact)
Event = TypeVar("Event", bound=EventFact)
Version = TypeVar("Version", bound=Fact)

_SETTLE = """
-- every change takes its position, in the order they are named
SELECT named.id, settled.taken, settled.at
FROM unnest(%s::bigint[]) WITH ORDINALITY AS named (id, place), LATERAL registry_settle(named.id) AS settled
ORDER BY named.place
"""
_CLOSE = """
-- versions closed, each by its own change
UPDATE {table} f SET closed = named.change
FROM unnest(%s::bigint[], %s::bigint[]) AS named (id, change)
WHERE f.id = named.id AND f.closed IS NULL
"""


@dataclass(frozen=True, slots=True)
class Cause:
    """What asks for one of the changes: who acts, for what ("case:123"), and why."""

    actor: int | None
    cause: str
    reason: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What one change says about one line from a day on (a state) or on a day (an event)."""

    change: ChangeInProgress
    subject_id: int
    line: str
    values: Mapping[str, Any]
    valid_from: date
    authority_scope: int
    valid_to: date = FOREVER


@contextmanager
def changing_many(
    kind: ChangeKind, causes: Sequence[Cause], *, subjects: Iterable[int] = ()
) -> Iterator[ManyChanges]:
    """Open as many changes as there are causes; on leaving the block all take their positions, or none remains.

    Name the subjects that will be touched: they are locked in id order before anything is read.
    """
    with transaction.atomic():
        records = insert_many(
            [Change(kind=kind, actor_id=each.actor, cause=each.cause, reason=each.reason) for each in causes]
        )
        many = ManyChanges([ChangeInProgress(record) for record in records])
        many.lock(subjects)
        yield many
        many.settle()


class ManyChanges:
    """The verbs of many changes. A line may be touched by one of them only."""

    def __init__(self, changes: list[ChangeInProgress]) -> None:
        self.changes = changes

    def lock(self, subjects: Iterable[int]) -> None:
        """Hold these subjects, in id order, until the changes are over."""
        wanted = sorted(set(subjects))
        if wanted:
            held = Subject.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
            list(held.values_list("pk"))

    def state(self, model: type[State], statements: Sequence[Statement]) -> list[State]:
        """Each line says from its day on this and nothing else; the versions in force, in the order given.

        As `ChangeInProgress.state`: a line that says so already keeps its version. Raises EmptyPeriod.
        """
        met = self._met(model, statements)
        in_force: list[State] = []
        closed: list[tuple[int, int]] = []
        opened: list[State] = []
        for each in statements:
            new = _unsaved(model, each, each.valid_from, each.valid_to)
            standing = met[each.subject_id, each.line, each.valid_from]
            if standing and _says_already(standing[0], new):
                in_force.append(standing[0])
                continue
            closed += [(version.pk, each.change.id) for version in standing]
            opened += [*remainders(standing, each.change.id, each.valid_from, each.valid_to), new]
            in_force.append(new)
        _close(model, closed)
        insert_many(opened)
        return in_force

    def event(self, model: type[Event], statements: Sequence[Statement]) -> list[Event]:
        """Each happened on its day; the same again is no change. Raises EventConflict."""
        dated = [_as_event(each) for each in statements]
        met = self._met(model, dated)
        found: list[Event] = []
        opened: list[Event] = []
        for each in dated:
            new = _unsaved(model, each, each.valid_from, each.valid_to)
            standing = met[each.subject_id, each.line, each.valid_from]
            same = [version for version in standing if version.what_is_said() == new.what_is_said()]
            if standing and not same:
                raise EventConflict(
                    f"登记项“{each.line}”在{each.valid_from}已有另一条记录；如记录有误，请办理更正。"
                )
            opened += [] if same else [new]
            found.append(same[0] if same else new)
        insert_many(opened)
        return found

    def rely_on(self, bases: Iterable[tuple[ChangeInProgress, str, Iterable[Fact]]]) -> None:
        """Record the versions each decision relied on: change, case, versions."""
        insert_many(
            [
                Basis(change=change.record, case_ref=ref, fact_table=version.fact_table(), version=version.pk)
                for change, ref, versions in bases
                for version in versions
            ],
            Known.KEPT,
        )

    def settle(self) -> None:
        """Take the positions. `changing_many` does this last."""
        with connection.cursor() as cursor:
            cursor.execute(_SETTLE, [[change.id for change in self.changes]])
            taken = {pk: (position, at) for pk, position, at in cursor.fetchall()}
        for change in self.changes:
            change.position, change.settled = taken[change.id]
            change.record.position, change.record.settled = change.position, change.settled

    def _met(
        self, model: type[Version], statements: Sequence[Statement]
    ) -> Mapping[tuple[int, str, date], list[Version]]:
        """What the lines say now about any day of the periods, in order; one reading."""
        if not statements:
            return {}
        for each in statements:
            if each.valid_from >= each.valid_to:
                raise EmptyPeriod(f"有效期的开始日期（{each.valid_from}）须早于结束日期（{each.valid_to}）。")
        lines: dict[tuple[int, str], list[Version]] = defaultdict(list)
        rows = versions_of(model).current().filter(
            subject_id__in={each.subject_id for each in statements}, line__in={each.line for each in statements}
        )  # fmt: skip
        for row in rows.order_by("subject_id", "line", "valid_from"):
            lines[row.subject_id, row.line].append(row)
        return {
            (each.subject_id, each.line, each.valid_from): [
                row
                for row in lines[each.subject_id, each.line]
                if row.valid_from < each.valid_to and row.valid_to > each.valid_from
            ]
            for each in statements
        }


def _unsaved(model: type[Version], each: Statement, valid_from: date, valid_to: date) -> Version:
    return unsaved(
        model,
        each.values,
        subject_id=each.subject_id,
        line=each.line,
        valid_from=valid_from,
        valid_to=valid_to,
        opened=each.change.id,
        authority_scope=each.authority_scope,
    )


def _as_event(each: Statement) -> Statement:
    valid_from, valid_to = one_day(each.valid_from)
    return Statement(
        each.change, each.subject_id, each.line, each.values, valid_from, each.authority_scope, valid_to
    )


def _says_already(standing: Fact, new: Fact) -> bool:
    covers = standing.valid_from <= new.valid_from and new.valid_to <= standing.valid_to
    return covers and standing.what_is_said() == new.what_is_said()


def _close(model: type[Fact], pairs: Sequence[tuple[int, int]]) -> None:
    if not pairs:
        return
    statement = _CLOSE.format(table=connection.ops.quote_name(model.fact_table()))
    with connection.cursor() as cursor:
        cursor.execute(statement, [[version for version, _ in pairs], [change for _, change in pairs]])
        if cursor.rowcount != len(pairs):
            raise NotStanding("登记已被他人先行变更，请刷新后重新办理。")
