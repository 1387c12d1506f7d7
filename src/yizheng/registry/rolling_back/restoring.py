"""恢复登记: what the register knew of some lines at a past position becomes again what it says, by one change.

For an institution whose data were lost or spoiled, or for all that one batch touched. Nothing is turned back: what
stands and was not known then is closed, what was known then and no longer stands is opened, and the change can be rolled
back like any other. Lines on which a later decision relied stay as they are and are named; two persons decide.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, models

from yizheng.registry.failures import NothingToUndo, SamePerson
from yizheng.registry.models import Change, ChangeKind, Fact, Subject
from yizheng.registry.models.knowledge import Knowledge, knowledge
from yizheng.registry.reading import kinds
from yizheng.registry.rolling_back.undoing import LineKey
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
    with connection.cursor() as cursor:
        for kind in kinds():
            cursor.execute(_sql(_PREVIEW, kind, wanted), _values(kind, wanted))
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
        touched = sum(_apply(kind, wanted, change.id) for kind in kinds())
        if not touched:
            raise NothingToUndo("现在的登记与那时所知一致，没有需要恢复的内容。")
    return change.record


def _apply(kind: type[Fact], wanted: Wanted, change: int) -> int:
    """Close, then open, one kind of fact; how many versions."""
    values = {**_values(kind, wanted), "now": change}
    with connection.cursor() as cursor:
        cursor.execute(_sql(_STAGE, kind, wanted), values)
        cursor.execute(_sql(_CLOSE, kind, wanted), values)
        touched: int = cursor.rowcount
        cursor.execute(_sql(_OPEN, kind, wanted), values)
        touched += cursor.rowcount
        cursor.execute("drop table registry_restoring")
    return touched


def _values(kind: type[Fact], wanted: Wanted) -> dict[str, Any]:
    return {
        "position": wanted.known.position,
        "subject": wanted.subject,
        "change": wanted.change,
        "table": kind.fact_table(),
    }


def _sql(template: str, kind: type[Fact], wanted: Wanted) -> str:
    same = f"({columns_of(kind, 'n.')}) is not distinct from ({columns_of(kind, 't.')})"
    return filled(
        template.replace("{difference}", _DIFFERENCE), kind, known=_KNOWN, lines=_lines(kind, wanted), equal=same
    )


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

# Versions that stand now and did not then (`closing`), and those that stood then and do not now (`opening`), by line;
# `later` is a change that relied on a version that would be closed.
_DIFFERENCE = """
with reached as (
    select coalesce(max(high), 0) as high from (
        select high from registry_change where "position" <= %(position)s order by "position" desc limit 1) newest
),
flying as (
    select id from registry_change
    where (overtaken is not null and int8range(overtaken, "position") @> %(position)s::bigint) or "position" is null
),
wanted as (select distinct subject_id, line from {table} where {lines}),
mine as (select f.* from {table} f join wanted w on w.subject_id = f.subject_id and w.line = f.line),
then_known as (select f.* from mine f, reached where {known}),
standing as (select * from mine where closed is null),
closing as (
    select n.* from standing n where not exists (
        select from then_known t where t.subject_id = n.subject_id and t.line = n.line and {equal})
),
opening as (
    select t.* from then_known t where not exists (
        select from standing n where t.subject_id = n.subject_id and t.line = n.line and {equal})
),
relied as (
    select c.subject_id, c.line, min(b.change_id) as later from closing c
    join registry_basis b on b.fact_table = %(table)s and b.version = c.id
    where not exists (select from registry_change undo where undo.undoes_id = b.change_id)
    group by c.subject_id, c.line
)
"""

_PREVIEW = """{difference}
select
    subject_id, line,
    coalesce(array_agg(id order by valid_from, id) filter (where closes), '{}'),
    coalesce(array_agg(id order by valid_from, id) filter (where not closes), '{}'),
    array_agg(distinct authority_scope), array_agg(distinct taken), max(r.later)
from (
    select id, subject_id, line, valid_from, authority_scope, opened as taken, true as closes from closing
    union all
    select id, subject_id, line, valid_from, authority_scope, closed, false from opening
) differing left join relied r using (subject_id, line)
group by subject_id, line order by subject_id, line
"""

_STAGE = """
create temp table registry_restoring on commit drop as {difference}
select id, true as closes from closing where (subject_id, line) not in (select subject_id, line from relied)
union all
select id, false from opening where (subject_id, line) not in (select subject_id, line from relied)
"""
_CLOSE = "update {table} f set closed = %(now)s from registry_restoring r where r.closes and f.id = r.id"
_OPEN = """
insert into {table} (opened, {columns})
select %(now)s, {columns} from {table} f where id in (select id from registry_restoring where not closes)
"""
