"""What a list is when it leaves the screen: its Chinese heads, where its rows come from, who may have it, how it is filtered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http import HttpRequest, HttpResponseBase

from yizheng.documents.spreadsheets import Cell

Value = str | Callable[[Any], Cell]


class Guard(Protocol):
    """A decorator of pages that lets in those who may, such as ``office_only``."""

    def __call__(
        self, page: Callable[[HttpRequest, ListKind], HttpResponseBase], /
    ) -> Callable[[HttpRequest, ListKind], HttpResponseBase]:
        """The page behind the guard."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, where a row has its value (a name, or a function of the row), and its width in characters.

    A value that is personal comes masked from the row, as on the page.
    """

    title: str
    value: Value
    width: int = 14

    def of(self, row: Any) -> Cell:
        """The cell of a row, which is a mapping or an object."""
        if callable(self.value):
            return self.value(row)
        found: Cell = row.get(self.value) if isinstance(row, Mapping) else getattr(row, self.value)
        return found


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the page: its label and the words of its values; without words it is what somebody typed."""

    label: str
    words: Callable[[str], str] | None = None


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list that prints and exports.

    ``rows`` gets the request, whose query is the page's own, and yields the rows the page would show from its first to
    its last: give it a generator or ``queryset.iterator()`` and no list is ever held whole.
    """

    code: str
    title: str
    guard: Guard
    columns: tuple[Column, ...]
    rows: Callable[[HttpRequest], Iterable[Any]]
    filters: Mapping[str, Filter] = field(default_factory=dict)
    group: Callable[[Any], tuple[int, str]] | None = None
    """The place and the words of the heading a row stands under on paper."""


class UnknownListError(LookupError):
    """No list of this code is declared."""


_declared: dict[str, ListKind] = {}


def declare(*kinds: ListKind) -> None:
    """Add lists; declaring a code again replaces it (an app may be loaded twice in tests)."""
    _declared.update((kind.code, kind) for kind in kinds)


def declared() -> Iterable[ListKind]:
    """Every list, in order of declaration."""
    return _declared.values()


def kind_of(code: str) -> ListKind:
    """The list of this code; raises :class:`UnknownListError`."""
    try:
        return _declared[code]
    except KeyError:
        raise UnknownListError(code) from None
