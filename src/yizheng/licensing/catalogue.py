"""The catalogue of business items: every declaration by code and by the day it is in force."""

from collections.abc import Iterator
from datetime import date
from typing import TypeVar

from yizheng.licensing.item import Item

_I = TypeVar("_I", bound=Item)
_items: dict[str, list[Item]] = {}


class UnknownItemError(LookupError):
    """No item of this code is in force on this day."""


def declare(declaration: type[_I]) -> type[_I]:
    """Class decorator: enter an item into the catalogue; two versions of one code may not be in force on one day."""
    entries = _items.setdefault(declaration.code, [])
    for other in entries:
        if declaration.valid_from < other.valid_to and other.valid_from < declaration.valid_to:
            raise ValueError(f"{declaration.code}: 同一天有两个生效的事项版本")
    entries.append(declaration())
    return declaration


def item(code: str, on: date) -> Item:
    """The declaration of ``code`` in force on ``on``; raises :class:`UnknownItemError`."""
    for entry in _items.get(code, ()):
        if entry.valid_from <= on < entry.valid_to:
            return entry
    raise UnknownItemError(f"没有在{on.isoformat()}有效的事项“{code}”")


def items(on: date, *, system: str = "") -> Iterator[Item]:
    """All items in force on ``on``, in order of declaration, of one system when named."""
    for entries in _items.values():
        for entry in entries:
            if entry.valid_from <= on < entry.valid_to and system in ("", entry.system):
                yield entry
