"""The rows of a slice, to be asked. A file that is gone is made again, and must have the content it had.

A slice can always be made again from the register, which forgets nothing, so the files need no backup and may be destroyed when
their time is over: the same figure comes back years later, or it is said that it does not.
"""

from __future__ import annotations

from pathlib import Path

import polars as pl
from django.db import transaction

from yizheng.people.scope import acting_as_system
from yizheng.registry.reading import kind_of_table
from yizheng.slices import canonical, files, polish_rules
from yizheng.slices.columns import read
from yizheng.slices.cutting import draw
from yizheng.slices.models import SliceTable


class NotTheSame(Exception):
    """What is made again differs from what was: the register was touched behind the program's back."""


def scan(part: SliceTable) -> pl.LazyFrame:
    """The rows of one kind in a slice. Raises NotTheSame where its file is gone and what comes back differs."""
    return pl.scan_parquet(path_of(part))


def path_of(part: SliceTable) -> Path:
    """The file of one kind in a slice. Raises as ``scan``."""
    place = files.store().path(part.file)
    return place if place.is_file() else _made_again(part)


def _made_again(part: SliceTable) -> Path:
    found = read(part.columns)
    with files.workshop() as folder:
        fresh = folder / "rows.parquet"
        if part.slice.parent_id is None:
            digest = _cut_again(part, folder)
        else:
            origin = SliceTable.objects.get(slice=part.slice.parent_id, table=part.table)
            polish_rules.polished(pl.read_parquet(path_of(origin)), found)[0].write_parquet(fresh)
            digest = canonical.digest_of(fresh, found)
        if digest != part.digest:
            raise NotTheSame(f"{part.title}重新切出的内容与清单不符：清单 {part.digest[:12]}，现为 {digest[:12]}")
        part.file = files.store().put_file(fresh)
        SliceTable.objects.filter(pk=part.pk).update(file=part.file)
    return files.store().path(part.file)


def _cut_again(part: SliceTable, folder: Path) -> str:
    origin = part.slice
    with transaction.atomic(), acting_as_system(f"重做切片 {origin.pk}"):
        return draw(
            kind_of_table(part.table), read(part.columns), origin.valid_on, origin.position, folder
        ).digest  # fmt: skip
