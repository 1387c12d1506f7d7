"""批量登记: the same splice as `ChangeInProgress.state`, over a whole relation of rows at once, inside the database.

For loads of a million rows: a handful of statements whatever the number, nothing passes through Python.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from yizheng.registry.models import Fact, StateFact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.registry.writer.versions import filled, values_of


@dataclass(frozen=True)
class BulkOutcome:
    """How many rows said something new, how many the register said already, how many versions were closed."""

    stated: int
    unchanged: int
    closed: int


def load_states(
    change: ChangeInProgress, model: type[StateFact], relation: str, params: Sequence[Any] = ()
) -> BulkOutcome:
    """State every row of `relation`, an SQL query, as part of `change`.

    The query yields columns named subject_id, line, valid_from, valid_to, authority_scope and the kind's own
    columns (`place_id` for a reference), and must come from the program, its values from `params`. A row wholly
    within a version that says the same is unchanged. Two rows that overlap on a line are refused by the
    database (IntegrityError), and with them the whole load.
    """
    said = {"said": values_of(model), "said_of_f": values_of(model, "f."), "said_of_i": values_of(model, "i.")}
    with connection.cursor() as cursor:
        cursor.execute(filled(_STAGE, model))
        cursor.execute(filled(_RECEIVE, model).replace("{relation}", relation), params)
        received = cursor.rowcount
        cursor.execute("analyze registry_incoming")
        cursor.execute("select coalesce(min(subject_id), 0), coalesce(max(subject_id), 0) from registry_incoming")
        first, last = map(str, cursor.fetchone())
        among = {"first": first, "last": last}
        cursor.execute(filled(_LOCK, model, **among))
        cursor.execute(filled(_DROP_UNCHANGED, model, **said, **among))
        unchanged = cursor.rowcount
        cursor.execute(filled(_MEET, model, **said, **among))
        cursor.execute("analyze registry_met")
        cursor.execute(filled(_CLOSE, model), {"change": change.id})
        closed = cursor.rowcount
        cursor.execute(filled(_OPEN, model, **said), {"change": change.id})
        cursor.execute("drop table registry_incoming, registry_met")
    return BulkOutcome(received - unchanged, unchanged, closed)


def append(change: ChangeInProgress, model: type[Fact], relation: str, params: Sequence[Any] = ()) -> int:
    """Open every row of `relation`, which has the columns `load_states` asks for, where nothing stands yet.

    For rows whose lines were found free before; the database refuses one that is not (IntegrityError), and with it
    all of them. Returns how many.
    """
    with connection.cursor() as cursor:
        cursor.execute(filled(_APPEND, model).replace("{relation}", relation), [change.id, *params])
        return int(cursor.rowcount)


def rely(change: ChangeInProgress, case_ref: str, model: type[Fact], relation: str, params: Sequence[Any] = ()) -> int:
    """Record the versions of a kind whose ids `relation` yields as the basis of the change. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_RELY.replace("{relation}", relation), [change.id, case_ref, model.fact_table(), *params])
        return int(cursor.rowcount)


def close(change: ChangeInProgress, model: type[Fact], relation: str, params: Sequence[Any] = ()) -> int:
    """Close the open versions whose ids `relation` yields, so that others may take their place. Returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(filled(_CLOSE_NAMED, model).replace("{relation}", relation), [change.id, *params])
        return int(cursor.rowcount)


_STAGE = "create temp table registry_incoming on commit drop as select {columns} from {table} with no data"

_RECEIVE = "insert into registry_incoming ({columns}) select {columns} from ({relation}) given"

# Every subject touched, in id order, before anything is read that another writer may change. The two bounds stand in the
# statements as numbers, so that the planner knows whether new subjects at the end of a register of millions are asked for,
# or some of everywhere.
_LOCK = """
select count(*) from (
    select id from registry_subject
    where id in (select subject_id from registry_incoming) and id between {first} and {last}
    order by id for no key update
) held
"""

_DROP_UNCHANGED = """
delete from registry_incoming i using {table} f
where f.subject_id = i.subject_id and f.line = i.line and f.closed is null
  and f.subject_id between {first} and {last} and f.valid_from <= i.valid_from and i.valid_to <= f.valid_to
  and row({said_of_f}) is not distinct from row({said_of_i})
"""

_MEET = """
create temp table registry_met on commit drop as
select f.id, f.subject_id, f.line, {said_of_f}, datemultirange(daterange(f.valid_from, f.valid_to))
             - range_agg(daterange(i.valid_from, i.valid_to)) as remaining
from {table} f join registry_incoming i
  on f.subject_id = i.subject_id and f.line = i.line
 and f.valid_from < i.valid_to and i.valid_from < f.valid_to
where f.closed is null and f.subject_id between {first} and {last}
group by f.id
"""

_CLOSE = "update {table} f set closed = %(change)s from registry_met m where f.id = m.id"

# Remainders and new rows in one statement, so that overlaps are looked for once.
_OPEN = """
insert into {table} (opened, {columns})
select %(change)s, {columns} from registry_incoming
union all
select %(change)s, m.subject_id, m.line, lower(part), upper(part), {said}
from registry_met m cross join lateral unnest(m.remaining) part
"""

_RELY = """
insert into registry_basis (change_id, case_ref, fact_table, version)
select %s, %s, %s, found.id from ({relation}) found (id) where found.id is not null
"""

_APPEND = "insert into {table} (opened, {columns}) select %s, {columns} from ({relation}) given"

# The ids are gathered once, whatever the planner thinks of a table that was never analysed.
_CLOSE_NAMED = "update {table} set closed = %s where id = any (array({relation})) and closed is null"
