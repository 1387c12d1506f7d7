"""暂存: what a checked file says, in a table of its own, until somebody confirms it.

The tables are logged: a batch keeps its staging and its verdicts through a crash of the server, and only the load is
repeated. They hold no number of a person: blind indexes to match by, and the numbers themselves sealed in portions.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl
from django.db import connection

from yizheng.intake.files.tables import ROW
from yizheng.intake.formats import Format
from yizheng.intake.models import Batch, SealedNumbers
from yizheng.intake.persons import KIND
from yizheng.intake.rowing import RowFinding, staged_columns
from yizheng.people.enciphering import cipher, masterkey

NUMBER = "number"
_SEALED = {ROW: pl.Int64, KIND: pl.String, NUMBER: pl.String}
_SEAL_NUMBERS = "insert into intake_sealednumbers (batch_id, first_row, last_row, sealed) values (%s, %s, %s, %s)"
_NOTE_FINDINGS = """
insert into intake_finding (batch_id, "row", code, severity, "column", message, given, known)
select %s, * from unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
"""


def make(batch: Batch, declared: Format) -> None:
    """Empty tables for the batch, in place of any it had."""
    columns = staged_columns(declared)
    with connection.cursor() as cursor:
        cursor.execute(
            "select intake_make_staging(%s, %s, %s)",
            [batch.pk, [name for name, _ in columns], [kind for _, kind in columns]],
        )
        cursor.execute("delete from intake_finding where batch_id = %s", [batch.pk])
        cursor.execute("delete from intake_sealednumbers where batch_id = %s", [batch.pk])


def drop(batch: Batch) -> None:
    """The tables and the sealed numbers are gone; findings stay with the batch."""
    with connection.cursor() as cursor:
        cursor.execute("select intake_drop_staging(%s)", [batch.pk])
        cursor.execute("delete from intake_sealednumbers where batch_id = %s", [batch.pk])


def write(batch: Batch, declared: Format, block: pl.DataFrame) -> None:
    """Copy checked rows into the staging table, and seal their numbers."""
    if not block.height:
        return
    names = [name for name, _ in staged_columns(declared)]
    content = block.select(names).write_csv(include_header=False, quote_style="necessary", datetime_format=None)
    quoted = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor, cursor.copy(f"copy {batch.staging} ({quoted}) from stdin (format csv)") as copy:
        copy.write(content)
    if declared.holder.of_people:
        _seal(batch, declared, block)


def note(batch: Batch, findings: Iterable[RowFinding]) -> None:
    """Keep findings, all in one statement."""
    rows = [(one.row, one.code, one.severity.value, one.column, one.message, one.given, one.known) for one in findings]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_NOTE_FINDINGS, [batch.pk, *(list(column) for column in zip(*rows, strict=True))])


def _seal(batch: Batch, declared: Format, block: pl.DataFrame) -> None:
    lines = block.select(ROW, KIND, declared.holder.number).write_csv(include_header=False, separator="\t")
    first, last = int(block[ROW][0]), int(block[ROW][-1])
    sealed = cipher.encipher(masterkey.keys().wrapping, lines.encode(), _place(batch, first))
    with connection.cursor() as cursor:
        cursor.execute(_SEAL_NUMBERS, [batch.pk, first, last, sealed])


def numbers(batch: Batch) -> Iterator[pl.DataFrame]:
    """The sealed numbers, portion by portion: columns of the row, the kind and the number."""
    for portion in SealedNumbers.objects.filter(batch=batch).order_by("first_row").iterator(chunk_size=1):
        plain = cipher.decipher(masterkey.keys().wrapping, bytes(portion.sealed), _place(batch, portion.first_row))
        yield pl.read_csv(plain, has_header=False, separator="\t", schema=_SEALED)


def frame(relation: str, schema: Mapping[str, Any]) -> pl.DataFrame:
    """The columns of a relation, each fetched as one array: rows would be as many messages to take apart."""
    names = [f'"{name}"' for name in schema]
    arrays = ", ".join(f"array_agg({name})" for name in names)
    with connection.cursor() as cursor:
        cursor.execute(f"select {arrays} from ({relation}) found ({', '.join(names)})")  # noqa: S608
        columns = [column or [] for column in cursor.fetchone()]
    return pl.DataFrame(dict(zip(schema, columns, strict=True)), schema=dict(schema))


def _place(batch: Batch, first: int) -> str:
    return f"intake:{batch.pk}:{first}"
