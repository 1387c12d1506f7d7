"""What a table can be narrowed by: a text, a choice, a day, a month; each with its label and its name in the address.

A filter with ``by`` narrows the rows itself: the name of a field, or a function of the rows and the value. One without
is read by the function that gives the rows.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import KW_ONLY, dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet

from yizheng.kernel.chinese_dates import parse_date

By = str | Callable[[QuerySet[Any], Any], QuerySet[Any]]
Options = Iterable[tuple[str, str]] | Callable[[], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter: its label, its name in the address, how it narrows the rows, and its value where none is named."""

    label: str
    name: str
    _: KW_ONLY
    by: By | None = None
    default: Callable[[], Any] | None = None
    kind: ClassVar[str] = ""
    """The control on the page."""
    example: ClassVar[str] = ""
    """How the text may look; shown in the empty control."""
    coded: ClassVar[bool] = True
    """Whether the audit trail may keep the value: what somebody typed it may not."""

    def read(self, query: Mapping[str, str]) -> Any:
        """The value an address asks for; nothing where it asks none, or one that cannot be."""
        value = self.cleaned(query.get(self.name, "").strip())
        return self.default() if value in (None, "") and self.default is not None else value

    def cleaned(self, text: str) -> Any:
        """The value of a text."""
        return text

    def words(self, value: Any) -> str:
        """The value as paper and file say it."""
        return str(value)

    def written(self, value: Any) -> str:
        """The value as an address and a control have it."""
        return str(value or "")

    def narrowed(self, rows: Any, value: Any) -> Any:
        """The rows that fit."""
        if self.by is None or value in (None, ""):
            return rows
        return self.by(rows, value) if callable(self.by) else rows.filter(**{self.by: value})


@dataclass(frozen=True, slots=True)
class Text(Filter):
    """What somebody types."""

    name: str = "q"
    _: KW_ONLY
    longest: int = 100
    hint: str = ""
    kind: ClassVar[str] = "text"
    coded: ClassVar[bool] = False

    def cleaned(self, text: str) -> str:
        """The beginning of a text that is too long; no control characters."""
        return "".join(sign for sign in text if sign.isprintable())[: self.longest]


@dataclass(frozen=True, slots=True)
class Choice(Filter):
    """One of several codes; where ``always`` is set, one is always chosen."""

    options: Options
    _: KW_ONLY
    always: bool = False
    kind: ClassVar[str] = "choice"

    def cleaned(self, text: str) -> str:
        """A code that is offered."""
        return text if text in dict(self.choices()) else ""

    def choices(self) -> list[tuple[str, str]]:
        """The codes with their words."""
        return list(self.options() if callable(self.options) else self.options)

    def words(self, value: Any) -> str:
        """The word of the code."""
        return str(dict(self.choices()).get(value, value))


@dataclass(frozen=True, slots=True)
class Day(Filter):
    """A day; with ``since`` or ``until`` its side is said by ``by``."""

    kind: ClassVar[str] = "day"
    pattern: ClassVar[str] = "%Y-%m-%d"
    example: ClassVar[str] = "2026-11-30"

    def cleaned(self, text: str) -> date | None:
        """The day; nothing where it cannot be read."""
        return parse_date(text)

    def words(self, value: Any) -> str:
        """2026-05-22, or of a month 2026-05."""
        return f"{value:{self.pattern}}"

    def written(self, value: Any) -> str:
        """As in words; nothing for nothing."""
        return self.words(value) if value else ""


@dataclass(frozen=True, slots=True)
class Month(Day):
    """A month, as its first day."""

    kind: ClassVar[str] = "month"
    pattern: ClassVar[str] = "%Y-%m"
    example: ClassVar[str] = "2026-11"

    def cleaned(self, text: str) -> date | None:
        """The first day of the month; nothing where it cannot be read."""
        try:
            return date.fromisoformat(f"{text}-01")
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Kept(Filter):
    """An id the address carries and nobody chooses on the page: a batch, an institution."""

    _: KW_ONLY
    said: Callable[[int], str] = str
    kind: ClassVar[str] = "kept"

    def cleaned(self, text: str) -> int | None:
        """The id; nothing where it is none."""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None

    def words(self, value: Any) -> str:
        """What the id stands for."""
        return self.said(value)
