"""The lists that are not tables yet, printed and exported as such."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.http import HttpRequest

from yizheng.people.tables import Column, Position, Table
from yizheng.people.tables.filters import Filter as TableFilter

__all__ = ["Column", "Filter", "ListKind", "declare"]


@dataclass(frozen=True, slots=True)
class Filter:
    """A label and the words of coded values."""

    label: str
    words: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list that prints and exports."""

    code: str
    title: str
    guard: Any
    columns: tuple[Column, ...]
    rows: Callable[[HttpRequest], Iterable[Any]]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    group: Callable[[Any], tuple[int, str]] | None = None


class _Rows:
    def __init__(self, rows: Iterable[Any]) -> None:
        self.rows: Iterator[Any] = iter(rows)

    def after(self, position: Position | None, size: int) -> Sequence[Any]:
        """The next rows."""
        return list(islice(self.rows, size))

    def position(self, row: Any) -> Position:
        """None is needed."""
        return ()


@dataclass(frozen=True, slots=True)
class _Coded(TableFilter):
    said: Callable[[str], str] = str

    def words(self, value: Any) -> str:
        """The words of the code."""
        return self.said(value)


class _Typed(_Coded):
    coded = False


def declare(*kinds: ListKind) -> None:
    """Declare them as tables."""
    for kind in kinds:
        _declare(kind)


def _declare(kind: ListKind) -> None:
    Table(
        kind.code,
        kind.title,
        lambda asked: _Rows(kind.rows(asked.request)),
        kind.columns,
        guard=kind.guard,
        filters=tuple(
            _Coded(each.label, name, said=each.words) if each.words else _Typed(each.label, name)
            for name, each in kind.filters.items()
        ),
        group=kind.group,
    )
