"""Many rows of one table in one statement, handed over as one document that the database reads into its own types.

A list of values costs a placeholder a value, and the driver writes each into the statement; a document of any length is
one value. Array and document columns go the same way. Triggers, constraints and row security apply as to any insert.
"""

import enum
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, TypeVar

from django.db import connection, models, router, transaction
from django.db.models.expressions import DatabaseDefault
from django.utils.functional import Promise

Row = TypeVar("Row", bound=models.Model)

MOST = 10_000
"""Rows of one document; more go in several."""


class Known(enum.StrEnum):
    """What happens to a row whose key the table has already."""

    REFUSED = ""
    """The whole insert fails with IntegrityError."""
    KEPT = " on conflict do nothing"
    """The row that stands stays; the new objects get no ids."""


def insert_many(rows: Iterable[Row], known: Known = Known.REFUSED) -> list[Row]:
    """Insert the rows as `bulk_create` would and give them their ids; those given back are the same objects.

    All rows are of one model that inherits no other table. Raises IntegrityError as the table asks.
    """
    given = list(rows)
    with transaction.atomic(savepoint=False):
        for part in _parts(given):
            returned = [] if known else list(_meta(part[0]).db_returning_fields)
            answered = _written(part, str(known), returned)
            for row, values in zip(part, answered if returned else [()] * len(part), strict=True):
                _keep(row, returned, values)
    return given


def replace_many(rows: Iterable[models.Model], key: Sequence[str], kept: Sequence[str] = ()) -> None:
    """Insert the rows; one whose columns of `key` stand already takes the new values, but for the columns `kept`."""
    with transaction.atomic(savepoint=False):
        for part in _parts(list(rows)):
            meta = _meta(part[0])
            columns = [_quoted(each.column) for each in meta.concrete_fields if each.attname not in (*key, *kept)]
            columns_of_key = ", ".join(_quoted(meta.get_field(each).column) for each in key)
            said = ", ".join(f"{column} = excluded.{column}" for column in columns)
            _written(part, f" on conflict ({columns_of_key}) do update set {said}", [])


def _parts(rows: Sequence[Row]) -> Iterator[list[Row]]:
    """Rows that fill in the same columns, in order, no more than one statement takes."""
    doubtful = [field for field in _meta(rows[0]).concrete_fields if _may_be_left(field)] if rows else []
    for _, alike in groupby(rows, lambda row: [_left_open(each, getattr(row, each.attname)) for each in doubtful]):
        part = list(alike)
        yield from (part[first : first + MOST] for first in range(0, len(part), MOST))


def _written(rows: Sequence[models.Model], conflict: str, returned: Sequence[Any]) -> list[tuple[Any, ...]]:
    fields = _fields(rows[0])
    names = ", ".join(_quoted(field.column) for field in fields)
    typed = ", ".join(f"{_quoted(field.column)} {field.db_type(connection)}" for field in fields)
    answer = ", ".join(_quoted(field.column) for field in returned)
    statement = (
        f"insert into {_quoted(_meta(rows[0]).db_table)} ({names}) "  # noqa: S608 — names of the program's own
        f"select {names} from rows from (json_to_recordset(%s) as ({typed})) with ordinality given "
        f"order by given.ordinality{conflict}{f' returning {answer}' if answer else ''}"
    )
    said = [{field.column: field.pre_save(row, True) for field in fields} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(statement, [json.dumps(said, ensure_ascii=False, default=_plain)])
        return cursor.fetchall() if answer else []


def _fields(row: models.Model) -> list[Any]:
    """The columns the program fills in: all but generated ones, and those this row leaves to the database."""
    return [
        field
        for field in _meta(row).concrete_fields
        if not field.generated and not _left_open(field, getattr(row, field.attname))
    ]


def _may_be_left(field: Any) -> bool:
    return field.has_db_default() or isinstance(field, models.AutoField)


def _left_open(field: Any, value: Any) -> bool:
    return isinstance(value, DatabaseDefault) or (value is None and isinstance(field, models.AutoField))


def _keep(row: models.Model, fields: Sequence[Any], values: Sequence[Any]) -> None:
    for field, value in zip(fields, values, strict=True):
        setattr(row, field.attname, value)
    row._state.adding = False  # noqa: SLF001 — as `bulk_create` does
    row._state.db = router.db_for_write(type(row))  # noqa: SLF001


def _plain(value: Any) -> Any:
    """A value that JSON has no word for, as the database reads its text."""
    if isinstance(value, bytes | bytearray | memoryview):
        return "\\x" + bytes(value).hex()
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | Promise):
        return str(value)
    raise TypeError(f"no column holds a {type(value).__name__}")


def _meta(row: models.Model) -> Any:
    return row._meta  # noqa: SLF001 — documented by Django


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
