"""登记簿上的一个主体: every version a reader may see of one subject, read once and asked in both times in memory.

A page shows the same facts as bars, as the entries of a day and as changes; reading them once per kind keeps the
number of queries the same for a long history and a short one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import QuerySet

from yizheng.registry.models import Change, EventFact, Fact
from yizheng.registry.registers import Register


@dataclass(frozen=True, slots=True)
class LineStep:
    """What one change took from one line and what it put there, in order of validity."""

    kind: type[Fact]
    line: str
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]

    @property
    def old(self) -> Fact | None:
        """The version the change replaced; of several the one that held when the new one begins."""
        new = self.new
        held = [each for each in self.before if new is None or each.valid_from <= new.valid_from]
        return (held or self.before)[-1] if self.before else None

    @property
    def new(self) -> Fact | None:
        """The version the change is about; what a splice leaves of the old ones stands before and after it."""
        told = [each for each in self.after if not self._left_over(each)]
        return (told or self.after)[-1] if self.after else None

    def _left_over(self, version: Fact) -> bool:
        return not isinstance(version, EventFact) and any(
            version.what_is_said() == each.what_is_said()
            and (version.valid_from == each.valid_from or version.valid_to == each.valid_to)
            for each in self.before
        )


@dataclass(frozen=True, slots=True)
class Step:
    """One change with what it did to each line of the subject."""

    change: Change
    lines: tuple[LineStep, ...]

    @property
    def weightiest(self) -> LineStep:
        """The line that gives the change its headline."""
        return min(self.lines, key=lambda each: each.kind.weight)


@dataclass(frozen=True, slots=True)
class Record:
    """All versions of a subject that the reader may see, with the changes that opened and closed them."""

    subject_id: int
    versions: tuple[Fact, ...]
    changes: Mapping[int, Change]

    def within(self, register: Register) -> Record:
        """What belongs to one register of those the subject stands in."""
        return replace(self, versions=tuple(each for each in self.versions if each.told_in(register)))

    def known(self, position: int | None = None) -> tuple[Fact, ...]:
        """The versions the register held at a position; now when there is none."""
        if position is None:
            return tuple(each for each in self.versions if each.closed is None)
        return tuple(
            each
            for each in self.versions
            if self._by(each.opened, position) and not (each.closed and self._by(each.closed, position))
        )

    def on(self, day: date, position: int | None = None) -> tuple[Fact, ...]:
        """States that hold on the day and events that had happened by it, as known."""
        return tuple(
            each
            for each in self.known(position)
            if each.valid_from <= day and (isinstance(each, EventFact) or day < each.valid_to)
        )

    def coming(self, day: date) -> tuple[Fact, ...]:
        """States that are on record already and begin after the day."""
        return tuple(each for each in self.known() if not isinstance(each, EventFact) and each.valid_from > day)

    def steps(self) -> tuple[Step, ...]:
        """What every change did, newest first."""
        before: dict[int, dict[tuple[type[Fact], str], list[Fact]]] = {}
        after: dict[int, dict[tuple[type[Fact], str], list[Fact]]] = {}
        for each in sorted(self.versions, key=lambda version: (version.valid_from, version.pk)):
            if each.opened == each.closed:
                continue
            after.setdefault(each.opened, {}).setdefault((type(each), each.line), []).append(each)
            if each.closed is not None:
                before.setdefault(each.closed, {}).setdefault((type(each), each.line), []).append(each)
        numbers = sorted(before.keys() | after.keys(), key=self._place, reverse=True)
        return tuple(
            Step(self.changes[number], _line_steps(before.get(number, {}), after.get(number, {}))) for number in numbers
        )

    def _by(self, change: int, position: int) -> bool:
        taken = self.changes[change].position
        return taken is not None and taken <= position

    def _place(self, change: int) -> int:
        return self.changes[change].position or 0


def record_of(subject_id: int, rows: Iterable[QuerySet[Any]]) -> Record:
    """The record of a subject from the rows of each kind that the reader may see: a query a kind and one for the changes."""
    versions: list[Fact] = []
    for found in rows:
        versions.extend(found.filter(subject_id=subject_id).order_by("line", "valid_from", "id"))
    touched = {number for each in versions for number in (each.opened, each.closed) if number is not None}
    return Record(subject_id, tuple(versions), Change.objects.in_bulk(touched))


Lines = Mapping[tuple[type[Fact], str], list[Fact]]


def _line_steps(before: Lines, after: Lines) -> tuple[LineStep, ...]:
    keys = sorted({*before, *after}, key=lambda key: (key[0].fact_table(), key[1]))
    return tuple(
        LineStep(kind, line, tuple(before.get((kind, line), ())), tuple(after.get((kind, line), ())))
        for kind, line in keys
    )
