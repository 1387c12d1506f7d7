"""One block of rows, from text to verdicts of its own: cells read, persons checked, the rules of the format asked.

Nothing here asks the register; the same block gives the same answer whenever it is read.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from yizheng.intake.columns import NATURES, Cells, Column, Kind, read, tidied
from yizheng.intake.files.tables import FLAW, FLAWS, REMARKS, ROW, noting, number_name
from yizheng.intake.formats import TODAY, Format, Severity
from yizheng.intake.headings import Placing
from yizheng.intake.persons import BLIND, KIND, known_by
from yizheng.intake.remarks import HIDDEN, UNHEADED
from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.masking import mask_permit, mask_qualification_number, mask_resident_id


@dataclass(frozen=True, slots=True)
class RowFinding:
    """A finding as the engine keeps it."""

    row: int
    code: str
    severity: Severity
    column: str
    message: str
    given: str = ""
    known: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """A block after its checks: every row that had text, the rows good enough to stage, and what was found."""

    rows: int
    staged: pl.DataFrame
    findings: list[RowFinding]
    changes: Counter[str]
    """How many cells or rows were hidden, converted or not used, by kind; see ``remarks``."""


class _Gathering:
    """Findings as they come, with what the file says beside each."""

    def __init__(self, declared: Format, raw: pl.DataFrame) -> None:
        self.findings: list[RowFinding] = []
        self._raw = raw
        self._columns = {column.name: column for column in declared.columns}

    def add(self, places: Iterable[int], code: str, severity: Severity, column: str, message: str) -> None:
        where = pl.Series(places, dtype=pl.UInt32)
        rows = self._raw[ROW].gather(where).to_list()
        given = [""] * len(rows)
        if column in self._columns:
            shown = _masked_number if self._columns[column].kind is Kind.IDENTIFIER else str
            given = [shown(text)[:200] for text in self._raw[column].gather(where).to_list()]
        self.findings += [
            RowFinding(row, code, severity, column, message[:300], text) for row, text in zip(rows, given, strict=True)
        ]

    def stopped(self) -> frozenset[int]:
        return frozenset(one.row for one in self.findings if one.severity is not Severity.NOTE)


def staged_columns(declared: Format) -> list[tuple[str, str]]:
    """The columns of the staging table and their types."""
    own = [(column.name, NATURES[column.kind].sql) for column in declared.columns if column.staged]
    return [(ROW, "integer"), (KIND, "text"), (BLIND, "bytea"), *own, *declared.derived.items()]


def check_block(
    declared: Format, placing: Placing, block: pl.DataFrame, offset: int, numbers: Mapping[str, int]
) -> Checked:
    """Read and check one block; ``offset`` makes the rows of a further table differ from those of the first."""
    changes: Counter[str] = Counter()
    raw = _raw(declared, placing, block, changes).with_columns(pl.col(ROW) + offset)
    raw = raw.filter(pl.any_horizontal(pl.col(column.name) != "" for column in declared.columns))
    changes[HIDDEN] += int(raw[FLAW].str.contains(HIDDEN, literal=True).sum() or 0)
    gathering = _Gathering(declared, raw)
    typed = _typed(declared, raw, placing, gathering)
    typed, wrong = known_by(declared, typed)
    for one in wrong:
        gathering.add(one.places, one.code, one.severity, one.column, one.message)
    typed = typed.with_columns(
        pl.lit(beijing_today()).alias(TODAY), **{name: pl.lit(of) for name, of in numbers.items()}
    )
    if declared.derive is not None:
        typed = declared.derive(typed)
    for check in declared.checks:
        broken = typed.select(check.wrong.fill_null(value=False).alias("wrong")).to_series()
        if broken.any():
            gathering.add(broken.arg_true().to_list(), check.code, check.severity, check.column, check.message)
    stopped = gathering.stopped()
    good = typed.filter(~pl.col(ROW).is_in(list(stopped))) if stopped else typed
    return Checked(raw.height, good, gathering.findings, changes)


def _raw(declared: Format, placing: Placing, block: pl.DataFrame, changes: Counter[str]) -> pl.DataFrame:
    """The cells of the declared columns as tidied text, under the columns' names; absent columns are empty.

    Beside each column in which numbers stand, which of its cells they are.
    """
    block = noting(block, {"more_cells": _filled(block, range(placing.width, placing.table.columns))})
    changes[UNHEADED] += int(_filled(block, placing.unheaded).sum() or 0)
    columns = [block[ROW], block[FLAW]]
    for column in declared.columns:
        at = placing.cells.get(column.name)
        if at is None:
            columns.append(pl.repeat("", block.height, eager=True).alias(column.name))
            continue
        columns.append(tidied(column, block[f"c{at}"], changes).alias(column.name))
        if number_name(at) in block.columns:
            columns.append(block[number_name(at)].alias(_numbers(column)))
    return pl.DataFrame(columns)


def _filled(block: pl.DataFrame, places: Iterable[int]) -> pl.Series:
    """Rows in which one of these cells has content."""
    found = pl.repeat(False, block.height, eager=True)
    for at in places:
        found |= block[f"c{at}"].str.contains(r"\S")
    return found


def _numbers(column: Column) -> str:
    return f"{column.name} is a number"


def _typed(declared: Format, raw: pl.DataFrame, placing: Placing, gathering: _Gathering) -> pl.DataFrame:
    for at in (raw[FLAW] != "").arg_true().to_list():
        for code in raw[FLAW][at].split():
            severity = Severity.NOTE if code in REMARKS else Severity.ERROR
            gathering.add([at], code, severity, "", FLAWS[code])
    values = [raw[ROW]]
    for column in declared.columns:
        numbers = raw[_numbers(column)] if _numbers(column) in raw.columns else None
        value, faults = read(column, Cells(raw[column.name], numbers, placing.table.epoch))
        values.append(value)
        for code, rows, message in faults:
            gathering.add(rows.arg_true().to_list(), code, Severity.ERROR, column.name, message)
    return pl.DataFrame(values)


def _masked_number(number: str) -> str:
    """A person's number as pages show it, by its length."""
    if len(number) >= 24:
        return mask_qualification_number(number)
    return mask_resident_id(number) if len(number) in (15, 18) else mask_permit(number)
