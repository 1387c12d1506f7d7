"""Writing by the million as the job role: a change's new subjects, and the whole city in sight."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from yizheng.people.scope import acting_as_system
from yizheng.registry import StateFact, SubjectKind
from yizheng.registry.verbs import ChangeInProgress


@contextmanager
def as_job(reason: str) -> Iterator[None]:
    """Every jurisdiction in sight, durable as always."""
    with acting_as_system(reason):
        yield


def subjects_of(change: ChangeInProgress, kind: SubjectKind, count: int) -> list[int]:
    """So many new subjects of the change, in one statement; their ids in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into registry_subject (kind, opened, revision) select %s, %s, 0 from generate_series(1, %s)"
            " returning id",
            [str(kind), change.id, count],
        )
        return sorted(row[0] for row in cursor.fetchall())


def with_defaults(model: type[StateFact], relation: str, given: Sequence[Any]) -> str:
    """The relation with the columns it does not name, as their defaults: a column added later needs nothing here."""
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
    return f"select {', '.join(['given.*', *missing])} from ({relation}) given"


def _literal(value: object) -> str:
    return "'{}'" if value == [] else "'" + str("" if value is None else value).replace("'", "''") + "'"
