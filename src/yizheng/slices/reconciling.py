"""对账: the difference of two slices of a register is what was registered between them and what time brought, or it says where not.

A row that came is explained by the change that opened it, or because it begins to hold between the two days; a row that went by the
change that closed it, or because it ceased to hold. A row that stands in both must say the same. What is left over was touched behind
the program's back: the subject is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

import polars as pl
from django.db import transaction

from yizheng.people import audit
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import EventFact
from yizheng.registry.models.change import Change
from yizheng.registry.reading import kind_of_table
from yizheng.slices.columns import SliceColumn, read
from yizheng.slices.models import Reconciliation, Slice, SliceState, SliceTable
from yizheng.slices.remaking import scan

MOST_FAULTS = 500
"""So many faults are kept; their number is told whole."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How the rows of one table went from the one slice to the other."""

    table: str
    title: str
    before: int
    came_by_change: int
    came_by_time: int
    went_by_change: int
    went_by_time: int
    after: int
    unexplained: int

    @property
    def balance(self) -> bool:
        """Whether the figures add up."""
        came, went = self.came_by_change + self.came_by_time, self.went_by_change + self.went_by_time
        return self.unexplained == 0 and self.before + came - went == self.after


@dataclass(frozen=True, slots=True)
class Fault:
    """A row nobody registered as it is now."""

    table: str
    title: str
    row: int
    subject: int
    what: str


class NotComparable(Exception):
    """The two slices are not of one register, or not in order."""


@transaction.atomic
def reconcile(earlier: Slice, later: Slice) -> Reconciliation:
    """Compare two slices cut from one register; a slice that does not reconcile fails. Raises NotComparable."""
    if earlier.register != later.register or earlier.parent_id or later.parent_id:
        raise NotComparable("只能对同一登记簿两次直接切出的切片对账")
    if earlier.position > later.position or earlier.valid_on > later.valid_on:
        raise NotComparable("前一切片的序位和日期都不能晚于后一切片")
    with acting_as_system(f"切片对账 {earlier.pk} {later.pk}"):
        between = Between.of(earlier, later)
        found = list(between.tables())
    agrees = all(figures.balance for figures, _ in found)
    faults = [asdict(fault) for _, each in found for fault in each]
    made = Reconciliation.objects.create(
        slice=later, earlier=earlier, agrees=agrees, faults=faults[:MOST_FAULTS],
        figures=[asdict(figures) for figures, _ in found],
    )  # fmt: skip
    if not agrees:
        Slice.objects.filter(pk=later.pk, state=SliceState.CUT).update(state=SliceState.FAILED)
        later.refresh_from_db()
    audit.record(None, "slice.reconcile", f"slice:{later.pk}", {"earlier": earlier.pk, "agrees": agrees})
    return made


def earlier_of(made: Slice) -> Slice | None:
    """The slice that came before one of the same register."""
    before = Slice.objects.filter(
        register=made.register, parent=None, position__lte=made.position, valid_on__lte=made.valid_on, pk__lt=made.pk
    ).exclude(state__in=(SliceState.RETIRED, SliceState.FAILED))
    return before.order_by("-position", "-valid_on", "-pk").first()


@dataclass(frozen=True, slots=True)
class Between:
    """Two slices and the changes between them."""

    earlier: Slice
    later: Slice
    changes: frozenset[int]

    @classmethod
    def of(cls, earlier: Slice, later: Slice) -> Between:
        """Read the changes that took their positions between the two."""
        passed = Change.objects.filter(position__gt=earlier.position, position__lte=later.position)
        return cls(earlier, later, frozenset(passed.values_list("pk", flat=True)))

    def tables(self) -> Iterator[tuple[Figures, list[Fault]]]:
        """Each table with its figures and its faults."""
        before = {part.table: part for part in self.earlier.tables.all()}
        for part in self.later.tables.all():
            if (known := before.get(part.table)) is not None:
                yield self._compared(known, part)

    def _compared(self, known: SliceTable, part: SliceTable) -> tuple[Figures, list[Fault]]:
        columns = [each.name for each in _common(known, part)]
        old, new = scan(known).select(columns), scan(part).select(columns)
        came, went, altered = differing(old, new, columns)
        faults = [Fault(part.table, part.title, row, subject, "内容与前一切片不同，没有对应的变更")
                  for row, subject in altered]  # fmt: skip
        by_change, by_time, strange = self._came(came)
        faults += [Fault(part.table, part.title, row, subject, "出现了没有变更写入的行") for row, subject in strange]
        closed, ceased, missing = self._went(part.table, went)
        faults += [Fault(part.table, part.title, row, subject, "少了没有变更关闭的行") for row, subject in missing]
        figures = Figures(
            part.table, part.title, known.rows, by_change, by_time, closed, ceased, part.rows, unexplained=len(faults)
        )
        return figures, faults

    def _came(self, rows: pl.DataFrame) -> tuple[int, int, list[tuple[int, int]]]:
        """How many rows came by a change, how many because their day came, and those that neither explains."""
        changed = rows["opened"].is_in(_numbers(self.changes))
        rest = rows.filter(~changed)
        begun = rest["valid_from"].is_between(self.earlier.valid_on, self.later.valid_on, closed="right")
        strange = rest.filter(~begun).select("id", "subject_id").rows()
        return int(changed.sum()), int(begun.sum()), strange

    def _went(self, table: str, rows: pl.DataFrame) -> tuple[int, int, list[tuple[int, int]]]:
        """As `_came` for rows that are no longer there."""
        kind = kind_of_table(table)
        closed = kind._default_manager.filter(  # noqa: SLF001 the manager every kind has
            pk__in=rows["id"].to_list(), closed__in=self.changes
        ).values_list("pk", flat=True)
        changed = rows["id"].is_in(_numbers(closed))
        rest = rows.filter(~changed)
        if issubclass(kind, EventFact):  # it stays true after its day
            return int(changed.sum()), 0, rest.select("id", "subject_id").rows()
        over = rest["valid_to"].is_between(self.earlier.valid_on, self.later.valid_on, closed="right")
        return int(changed.sum()), int(over.sum()), rest.filter(~over).select("id", "subject_id").rows()


def _numbers(found: Iterable[int]) -> pl.Series:
    """Numbers as a column asks whether it holds one of them."""
    return pl.Series([*found], dtype=pl.Int64)


def _common(known: SliceTable, part: SliceTable) -> list[SliceColumn]:
    """The columns both slices have, of one type."""
    former = {each.name: each.type for each in read(known.columns)}
    return [each for each in read(part.columns) if former.get(each.name) == each.type]


def differing(
    old: pl.LazyFrame, new: pl.LazyFrame, columns: list[str]
) -> tuple[pl.DataFrame, pl.DataFrame, list[tuple[int, int]]]:
    """The rows that came, the rows that went, and version and subject of those that stand in both and do not say the same."""
    both = old.join(new, on="id", how="inner", suffix=":new")
    differs: list[pl.Expr] = [pl.col(name).ne_missing(pl.col(f"{name}:new")) for name in columns if name != "id"]
    came, went, altered = pl.collect_all([
        new.join(old.select("id"), on="id", how="anti"),
        old.join(new.select("id"), on="id", how="anti"),
        both.filter(pl.any_horizontal(differs)).select("id", "subject_id"),
    ])  # fmt: skip
    return came, went, altered.rows()
