"""What a register declares so that its rules can be run ahead: which checks, about which groups of registrations."""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from yizheng.licensing.findings import Check
from yizheng.licensing.rules import RuleDeclaration, declarations
from yizheng.registry.registers import Register

Day = TypeVar("Day")
Day_contra = TypeVar("Day_contra", contravariant=True)


class Group(Protocol[Day_contra]):
    """Registrations of one institution and authority about which the checks say the same, whatever the day."""

    @property
    def subjects(self) -> Sequence[int]:
        """Whose registrations they are."""

    @property
    def institution(self) -> int | None:
        """Where they practise."""

    @property
    def authority_scope(self) -> int:
        """Who registers them."""

    @property
    def level(self) -> str:
        """The code of their level."""

    def on(self, day: Day_contra) -> Any:
        """What the checks are asked about on a day."""

    def key(self, *days: Day_contra) -> Hashable | None:
        """Equal for groups about which the checks say the same on these days; None where that is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ForecastKind(Generic[Day]):
    """How the registrations of one register are checked on a day."""

    register: Register
    checks: tuple[Check, ...]
    """The rules a registration satisfies as long as it stands, not only on the day it is applied for."""
    rules: str
    """The beginning of the codes of the rule parameters that a forecast may change."""
    day: Callable[[date, Mapping[str, int]], Day]
    """What a day and these parameters say apart from the people; called as the system."""
    count: Callable[[date], int]
    """How many registrations stand on a day; called as the system."""
    portions: Callable[[date], Iterator[Sequence[Group[Day]]]]
    """All registrations that stand on a day, in groups and portions; called as the system."""
    levels: str = ""
    """The code table of the levels."""
    words: Callable[[str], str] = lambda code: ""
    """What is not satisfied, by the code of a finding, where the title of the check does not say it."""

    def parameters(self) -> list[RuleDeclaration]:
        """The parameters that may be changed."""
        return [rule for rule in declarations() if rule.code.startswith(self.rules)]

    def reason(self, code: str) -> str:
        """A code of a finding in words."""
        titles = (check.title for check in self.checks if check.code == code)
        return self.words(code) or next(titles, code)


class UnknownForecast(LookupError):
    """The register declares no forecast."""


_declared: dict[str, ForecastKind[Any]] = {}


def declare(kind: ForecastKind[Any]) -> None:
    """Let the rules of a register be run ahead."""
    _declared[kind.register.code] = kind


def kind_of(register: str) -> ForecastKind[Any]:
    """The declaration of the register of this code. Raises UnknownForecast."""
    try:
        return _declared[register]
    except KeyError:
        raise UnknownForecast(register) from None
