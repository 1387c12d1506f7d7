"""The numbers rules reckon with, each declared once: the field of a value and the dated parameter an administrator can change."""

from collections.abc import Mapping
from dataclasses import Field, field
from datetime import date
from typing import Any, ClassVar, Self

from yizheng.kernel.remembering import Memory
from yizheng.kernel.statutes import Article
from yizheng.licensing.rules import RuleDeclaration, declare_rule, values_of


def number(title: str, default: int, unit: str, article: Article, **more: Any) -> Any:
    """A number with its meaning, unit and article; a truth is a switch of 1 and 0. ``more`` as `declare_rule` takes it."""
    if isinstance(default, bool):
        more.setdefault("limits", (0, 1))
    return field(default=default, metadata={"declared": (title, int(default), unit, article), **more})


def shared(rule: RuleDeclaration) -> Any:
    """A number that is declared elsewhere."""
    return field(default=rule.default, metadata={"code": rule.code})


NUMBERS: Memory[tuple[type[Any], date], Any] = Memory("yizheng_licensing_numbers")
"""The numbers of a class on a day, for work on many cases."""


class DatedNumbers:
    """The base of such values, which are frozen dataclasses; as built they hold what is in force while nobody changed it."""

    codes: ClassVar[Mapping[str, str]]
    """The code of the parameter behind each field: the prefix of the class and the name."""

    def __init_subclass__(cls, *, prefix: str) -> None:
        """Declare every number of the class."""
        numbers = {name: each for name, each in vars(cls).items() if isinstance(each, Field)}
        cls.codes = {name: _code(f"{prefix}{name}", dict(each.metadata)) for name, each in numbers.items()}

    @classmethod
    def on(cls, day: date) -> Self:
        """As they stand on a day, in one query."""
        found: Self = NUMBERS.ask((cls, day), lambda: cls.among(values_of(cls.codes.values(), day)))
        return found

    @classmethod
    def among(cls, found: Mapping[str, int]) -> Self:
        """As given by code: those of a day, or those somebody only thinks about."""
        usual = cls()
        return cls(**{name: type(getattr(usual, name))(found[code]) for name, code in cls.codes.items()})


def _code(code: str, said: dict[str, Any]) -> str:
    if "code" in said:
        return str(said["code"])
    return declare_rule(code, *said.pop("declared"), **said).code
