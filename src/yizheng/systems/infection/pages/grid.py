"""The grid of a sheet: lines and cells as the page has them, findings gathered by rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.masking import keep_ends
from yizheng.systems.infection.models import Sheet
from yizheng.systems.infection.records.declaring import Field, Holds, Row, day_of, whole
from yizheng.systems.infection.reporting.content import known_of
from yizheng.systems.infection.rules.declaring import Finding, titles

MANY = 200
"""A sheet of more rows is filled in by file: the page shows the first of them and types in none."""
WIDE = 9
"""A record of more fields is typed in cards, one a row, instead of in a table."""


def by_file(rows: Sequence[Row]) -> bool:
    """Whether the sheet has more rows than a page types."""
    return len(rows) > MANY


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its field, its name in the form, what was typed, whether the platform filled it in, and what is wrong."""

    field: Field
    name: str
    value: str
    said: str
    fixed: bool
    tone: str
    choices: tuple[tuple[str, str], ...]

    @property
    def control(self) -> str:
        """The kind of control."""
        return "choice" if self.choices else "day" if self.field.holds is Holds.DAY else self.field.holds.value


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the grid; ``expected`` is the census that yesterday and the day's comings and goings give."""

    number: int
    cells: tuple[Cell, ...]
    expected: int | None
    weekend: bool
    open: bool
    headline: tuple[str, ...]

    @property
    def summary(self) -> str:
        """What names a card."""
        told = {cell.field.name: cell.said for cell in self.cells}
        return "　".join(told[name] for name in self.headline if told[name] != "—") or "新的一行"


def lines(
    sheet: Sheet, rows: Sequence[Row], findings: Sequence[Finding], units: Mapping[str, str], *, masked: bool, typing: bool
) -> list[Line]:  # fmt: skip
    """The rows as the page has them; who types events has one empty row more."""
    record = sheet.kind
    shown = [*rows, dict.fromkeys(each.name for each in record.fields)] if typing and record.events else list(rows)
    tones = {each.cell: "wrong" if each.is_error else "warned" for each in reversed(findings)}
    fixed, before = record.fixed(), known_of(sheet).former.get("") if record.code == "icu_log" else None
    found = []
    for number, row in enumerate(shown):
        cells = tuple(
            _cell(each, number, row, fixed=each.name in fixed, tones=tones, units=units, masked=masked and each.name in record.personal)
            for each in record.fields
        )  # fmt: skip
        expected, before = _balance(row, before)
        said = day_of(row.get(record.day)) if fixed and record.day else None
        wrong = any(cell.tone for cell in cells) or number == len(rows)
        found.append(Line(number, cells, expected, bool(said) and said.weekday() > 4, wrong, record.headline))  # type: ignore[union-attr]
    return found


def _balance(row: Row, before: int | None) -> tuple[int | None, int | None]:
    """The census the day should end with, and the one it says."""
    entered, left, present = (whole(row.get(name)) for name in ("entered", "left", "present"))
    expected = None if before is None or entered is None or left is None else before + entered - left
    return expected, present


def _cell(
    field: Field, number: int, row: Row, *, fixed: bool, tones: Mapping[str, str], units: Mapping[str, str], masked: bool
) -> Cell:  # fmt: skip
    value = row.get(field.name)
    name = f"{number}-{field.name}"
    typed = "" if value is None else str(value)
    choices = tuple(units.items()) if field.holds is Holds.UNIT else tuple(field.choices.items())
    said = (
        keep_ends(typed, 0, 2) if masked and typed else _day_said(field, value) if fixed else field.said(value, units)
    )
    return Cell(field, name, typed, said, fixed, tones.get(name, ""), choices)


def _day_said(field: Field, value: object) -> str:
    said: date | None = day_of(value)
    return f"{said.day} 日 {'一二三四五六日'[said.weekday()]}" if said else field.said(value)


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule."""

    rule: str
    title: str
    error: bool
    findings: tuple[Finding, ...]


def grouped(findings: Sequence[Finding]) -> list[Group]:
    """Findings by rule, errors first."""
    named, order = titles(), dict.fromkeys(each.rule for each in findings)
    return [
        Group(rule, named[rule], found[0].is_error, found)
        for rule in order
        if (found := tuple(each for each in findings if each.rule == rule))
    ]
