"""The columns of a table: where a row has the value, and how page, paper and spreadsheet write it."""

from collections.abc import Callable, Mapping
from dataclasses import KW_ONLY, dataclass
from enum import Enum
from typing import Any, ClassVar

Value = str | Callable[[Any], Any]
"""The name of a value of the row, with dots for what it leads to (``partner.name``), or a function of the row."""


class Shown(Enum):
    """Where a column stands."""

    EVERYWHERE = "everywhere"
    ON_PAGE = "page"
    ON_PAPER = "paper"
    """Printed and exported, and not on the page."""


def found(value: Value, row: Any) -> Any:
    """The value a row has; nothing where what leads to it is missing."""
    if callable(value):
        return value(row)
    for name in value.split("."):
        row = row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)
        if callable(row):
            row = row()
    return row


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, where a row has the value, its width in characters on the sheet.

    Days, moments, yes or no are written as such everywhere. Personal values come masked from the row.
    """

    title: str
    value: Value
    width: int = 14
    _: KW_ONLY
    shown: Shown = Shown.EVERYWHERE
    link: Value | None = None
    """On the page: the address the value leads to; an empty one leads nowhere."""
    beside: tuple[Value, ...] = ()
    """On the page: small words after the value; on paper they have columns of their own, or none."""
    css: str = ""
    """Classes of the cell on the page: ``name`` (the row's own), ``together`` (never broken), ``dense``, ``cut``."""
    nothing: str = ""
    """What an empty cell means, said when it is pointed at."""
    head_class: ClassVar[str] = ""
    """The class of the head on the page."""

    def of(self, row: Any) -> Any:
        """The value of a row."""
        return found(self.value, row)

    def written(self, row: Any) -> Any:
        """The value as paper and spreadsheet have it."""
        return self.of(row)

    def address(self, row: Any) -> str:
        """Where the value leads, if anywhere."""
        return str(found(self.link, row) or "") if self.link is not None else ""

    def asides(self, row: Any) -> list[Any]:
        """The small words after the value."""
        return [words for each in self.beside if (words := found(each, row)) not in (None, "")]

    @property
    def on_page(self) -> bool:
        """Whether the page has this column."""
        return self.shown is not Shown.ON_PAPER

    @property
    def on_paper(self) -> bool:
        """Whether print and spreadsheet have this column."""
        return self.shown is not Shown.ON_PAGE


@dataclass(frozen=True, slots=True)
class Number(Column):
    """A quantity: to the right, thousands apart."""

    head_class: ClassVar[str] = "number"


@dataclass(frozen=True, slots=True)
class State(Column):
    """A word of the table of states, with its icon; ``detail`` follows it (在册（注册有效）)."""

    _: KW_ONLY
    detail: Value | None = None

    def details(self, row: Any) -> str:
        """What follows the word."""
        return str(found(self.detail, row) or "") if self.detail is not None else ""

    def written(self, row: Any) -> Any:
        """The word with what follows it."""
        return f"{self.of(row)}{self.details(row)}"


@dataclass(frozen=True, slots=True)
class Code(Column):
    """A long number, written in groups on the page."""


@dataclass(frozen=True, slots=True)
class Actions(Column):
    """What can be done with a row: a template of its own, on the page alone. Give the template as the value."""

    shown: Shown = Shown.ON_PAGE

    @property
    def template(self) -> str:
        """The template; it finds the row as ``row``."""
        return str(self.value)
