"""One block of rows, from text to verdicts of its own: cells read, persons checked, the rules of the format asked.

Nothing here asks the register; the same block gives the same answer whenever it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import polars as pl

from yizheng.intake.columns import SQL_TYPES, Column, Kind, read, tidied
from yizheng.intake.files.tables import FLAW, FLAWS, ROW
from yizheng.intake.formats import Format, Severity
from yizheng.intake.headings import Placing
from yizheng.intake.persons import BLIND, KIND, Wrong, known_by
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
    stopped: frozenset[int]


def staged_columns(declared: Format) -> list[tuple[str, str]]:
    """The columns of the staging table and their types."""
    own = [(column.name, SQL_TYPES[column.kind]) for column in declared.columns if column.staged]
    return [(ROW, "integer"), (KIND, "text"), (BLIND, "bytea"), *own, *declared.derived.items()]


def check_block(declared: Format, placing: Placing, block: pl.DataFrame, offset: int) -> Checked:
    """Read and check one block; ``offset`` makes the rows of a further table differ from those of the first."""
    raw = _raw(declared, placing, block).with_columns(pl.col(ROW) + offset)
    raw = raw.filter(pl.any_horizontal(pl.col(column.name) != "" for column in declared.columns))
    gathering = _Gathering(declared, raw)
    typed = _typed(declared, raw, gathering)
    typed, wrong = known_by(declared, typed)
    for (code, severity, column, message), places in _alike(wrong).items():
        gathering.add(places, code, severity, column, message)
    if declared.derive is not None:
        typed = declared.derive(typed)
    for check in declared.checks:
        broken = typed.select(check.wrong.fill_null(value=False).alias("wrong")).to_series()
        if broken.any():
            gathering.add(
                broken.arg_true().to_list(), check.code, check.severity, check.column, check.message
            )
    stopped = gathering.stopped()
    good = typed.filter(~pl.col(ROW).is_in(list(stopped))) if stopped else typed
    return Checked(raw.height, good, gathering.findings, stopped)


def _alike(wrong: Iterable[Wrong]) -> dict[tuple[str, Severity, str, str], list[int]]:
    """The places at which the same is wrong."""
    found: dict[tuple[str, Severity, str, str], list[int]] = {}
    for one in wrong:
        found.setdefault((one.code, one.severity, one.column, one.message), []).append(one.at)
    return found


def _raw(declared: Format, placing: Placing, block: pl.DataFrame) -> pl.DataFrame:
    """The cells of the declared columns as tidied text, under the columns' names; absent columns are empty."""
    columns = [block[ROW], block[FLAW]]
    for column in declared.columns:
        at = placing.cells.get(column.name)
        cells = (
            pl.Series([""]).new_from_index(0, block.height) if at is None else tidied(column, block[f"c{at}"])
        )
        columns.append(cells.alias(column.name))
    return pl.DataFrame(columns)


def _typed(declared: Format, raw: pl.DataFrame, gathering: _Gathering) -> pl.DataFrame:
    flawed = (raw[FLAW] != "").arg_true().to_list()
    for at in flawed:
        gathering.add([at], raw[FLAW][at], Severity.ERROR, "", FLAWS[raw[FLAW][at]])
    values = [raw[ROW]]
    for column in declared.columns:
        value, misread = read(column, raw[column.name])
        values.append(value)
        for one in misread:
            gathering.add(one.rows.arg_true().to_list(), one.code, Severity.ERROR, column.name, one.message)
    return pl.DataFrame(values)


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
            shown = _masking(self._columns[column])
            given = [shown(text)[:200] for text in self._raw[column].gather(where).to_list()]
        self.findings += [
            RowFinding(row, code, severity, column, message[:300], text)
            for row, text in zip(rows, given, strict=True)
        ]

    def stopped(self) -> frozenset[int]:
        return frozenset(one.row for one in self.findings if one.severity is not Severity.NOTE)


def _masking(column: Column) -> Callable[[str], str]:
    """How a cell of the column may be shown: numbers of persons are masked whatever is wrong with them."""
    if column.kind is not Kind.IDENTIFIER:
        return str
    return masked_number


def masked_number(number: str) -> str:
    """A person's number as pages show it, by its length."""
    if len(number) >= 24:
        return mask_qualification_number(number)
    return mask_resident_id(number) if len(number) in (15, 18) else mask_permit(number)
