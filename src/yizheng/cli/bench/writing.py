"""Writing by the million as the job role: changes, their new subjects, and statements of `invented`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, StateFact, SubjectKind, changing, load_states
from yizheng.registry.verbs import ChangeInProgress


def statement(name: str) -> str:
    """The SQL of a file of `invented`."""
    return (Path(__file__).parent / "invented" / f"{name}.sql").read_text("utf-8")


def written(name: str, *given: int) -> int:
    """Run a statement of `invented` over the whole city; how many rows it wrote."""
    with acting_as_system(f"bench: {name}"), connection.cursor() as cursor:
        cursor.execute(statement(name), given)
        return int(cursor.rowcount)


@contextmanager
def inventing(what: str, first: int) -> Iterator[ChangeInProgress]:
    """A change of invented data, with every jurisdiction in sight, durable as always."""
    cause = f"bench:{what}:{first}"
    with (
        acting_as_system(cause),
        changing(kind=ChangeKind.INTAKE, actor=None, cause=cause, reason="测量用数据") as change,
    ):
        yield change


def subjects_of(change: ChangeInProgress, kind: SubjectKind, count: int) -> list[int]:
    """So many new subjects of the change, in one statement; their ids in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into registry_subject (kind, opened, revision) select %s, %s, 0 from generate_series(1, %s)"
            " returning id",
            [str(kind), change.id, count],
        )
        return sorted(row[0] for row in cursor.fetchall())


def copied(table: str, rows: Iterator[Sequence[object]]) -> int:
    """Rows copied into a table of ours; how many."""
    with connection.cursor() as cursor:
        with cursor.copy(f"copy {table} from stdin") as copy:
            for row in rows:
                copy.write_row(row)
        return int(cursor.rowcount)


def load(change: ChangeInProgress, model: type[StateFact], name: str, given: Sequence[Any]) -> int:
    """State what a relation of `invented` says; how many versions. A column it does not name has its default."""
    relation = statement(name)
    with connection.cursor() as cursor:
        cursor.execute(f"select * from ({relation}) given limit 0", given)
        named = {column.name for column in cursor.description}
    missing = [
        f"null::{field.db_type(connection)} as {field.column}"
        if field.null
        else f"{_literal(field.get_default())}::{field.db_type(connection)} as {field.column}"
        for field in model.typed_fields()
        if field.column not in named
    ]
    whole = f"select {', '.join(['given.*', *missing])} from ({relation}) given"
    outcome = load_states(change, model, whole, given)
    return outcome.stated + outcome.closed


def _literal(value: object) -> str:
    return "'{}'" if value == [] else "'" + str("" if value is None else value).replace("'", "''") + "'"
