"""Keyset paging over any declared order: a page costs the same at the end of ten million rows as at the beginning.

The position after a row is its values in the order of the table. An address carries it signed, so that only a position
the platform gave is ever compared; one that was tampered with begins at the top. NULLs stand where PostgreSQL puts
them: last where the order ascends, first where it descends.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Generic, Protocol, TypeVar

from django.core import signing
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, Q, QuerySet

T = TypeVar("T")
Position = tuple[Any, ...]
"""Where a page begins: the values of the row before it, in order."""
NAMES = ("after", "before")
"""What an address says about which page is shown."""


class Source(Protocol):
    """Rows that page themselves, because no single query gives them in order."""

    def after(self, position: Position | None, size: int) -> Sequence[Any]:
        """At most ``size`` rows after the position."""

    def position(self, row: Any) -> Position:
        """The position of a row."""


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """The rows of one page and the positions of its neighbours, empty where there is none."""

    rows: list[T]
    before: str = ""
    after: str = ""
    restart: bool = False
    """Whether the reader is beyond the first page of rows that cannot be read backwards."""


def page_of(rows: Any, order: tuple[str, ...], query: Mapping[str, str], size: int, name: str) -> Page[Any]:
    """The page an address asks for; ``name`` is the table's, so that a position is good for it alone."""
    after, before = (_read(query.get(each, ""), order, name) for each in NAMES)
    if not isinstance(rows, QuerySet):
        return _page_of_source(rows, after, size, (order, name))
    if before is not None:
        found = list(_portion(rows, _reversed(order), before, size + 1))
        shown = found[:size][::-1]
        return Page(
            shown,
            _write(_values(shown[0], order), order, name) if len(found) > size else "",
            _write(_values(shown[-1], order), order, name) if shown else "",
        )
    found = list(_portion(rows, order, after, size + 1))
    shown = found[:size]
    return Page(
        shown,
        _write(_values(shown[0], order), order, name) if after is not None and shown else "",
        _write(_values(shown[-1], order), order, name) if len(found) > size else "",
    )


def _page_of_source(rows: Source, after: Position | None, size: int, bound: tuple[tuple[str, ...], str]) -> Page[Any]:
    found = rows.after(after, size + 1)
    shown = list(found[:size])
    more = _write(rows.position(shown[-1]), *bound) if len(found) > size else ""
    return Page(shown, "", more, restart=after is not None)


def every(rows: Any, order: tuple[str, ...], portion: int) -> Iterator[list[Any]]:
    """All rows from the first to the last in portions, of which one is held at a time."""
    if isinstance(rows, QuerySet):
        waiting = rows.order_by(*order).iterator(portion)
        while found := list(islice(waiting, portion)):
            yield found
        return
    after: Position | None = None
    while found := list(rows.after(after, portion)):
        yield found
        after = rows.position(found[-1])


def beyond(rows: QuerySet[Any], order: tuple[str, ...], position: Position) -> QuerySet[Any]:
    """The rows after the position."""
    found: Q | None = None
    for field, value in reversed(list(zip(order, position, strict=True))):
        name = field.removeprefix("-")
        after = _after(rows, field, value)
        found = after if found is None else after | (_equal(name, value) & found)
    return rows.filter(_bound(rows, order[0], position[0]) & (found or Q()))


def _portion(rows: QuerySet[Any], order: tuple[str, ...], position: Position | None, size: int) -> QuerySet[Any]:
    wanted = rows if position is None else beyond(rows, order, position)
    return wanted.order_by(*order)[:size]


def _after(rows: QuerySet[Any], field: str, value: Any) -> Q:
    name, descending = field.removeprefix("-"), field.startswith("-")
    if descending:
        return Q(**{f"{name}__isnull": False}) if value is None else Q(**{f"{name}__lt": value})
    if value is None:
        return Q(pk__in=[])
    further = Q(**{f"{name}__gt": value})
    return further | Q(**{f"{name}__isnull": True}) if _may_be_null(rows.model, name) else further


def _equal(name: str, value: Any) -> Q:
    return Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})


def _bound(rows: QuerySet[Any], field: str, value: Any) -> Q:
    """Said twice so that an index is entered at the position: PostgreSQL enters none at an alternative."""
    name, descending = field.removeprefix("-"), field.startswith("-")
    if value is None or (not descending and _may_be_null(rows.model, name)):
        return Q()
    return Q(**{f"{name}__{'lte' if descending else 'gte'}": value})


def _may_be_null(model: type[Model], name: str) -> bool:
    if name == "pk":
        return False
    try:
        return bool(getattr(model._meta.get_field(name), "null", True))  # noqa: SLF001
    except FieldDoesNotExist:
        return True


def _reversed(order: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(field[1:] if field.startswith("-") else f"-{field}" for field in order)


def _values(row: Any, order: tuple[str, ...]) -> Position:
    return tuple(_value(row, field.removeprefix("-")) for field in order)


def _value(row: Any, name: str) -> Any:
    for each in name.split("__"):
        row = getattr(row, each, None)
    return row


def _write(position: Position, order: tuple[str, ...], name: str) -> str:
    return _signer(order, name).sign_object([_plain(value) for value in position])


def _read(text: str, order: tuple[str, ...], name: str) -> Position | None:
    if not text:
        return None
    try:
        return tuple(_signer(order, name).unsign_object(text))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _signer(order: tuple[str, ...], name: str) -> signing.Signer:
    return signing.Signer(salt=f"keyset:{name}:{','.join(order)}")


def _plain(value: Any) -> Any:
    """As JSON has it: days and moments to their last digit."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value
