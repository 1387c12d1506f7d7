"""恢复登记: what the register knew of some lines at a past position becomes again what it says, by one change.

For an institution whose data were lost or spoiled, or for all that one batch touched. Nothing is turned back: what
stands and was not known then is closed, what was known then and no longer stands is opened, and the change can be rolled
back like any other. Lines on which a later decision relied stay as they are and are named; two persons decide.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models, transaction

from yizheng.registry.failures import NothingToUndo, SamePerson
from yizheng.registry.models import Change, ChangeKind, Fact, Subject
from yizheng.registry.models.knowledge import Knowledge, knowledge
from yizheng.registry.reading import kinds
from yizheng.registry.rolling_back.undoing import LineKey, touched_kinds
from yizheng.registry.verbs import changing
from yizheng.registry.writer.versions import columns_of, filled, quoted


@dataclass(frozen=True)
class Wanted:
    """Whose lines, and as known when: of a subject and of those who refer to it, or those a change touched."""

    known: Knowledge
    subject: int | None = None
    change: int | None = None

    @classmethod
    def of_subject(cls, subject: int, known: int | datetime) -> Wanted:
        """Everything of this subject, and every line that names it (a hospital and who practises there)."""
        return cls(knowledge(known), subject=subject)

    @classmethod
    def of_change(cls, change: int, known: int | datetime) -> Wanted:
        """Every line this change touched."""
        return cls(knowledge(known), change=change)

    @property
    def cause(self) -> str:
        """What the ledger says of it."""
        whose = f"subject:{self.subject}" if self.change is None else f"change:{self.change}"
        return f"restore:{whose}@{self.known.position}"


@dataclass(frozen=True)
class LineDifference:
    """How a line would change: versions closed, versions opened, and why it stays as it is instead, if it does."""

    line: LineKey
    title: str
    closing: tuple[int, ...]
    """The versions that stand and would be closed."""
    opening: tuple[int, ...]
    """The versions of then whose words would be opened again."""
    scopes: tuple[int, ...]
    """The authorities whose registrations it holds."""
    changes: tuple[int, ...]
    """The changes taken back: those that wrote what would be closed, and those that closed what would be opened."""
    kept: str = ""


@dataclass(frozen=True)
class RestorationPreview:
    """What restoring would do now, line by line."""

    wanted: Wanted
    lines: tuple[LineDifference, ...]

    @property
    def changed(self) -> tuple[LineDifference, ...]:
        """The lines that would change."""
        return tuple(line for line in self.lines if not line.kept)

    @property
    def kept(self) -> tuple[LineDifference, ...]:
        """The lines that differ and would stay as they are."""
        return tuple(line for line in self.lines if line.kept)


def preview_restoration(wanted: Wanted) -> RestorationPreview:
    """The difference between then and now, for as far as the reader sees the register."""
    found = []
    for kind in _kinds_of(wanted):
        with _staged(kind, wanted) as cursor:
            cursor.execute(_PREVIEW)
            for subject, line, closing, opening, scopes, changes, later in cursor.fetchall():
                key = LineKey(kind.fact_table(), subject, line)
                why = f"后来的决定（变更 {later}）以现在的登记为依据，须先处理该决定" if later else ""
                found.append(
                    LineDifference(
                        key, kind.kind_title(), tuple(closing), tuple(opening), tuple(scopes), tuple(changes), why
                    )
                )
    return RestorationPreview(wanted, tuple(found))


def restore_known(wanted: Wanted, *, actor: int, approved_by: int, reason: str) -> Change:
    """Write the difference as one change. Raises SamePerson, NothingToUndo when nothing differs."""
    if actor == approved_by:
        raise SamePerson("恢复须由一人提出、另一人复核，提出人不能复核自己的恢复。")
    with changing(
        kind=ChangeKind.CORRECTION, actor=actor, approved_by=approved_by, cause=wanted.cause, reason=reason
    ) as change:
        subjects = {line.line.subject_id for line in preview_restoration(wanted).changed}
        change.lock(*subjects)
        touched = sum(_apply(kind, wanted, change.id) for kind in _kinds_of(wanted))
        if not touched:
            raise NothingToUndo("现在的登记与那时所知一致，没有需要恢复的内容。")
    return change.record


def _apply(kind: type[Fact], wanted: Wanted, change: int) -> int:
    """Close, then open, one kind of fact; how many versions."""
    with _staged(kind, wanted) as cursor:
        cursor.execute(_LEAVE_RELIED)
        cursor.execute(filled(_CLOSE, kind), {"now": change})
        touched: int = cursor.rowcount
        cursor.execute(filled(_OPEN, kind), {"now": change})
        touched += cursor.rowcount
    return touched


@contextmanager
def _staged(kind: type[Fact], wanted: Wanted) -> Iterator[Any]:
    """How the versions of a kind differ, in analysed temporary tables while the block lasts; the cursor to ask them."""
    same = f"({columns_of(kind, 'n.')}) is not distinct from ({columns_of(kind, 't.')})"
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in _STAGE.split(";"):
            part = filled(statement, kind, known=_KNOWN, lines=_lines(kind, wanted), equal=same)
            cursor.execute(part, _values(kind, wanted))
        yield cursor
        cursor.execute(_UNSTAGE)


def _kinds_of(wanted: Wanted) -> list[type[Fact]]:
    """The kinds in which any line is wanted."""
    if wanted.change is not None:
        return touched_kinds(wanted.change)
    asked = "select %(table)s where exists (select from {table} where {lines})"
    with connection.cursor() as cursor:
        found = []
        for kind in kinds():
            cursor.execute(filled(asked, kind, lines=_lines(kind, wanted)), _values(kind, wanted))
            found += [kind] * len(cursor.fetchall())
    return found


def _values(kind: type[Fact], wanted: Wanted) -> dict[str, Any]:
    return {
        "position": wanted.known.position,
        "subject": wanted.subject,
        "change": wanted.change,
        "table": kind.fact_table(),
    }


def _lines(kind: type[Fact], wanted: Wanted) -> str:
    """The condition on versions that names the lines wanted."""
    if wanted.subject is None:
        return "opened = %(change)s or closed = %(change)s"
    naming = [
        field.column
        for field in kind.typed_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Subject
    ]
    return " or ".join(f"{quoted([column])} = %(subject)s" for column in ["subject_id", *naming])


_KNOWN = """
f.opened <= reached.high and f.opened not in (select id from flying)
and (f.closed is null or f.closed > reached.high or f.closed in (select id from flying))
"""

# Versions that stand now and did not then (`closes`), and those that stood then and do not now; `later` is a change that
# relied on a version that would be closed. Each step is analysed before the next is asked, as rollback does and for its reason.
_STAGE = """
create temp table registry_mine on commit drop as
with wanted as (select distinct subject_id, line from {table} where {lines})
select f.* from {table} f join wanted w on w.subject_id = f.subject_id and w.line = f.line;
create index on registry_mine (subject_id, line);
analyze registry_mine;
create temp table registry_differing on commit drop as
with reached as (
    select coalesce(max(high), 0) as high from (
        select high from registry_change where "position" <= %(position)s order by "position" desc limit 1) newest
),
flying as (
    select id from registry_change
    where (overtaken is not null and int8range(overtaken, "position") @> %(position)s::bigint) or "position" is null
),
then_known as (select f.* from registry_mine f, reached where {known}),
standing as (select * from registry_mine where closed is null)
select id, subject_id, line, valid_from, authority_scope, opened as taken, true as closes from standing n
where not exists (
    select from then_known t where t.subject_id = n.subject_id and t.line = n.line and {equal})
