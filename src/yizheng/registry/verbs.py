"""登记动词: the only way facts are written. One `changing` block is one change, one transaction, one position."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, transaction

from yizheng.registry.failures import EmptyPeriod, EventConflict, MergeCircle, NothingInForce, NotStanding
from yizheng.registry.models import (
    Basis,
    Change,
    ChangeKind,
    EventFact,
    Fact,
    SameAs,
    StateFact,
    Subject,
    SubjectKind,
)
from yizheng.registry.models.identity import SAME_AS_LINE, principal_of
from yizheng.registry.periods import FOREVER, one_day
from yizheng.registry.versions import (
    SubjectRef,
    open_versions,
    remainders,
    subject_id,
    unsaved,
    versions_of,
)

State = TypeVar("State", bound=StateFact)
Event = TypeVar("Event", bound=EventFact)
Version = TypeVar("Version", bound=Fact)


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
) -> Iterator["ChangeInProgress"]:
    """Open a change; on leaving the block it takes its position, on an exception nothing of it remains.

    `cause` names what asked for it ("case:123"). Name `subjects` when the change will touch several, so that
    they are locked in id order at once; a subject touched alone is locked when first touched. Put nothing
    slow after the block inside an outer transaction: the order of changes is held until commit.
    """
    with transaction.atomic():
        record = Change.objects.create(
            kind=kind, actor_id=actor, cause=cause, reason=reason, approved_by_id=approved_by, undoes=undoes
        )
        change = ChangeInProgress(record)
        change.lock(*subjects)
        yield change
        change.settle()


class ChangeInProgress:
    """The verbs of one change. `position` and `settled` are there once the block is left."""

    def __init__(self, record: Change) -> None:
        self.record = record
        self.id: int = record.pk
        self.position: int | None = None
        self.settled: datetime | None = None

    def subject(self, kind: SubjectKind | str) -> Subject:
        """A new subject of that kind."""
        return Subject.objects.create(kind=SubjectKind(kind), opened=self.id)

    def lock(self, *subjects: SubjectRef) -> None:
        """Hold these subjects, in id order, against other writers until the change is over."""
        wanted = sorted({subject_id(subject) for subject in subjects})
        if wanted:
            held = Subject.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
            list(held.values_list("pk"))

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

        What the line said before and after that period stays. Returns the version in force: the new one, or
        the standing one when it says the same throughout already. Raises EmptyPeriod.
        """
        self.lock(subject)
        _check_period(valid_from, valid_to)
        new = unsaved(
            model,
            values,
            subject_id=subject_id(subject),
            line=line,
            valid_from=valid_from,
            valid_to=valid_to,
            opened=self.id,
            authority_scope=authority_scope,
        )
        met = open_versions(model, subject, line, valid_from, valid_to)
        if met and _covers(met[0], new) and met[0].what_is_said() == new.what_is_said():
            return met[0]
        self._close(model, met)
        self._open(model, [*remainders(met, self.id, valid_from, valid_to), new])
        return new

    def clear(
        self,
        model: type[State],
        subject: SubjectRef,
        line: str,
        *,
        valid_from: date,
        valid_to: date = FOREVER,
    ) -> list[State]:
        """From `valid_from` until `valid_to` the line says nothing. Returns the versions closed.

        Raises NothingInForce when it said nothing already, and EmptyPeriod.
        """
        self.lock(subject)
        _check_period(valid_from, valid_to)
        met = open_versions(model, subject, line, valid_from, valid_to)
        if not met:
            raise NothingInForce(f"登记项“{line}”自{valid_from}起没有有效的登记，不能终止。")
        self._close(model, met)
        self._open(model, remainders(met, self.id, valid_from, valid_to))
        return met

    def end(self, model: type[State], subject: SubjectRef, line: str, *, on: date) -> list[State]:
        """The state ends: `on` is the first day it no longer holds. Raises NothingInForce."""
        return self.clear(model, subject, line, valid_from=on)

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
        self.lock(subject)
        valid_from, valid_to = one_day(happened_on)
        new = unsaved(
            model,
            values,
            subject_id=subject_id(subject),
            line=line,
            valid_from=valid_from,
            valid_to=valid_to,
            opened=self.id,
            authority_scope=authority_scope,
        )
        for standing in open_versions(model, subject, line, valid_from, valid_to):
            if standing.what_is_said() == new.what_is_said():
                return standing
            raise EventConflict(f"登记项“{line}”在{happened_on}已有另一条记录；如记录有误，请办理更正。")
        self._open(model, [new])
        return new

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
        self._close(type(version), [version])

    def merge(
        self, duplicate: SubjectRef, into: SubjectRef, *, valid_from: date, authority_scope: int
    ) -> SameAs:
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
        basis = [
            Basis(change=self.record, case_ref=case_ref, fact_table=version.fact_table(), version=version.pk)
            for version in versions
        ]
        Basis.objects.bulk_create(basis, ignore_conflicts=True)

    def settle(self) -> None:
        """Take the position. `changing` does this last; nothing can be written afterwards."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT taken, at FROM registry_settle(%s)", [self.id])
            self.position, self.settled = cursor.fetchone()
        self.record.position, self.record.settled = self.position, self.settled

    def _close(self, model: type[Version], versions: list[Version]) -> None:
        ids = [version.pk for version in versions]
        if ids and versions_of(model).current().filter(pk__in=ids).update(closed=self.id) != len(ids):
            raise NotStanding("登记已被他人先行变更，请刷新后重新办理。")

    def _open(self, model: type[Version], versions: list[Version]) -> None:
        if versions:
            versions_of(model).bulk_create(versions)


def _check_period(valid_from: date, valid_to: date) -> None:
    if valid_from >= valid_to:
        raise EmptyPeriod(f"有效期的开始日期（{valid_from}）须早于结束日期（{valid_to}）。")


def _covers(standing: Fact, new: Fact) -> bool:
    return standing.valid_from <= new.valid_from and new.valid_to <= standing.valid_to
