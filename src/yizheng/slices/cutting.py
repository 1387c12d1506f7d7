"""切片: one register as it stood on a day and was known at a position, into Parquet with a manifest.

The database writes the canonical rows (COPY), in the order of subject, line, day and version; their SHA-256 is the content digest and
does not depend on whoever writes the file. Cut twice at the same day and position, a slice has the same digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
from django.db import connection, transaction
from django.utils import timezone

from yizheng.kernel.codes import table
from yizheng.people import audit
from yizheng.people.models import Account
from yizheng.people.scope import acting_as_system
from yizheng.people.scopes import city
from yizheng.registry.models import EventFact, EventQuerySet, Fact, FactQuerySet
from yizheng.registry.models.change import Change
from yizheng.registry.models.knowledge import Knowledge, latest_position
from yizheng.registry.models.seal import Seal
from yizheng.registry.registers import Register
from yizheng.slices import canonical, columns, files
from yizheng.slices.columns import KEY, SliceColumn
from yizheng.slices.models import Period, Slice, SliceTable
from yizheng.slices.profiling import profile

WRITER = f"polars {pl.__version__}"
RULES = "2026.1"
"""The version of the rules of polishing and verification; a change of either raises it."""
KEPT = timedelta(days=366)
"""How long the files of a slice that was not released are kept; a released one is kept ten years."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was written of one kind."""

    rows: int
    digest: str


class NothingYet(Exception):
    """The position asked for has not been taken, or the register is empty."""


def cut(
    register: Register, valid_on: date, position: int | None = None, *, operator: Account | None, reason: str,
    period: str = Period.HAND,
) -> Slice:  # fmt: skip
    """Cut a register; as known now where no position is named. Raises NothingYet."""
    with transaction.atomic(), acting_as_system(f"切片 {register.code}"):
        newest = latest_position()
        position = newest if position is None else position
        if not 0 < position <= newest:
            raise NothingYet(f"登记序位 {position} 还没有发生；当前最新序位是 {newest}")
        made = Slice.objects.create(
            register=register.code, period=period, valid_on=valid_on, position=position, operator=operator, reason=reason,
            keep_until=timezone.localdate() + KEPT, authority_scope=city().pk,
        )  # fmt: skip
        parts = [_cut_kind(made, kind) for kind in columns.kinds_in(register)]
        made.rows = sum(part.rows for part in parts)
        made.digest = digest_of(parts)
        made.manifest = manifest(made, parts)
        made.save(update_fields=["rows", "digest", "manifest"])
        audit.record(
            operator, "slice.cut", f"slice:{made.pk}",
            {"register": register.code, "position": position, "digest": made.digest},
        )  # fmt: skip
    return made


def digest_of(parts: Sequence[SliceTable]) -> str:
    """The digest of a slice: over the name, the rows and the digest of each of its tables, in the order of their names."""
    lines = (f"{part.table}\t{part.rows}\t{part.digest}\n" for part in sorted(parts, key=lambda part: part.table))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def manifest(made: Slice, parts: Sequence[SliceTable]) -> dict[str, Any]:
    """What the slice was made from and with, so that it can be judged and made again years later."""
    change = Change.objects.filter(position=made.position).first()
    seal = Seal.objects.filter(last_position__lte=made.position).order_by("-number").first()
    tables = {name for part in parts for column in columns.read(part.columns) for name in column.tables}
    return {
        "register": made.register,
        "valid_on": made.valid_on.isoformat(),
        "position": made.position,
        "known_at": change.settled.isoformat() if change and change.settled else None,
        "parent": made.parent_id,
        "tables": {part.table: {"rows": part.rows, "digest": part.digest, "file": part.file} for part in parts},
        "code_tables": {name: table(name).info.version for name in sorted(tables)},
        "rules": RULES,
        "writer": WRITER,
        "seal": {"number": seal.number, "position": seal.last_position, "root": bytes(seal.root).hex()}
        if seal
        else None,
    }


def _cut_kind(made: Slice, kind: type[Fact]) -> SliceTable:
    found = columns.columns_of(kind)
    with files.workshop() as folder:
        drawn = draw(kind, found, made.valid_on, made.position, folder)
        return keep(made, kind.fact_table(), kind.kind_title(), found, drawn, folder / "rows.parquet")


def keep(
    made: Slice, name: str, title: str, found: Sequence[SliceColumn], drawn: Drawn, file: Path
) -> SliceTable:  # fmt: skip
    """Enter one written table into the slice, with its file and its profile."""
    rows = pl.scan_parquet(file)
    return SliceTable.objects.create(
        slice=made,
        table=name,
        title=title,
        rows=drawn.rows,
        subjects=rows.select(pl.col("subject_id").n_unique()).collect().item() if drawn.rows else 0,
        digest=drawn.digest,
        file=files.store().put_file(file),
        size=file.stat().st_size,
        columns=columns.written(found),
        profile=profile(rows, drawn.rows, found),
    )


def draw(kind: type[Fact], found: Sequence[SliceColumn], valid_on: date, position: int, folder: Path) -> Drawn:
    """Write the versions of a kind into ``rows.parquet`` of the folder."""
    queryset: FactQuerySet[Any] = EventQuerySet(kind) if issubclass(kind, EventFact) else FactQuerySet(kind)
    rows = queryset.as_of(valid_on, Knowledge(position)).order_by(*KEY).values_list(*(each.name for each in found))
    statement, parameters = rows.query.sql_with_params()
    text, made, number = folder / "rows.tsv", hashlib.sha256(), 0
    with (
        text.open("wb") as stream,
        connection.cursor() as cursor,
        cursor.copy(f"copy ({statement}) to stdout", parameters) as copy,
    ):
        for block in copy:
            content = bytes(block)
            made.update(content)
            number += content.count(b"\n")
            stream.write(content)
    canonical.to_parquet(text, found, folder / "rows.parquet")
    text.unlink()
    return Drawn(number, made.hexdigest())