union all
select id, subject_id, line, valid_from, authority_scope, closed, false from then_known t
where not exists (
    select from standing n where t.subject_id = n.subject_id and t.line = n.line and {equal});
create index on registry_differing (id);
create index on registry_differing (subject_id, line);
analyze registry_differing;
create temp table registry_relied on commit drop as
select c.subject_id, c.line, min(b.change_id) as later from registry_differing c
join registry_basis b on b.fact_table = %(table)s and b.version = c.id
where c.closes and not exists (select from registry_change undo where undo.undoes_id = b.change_id)
group by c.subject_id, c.line;
analyze registry_relied
"""
_UNSTAGE = "drop table registry_mine, registry_differing, registry_relied"

_PREVIEW = """
select
    subject_id, line,
    coalesce(array_agg(id order by valid_from, id) filter (where closes), '{}'),
    coalesce(array_agg(id order by valid_from, id) filter (where not closes), '{}'),
    array_agg(distinct authority_scope), array_agg(distinct taken), max(r.later)
from registry_differing left join registry_relied r using (subject_id, line)
group by subject_id, line order by subject_id, line
"""

_LEAVE_RELIED = """
delete from registry_differing d using registry_relied r where r.subject_id = d.subject_id and r.line = d.line
"""
_CLOSE = "update {table} f set closed = %(now)s from registry_differing d where d.closes and f.id = d.id"
_OPEN = """
insert into {table} (opened, {columns})
select %(now)s, {columns} from {table} f where id in (select id from registry_differing where not closes)
"""
