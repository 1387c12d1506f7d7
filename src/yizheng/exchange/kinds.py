"""What is exchanged (交换种类), declared by systems: how rows are written, taken in, and judged."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from yizheng.exchange.models import Package
from yizheng.people.models import Account

RECEIPT = "receipt"
"""The kind of a package that answers another: counts, digest, and the rows sent back with their reasons."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What the receiving system made of a package: how many rows it took, and why it did not take the others."""

    accepted: int
    refused: Sequence[tuple[int, str, str]]
    """Row, kind of fault, reason."""


class NotReady(Exception):
    """The receiving system has not finished with the package; the message says what is missing, in Chinese."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks a system to tell: the days of an authority (scope), and by whom and why."""

    authority_scope: int
    since: date
    until: date
    account: Account
    reason: str


@dataclass(frozen=True, slots=True)
class ExchangeKind:
    """One kind of content, as one csv file with Chinese headings."""

    code: str
    title: str
    heading: tuple[str, ...]
    written: Callable[[Asked], Iterable[Sequence[str]]]
    """The rows an authority has to tell, read as the system."""
    take_in: Callable[[Package, Path], str]
    """Hand the csv file to the system; answers with a reference to what it made of it (``batch:12``)."""
    judged: Callable[[Package], Judged]
    """The outcome, once it is known. Raises NotReady."""

    @property
    def file_name(self) -> str:
        """The name of the file inside the package."""
        return f"{self.code}.csv"


class UnknownKind(LookupError):
    """No kind of this code is declared; the message is Chinese."""


_declared: dict[str, ExchangeKind] = {}


def declare(kind: ExchangeKind) -> ExchangeKind:
    """Enter a kind; called once when its system starts."""
    _declared[kind.code] = kind
    return kind


def kinds() -> list[ExchangeKind]:
    """Every declared kind, by code."""
    return [_declared[code] for code in sorted(_declared)]


def kind_of(code: str) -> ExchangeKind:
    """The kind of this code. Raises UnknownKind."""
    try:
        return _declared[code]
    except KeyError:
        raise UnknownKind(f"本平台没有登记交换种类“{code}”") from None
