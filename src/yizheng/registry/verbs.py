"""登记动词: the only way facts are written. A batch is one transaction; each change in it has its own position.

What the changes say is collected and written together (`batch`); `changing` is a batch of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any, TypeVar

from django.db import connection, transaction

from yizheng.registry import following
from yizheng.registry.failures import EmptyPeriod, MergeCircle
from yizheng.registry.models import Change, ChangeKind, EventFact, Fact, SameAs, StateFact, Subject, SubjectKind
from yizheng.registry.models.identity import SAME_AS_LINE, principal_of
from yizheng.registry.periods import FOREVER, one_day
from yizheng.registry.writer.batch import Batch, Statement
from yizheng.registry.writer.rows import insert_many
from yizheng.registry.writer.versions import SubjectRef, subject_id, unsaved, versions_of

State = TypeVar("State", bound=StateFact)
Event = TypeVar("Event", bound=EventFact)
Version = TypeVar("Version", bound=Fact)
What = TypeVar("What")

_SETTLE = """
-- every change takes its position, in the order they are named
SELECT named.id, settled.taken, settled.at
FROM unnest(%s::bigint[]) WITH ORDINALITY AS named (id, place), LATERAL registry_settle(named.id) AS settled
ORDER BY named.place
"""


@dataclass(frozen=True, slots=True)
class Cause:
    """What asks for a change: who acts, for what ("case:123"), why, who agreed, and which change it undoes."""

    actor: int | None
    cause: str
    reason: str = ""
    approved_by: int | None = None
    undoes: Change | None = None


@contextmanager
def changing(
    *,
    kind: ChangeKind,
    actor: int | None,
    cause: str,
    reason: str = "",
    approved_by: int | None = None,
    undoes: Change | None = None,
    subjects: Iterable[SubjectRef] = (),
) -> Iterator[ChangeInProgress]:
    """Open a change; on leaving the block it takes its position, on an exception nothing of it remains.

    `cause` names what asked for it ("case:123"). Name `subjects` when the change will touch several, so that
    they are locked in id order at once; a subject touched alone is locked when first touched. Put nothing
    slow after the block inside an outer transaction: the order of changes is held until commit.
    """
    causes = [Cause(actor, cause, reason, approved_by, undoes)]
    with changing_many(kind, causes, subjects=subjects) as (change,):
        yield change


@contextmanager
def changing_many(
    kind: ChangeKind, causes: Sequence[Cause], *, subjects: Iterable[SubjectRef] = ()
) -> Iterator[list[ChangeInProgress]]:
    """Open as many changes as there are causes; on leaving the block all take their positions, in this order.

    On an exception nothing remains of any of them. A thousand cases decided at once are a thousand changes, each as if
    it had been decided alone; they share their statements, not their identity.
    """
    with transaction.atomic():
        records = insert_many(
            [
                Change(
                    kind=kind, actor_id=each.actor, cause=each.cause, reason=each.reason,
                    approved_by_id=each.approved_by, undoes=each.undoes,
                )
                for each in causes
            ]
        )  # fmt: skip
        batch = Batch()
        batch.hold(map(subject_id, subjects))
        changes = [ChangeInProgress(record, batch) for record in records]
        with batch.open():
            yield changes
        following.tell([change.id for change in changes])
        _settle(changes)


class ChangeInProgress:
    """The verbs of one change. `position` and `settled` are there once the block is left.

    What is said is written when the batch closes, or before, when somebody asks about it; faults of a line (nothing
    stands, another event stands) are raised then. `flush` writes at once.
    """

    def __init__(self, record: Change, batch: Batch) -> None:
        self.record = record
        self.id: int = record.pk
        self.position: int | None = None
        self.settled: datetime | None = None
        self._batch = batch

    def subject(self, kind: SubjectKind | str) -> Subject:
        """A new subject of that kind."""
        made = Subject.objects.create(kind=SubjectKind(kind), opened=self.id)
        self._batch.own(made.pk)
        return made

    def lock(self, *subjects: SubjectRef) -> None:
        """Hold these subjects, in id order, against other writers until the change is over."""
        self._batch.hold(map(subject_id, subjects))

    def next_line(self, model: type[Fact], subject: SubjectRef, line: Callable[[int], str]) -> str:
        """The first free of the numbered lines of a kind: its n-th qualification, its n-th record.

        Found under the lock of the subject among all versions there ever were, so that two acts get two lines and one that
        was rolled back keeps its own. Call it with sight of every line of the subject.
        """
        self.lock(subject)
        rows = versions_of(model).filter(subject_id=subject_id(subject))
        taken = set(rows.values_list("line", flat=True).distinct())
        return next(free for index in count(1) if (free := line(index)) not in taken)

    def state(
        self,
        model: type[State],
        subject: SubjectRef,
        line: str,
        values: Mapping[str, Any],
        *,
        valid_from: date,
        valid_to: date = FOREVER,
        authority_scope: int,
    ) -> State:
        """From `valid_from` until `valid_to` the line says this and nothing else (a splice).

        What the line said before and after that period stays. Returns the version in force; it has its id once it is
        written, and is the standing version where the line said the same throughout already. Raises EmptyPeriod.
        """
        return self._say(model, subject, line, values, valid_from, valid_to, authority_scope)

    def clear(
        self, model: type[State], subject: SubjectRef, line: str, *, valid_from: date, valid_to: date = FOREVER
    ) -> None:
        """From `valid_from` until `valid_to` the line says nothing.

        Raises EmptyPeriod, and NothingInForce when it said nothing already.
        """
        _check_period(valid_from, valid_to)
        self.lock(subject)
        self._batch.say(model, Statement(self.id, subject_id(subject), line, valid_from, valid_to, None))

    def end(self, model: type[State], subject: SubjectRef, line: str, *, on: date) -> None:
        """The state ends: `on` is the first day it no longer holds. Raises NothingInForce."""
        self.clear(model, subject, line, valid_from=on)

    def event(
        self,
        model: type[Event],
        subject: SubjectRef,
        line: str,
        values: Mapping[str, Any],
        *,
        happened_on: date,
        authority_scope: int,
    ) -> Event:
        """It happened on that day. The same event again is no change; a different one raises EventConflict."""
        return self._say(model, subject, line, values, *one_day(happened_on), authority_scope)

    def correct_event(
        self,
        version: Event,
        values: Mapping[str, Any],
        *,
        happened_on: date | None = None,
        authority_scope: int | None = None,
    ) -> Event:
        """The event was this instead, or on another day. Raises NotStanding, EventConflict."""
        self.retract(version)
        return self.event(
            type(version),
            version.subject_id,
            version.line,
            values,
            happened_on=happened_on or version.happened_on,
            authority_scope=version.authority_scope if authority_scope is None else authority_scope,
        )

    def retract(self, version: Fact) -> None:
        """The register should never have said this; nothing takes its place. Raises NotStanding."""
        self.lock(version.subject_id)
        self._batch.retract(version, self.id)

    def merge(self, duplicate: SubjectRef, into: SubjectRef, *, valid_from: date, authority_scope: int) -> SameAs:
        """From that day `duplicate` is the same as `into`. Raises MergeCircle. `split` takes it back."""
        self.lock(duplicate, into)
        if principal_of(subject_id(into), valid_from) == subject_id(duplicate):
            raise MergeCircle("两个主体已经合并，不能反向再合并。")
        values = {"principal_id": subject_id(into)}
        return self.state(
            SameAs, duplicate, SAME_AS_LINE, values, valid_from=valid_from, authority_scope=authority_scope
        )

    def split(self, duplicate: SubjectRef, *, on: date) -> None:
        """From that day the two are separate again. Raises NothingInForce when they were not merged."""
        self.end(SameAs, duplicate, SAME_AS_LINE, on=on)

    def relies_on(self, case_ref: str, versions: Iterable[Fact]) -> None:
        """Record the versions the decision relied on: its basis. Again the same is no change."""
        self._batch.rely(self.id, case_ref, versions)

    def share(self, write: Callable[[list[What]], object], what: What) -> None:
        """Have `write` write `what` with the like of all changes of the batch, after the facts."""
        self._batch.share(write, what)

    def flush(self) -> None:
        """Write what the batch said so far. Raises NothingInForce, EventConflict, NotStanding."""
        self._batch.flush()

    def _say(
        self, model: type[Version], subject: SubjectRef, line: str, values: Mapping[str, Any], valid_from: date,
        valid_to: date, authority_scope: int,
    ) -> Version:  # fmt: skip
        _check_period(valid_from, valid_to)
        self.lock(subject)
        pk = subject_id(subject)
        ledger = {"valid_from": valid_from, "valid_to": valid_to, "authority_scope": authority_scope}
        new = unsaved(model, values, subject_id=pk, line=line, opened=self.id, **ledger)
        self._batch.say(model, Statement(self.id, pk, line, valid_from, valid_to, new))
        return new


def _settle(changes: Sequence[ChangeInProgress]) -> None:
    """Take the positions; nothing can be written afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [[change.id for change in changes]])
        taken = {pk: (position, at) for pk, position, at in cursor.fetchall()}
    for change in changes:
        change.position, change.settled = taken[change.id]
        change.record.position, change.record.settled = taken[change.id]


def _check_period(valid_from: date, valid_to: date) -> None:
    if valid_from >= valid_to:
        raise EmptyPeriod(f"有效期的开始日期（{valid_from}）须早于结束日期（{valid_to}）。")
