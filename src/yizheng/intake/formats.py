"""A file format (格式) as a declaration: columns, checks, and how a row becomes facts. The engine does the rest.

A system declares its formats in ``intakes.py``; reading, staging, verdicts, preview, loading, answering and undoing are
the same for all. SQL expressions of a declaration see the staged row as ``s`` and come from the program alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import polars as pl

from yizheng.intake.columns import Column
from yizheng.kernel.statutes import Article
from yizheng.people.auditing.wording import declare_words
from yizheng.registry.models import Fact


class Severity(StrEnum):
    """What a finding does to its row."""

    ERROR = "error"
    """The row is wrong and is not taken in."""
    QUARANTINE = "quarantine"
    """The row contradicts itself or what is known: a person must look, and until then it is not taken in."""
    NOTE = "note"
    """Worth a look; the row is taken in."""

    @property
    def label(self) -> str:
        """What pages call it."""
        return {"error": "错误", "quarantine": "待核", "note": "提示"}[self.value]


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A rule over the values of one row, asked of a block at once: ``wrong`` is true where it is broken."""

    code: str
    column: str
    message: str
    wrong: pl.Expr
    severity: Severity = Severity.ERROR
    article: Article | None = None


TODAY = "today"
"""The column of every block in which the checks of rows find the day of reading."""


def in_future(code: str, column: str, message: str) -> RowCheck:
    """The rule that a day is not after today."""
    return RowCheck(code, column, message, pl.col(column) > pl.col(TODAY))


@dataclass(frozen=True, slots=True)
class RegisterCheck:
    """A rule that asks the register, set by set: ``broken`` is SQL over the staged row ``s`` and its match ``m``.

    ``m.subject_id`` is the person known under the row's number, null when nobody is. ``given`` and ``known`` are SQL
    texts shown side by side; ``joins`` adds what the rule reads.
    """

    code: str
    column: str
    message: str
    broken: str
    joins: str = ""
    given: str = "null"
    known: str = "null"
    severity: Severity = Severity.QUARANTINE


@dataclass(frozen=True, slots=True)
class Holder:
    """Whom a row is about: by which columns she is found and told from others.

    ``identity`` is the kind of fact that says who she is, on ``line``, with the columns by which a row is compared:
    the column of the format and the field of the fact. ``new`` gives the values of the identity, as SQL over ``s``,
    that a person nobody knows begins with from the day ``since``; without it such a row is refused.
    """

    number: str
    name: str
    document: str
    identity: type[Fact]
    line: str
    compared: Mapping[str, str]
    new: Mapping[str, str] | None = None
    since: str = ""
    kind: str = "person"
    """The kind of the subjects; a person is found through the vault, anybody else by `known`."""
    known: str = ""
    """SQL that gives `subject_id` and `number` of everybody known who is no person, each number once."""

    @property
    def of_people(self) -> bool:
        """Whether the rows are about persons, whose numbers are never staged."""
        return self.kind == "person"


@dataclass(frozen=True, slots=True)
class Makes:
    """One fact a row makes: its kind, and its line, days and values as SQL over the staged row ``s``.

    ``when`` limits it to some rows. The first of a format says whether a row is new, the same, or changes what is
    known; the others follow it.
    """

    model: type[Fact]
    line: str
    valid_from: str
    values: Mapping[str, str]
    when: str = "true"
    met: str = ""
    """Which open version ``f`` of the person ``m.subject_id`` the row speaks of; by its line when nothing is said."""


@dataclass(frozen=True, slots=True)
class RestsOn:
    """What a loaded row is decided upon: the id of the version, as SQL, and the ``joins`` by which it is found.

    Nobody takes such a version back without being told of the batch that rests on it.
    """

    model: type[Fact]
    version: str
    joins: str


@dataclass(frozen=True)
class Format:
    """A declared format."""

    code: str
    title: str
    purpose: str
    columns: tuple[Column, ...]
    holder: Holder
    makes: tuple[Makes, ...]
    key: tuple[str, ...]
    checks: tuple[RowCheck, ...] = ()
    register_checks: tuple[RegisterCheck, ...] = ()
    derive: Callable[[pl.DataFrame], pl.DataFrame] | None = None
    derived: Mapping[str, str] = field(default_factory=dict)
    numbers: Callable[[], Mapping[str, int]] = dict
    """The dated numbers that checks read, as columns; asked once before the first row, for blocks are checked in a thread."""
    correctable: tuple[str, ...] | None = None
    """The fields of the main fact that a later file may change; None: all of them. Another difference is for a person."""
    certificate: str = ""
    """A derived column with the beginning of a qualification number, which ends in the person's own number."""
    rests_on: tuple[RestsOn, ...] = ()
    follows: Callable[[int], None] | None = None
    """Called with the change inside the transaction that loads or undoes it."""

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


class UnknownFormat(LookupError):
    """No format of that code is declared; the message is Chinese."""


_declared: dict[str, Format] = {}


def declare(made: Format) -> Format:
    """Enter a format into the catalogue; called once when its system starts."""
    _declared[made.code] = made
    return made


def format_of(code: str) -> Format:
    """The format of that code. Raises UnknownFormat."""
    try:
        return _declared[code]
    except KeyError:
        known = "、".join(sorted(_declared))
        raise UnknownFormat(f"没有名为“{code}”的格式；现有：{known}") from None


def formats() -> list[Format]:
    """Every declared format, by code."""
    return [_declared[code] for code in sorted(_declared)]


declare_words({}, {"format": lambda code: _declared[code].title if code in _declared else code})
