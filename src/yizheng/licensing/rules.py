"""Dated rule values: declared by a system with a default and an article, overridden from a day on by an administrator.

Numbers that are reckoned with together are the fields of a value (`DatedNumbers`), each declared once.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, field
from datetime import date
from typing import Any, ClassVar, Self

from yizheng.kernel.statutes import Article


@dataclass(frozen=True, slots=True)
class RuleDeclaration:
    """A parameter a rule reads: its meaning, the value in force when nobody changed it, and the article."""

    code: str
    title: str
    default: int
    unit: str
    article: Article
    doubtful: bool = False
    """The article is read in two ways; the default is one of them until the authority in charge says which."""
    limits: tuple[int, int] = (0, 9999)
    """The least and the greatest value that makes sense."""


class UnknownRuleError(LookupError):
    """No room declared a parameter of this code."""


_declared: dict[str, RuleDeclaration] = {}


def declare_rule(
    code: str,
    title: str,
    default: int,
    unit: str,
    article: Article,
    *,
    doubtful: bool = False,
    limits: tuple[int, int] = (0, 9999),
) -> RuleDeclaration:
    """Declare a parameter once; the same code twice is a programming error."""
    if code in _declared:
        raise ValueError(f"规则参数 {code} 重复声明")
    _declared[code] = RuleDeclaration(code, title, default, unit, article, doubtful, limits)
    return _declared[code]


def declarations() -> Iterator[RuleDeclaration]:
    """Every declared parameter, in order of declaration."""
    yield from _declared.values()


def declaration(code: str) -> RuleDeclaration:
    """The parameter of this code; raises :class:`UnknownRuleError`."""
    try:
        return _declared[code]
    except KeyError:
        raise UnknownRuleError(f"没有规则参数“{code}”") from None


def value(code: str, on: date) -> int:
    """One parameter as it stands on ``on``."""
    return values_of([code], on)[code]


def values(on: date, prefix: str = "") -> dict[str, int]:
    """All parameters whose code begins with ``prefix`` as they stand on ``on``, in one query."""
    return values_of([code for code in _declared if code.startswith(prefix)], on)


def values_of(codes: Iterable[str], on: date) -> dict[str, int]:
    """The parameters of these codes as they stand on ``on``, in one query. Raises :class:`UnknownRuleError`."""
    from yizheng.licensing.models import RuleValue  # rules are read without a database too

    found = {code: declaration(code).default for code in codes}
    rows = RuleValue.objects.filter(code__in=found, valid_from__lte=on).order_by("valid_from")
    return {**found, **dict(rows.values_list("code", "value"))}


def number(title: str, default: int, unit: str, article: Article, **more: Any) -> Any:
    """A number with its meaning, unit and article; a truth is a switch of 1 and 0. ``more`` as `declare_rule` takes it."""
    if isinstance(default, bool):
        more.setdefault("limits", (0, 1))
    return field(default=default, metadata={"declared": (title, int(default), unit, article), **more})


def shared(rule: RuleDeclaration) -> Any:
    """A number that is declared elsewhere."""
    return field(default=rule.default, metadata={"code": rule.code})


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
        return cls.among(values_of(cls.codes.values(), day))

    @classmethod
    def among(cls, found: Mapping[str, int]) -> Self:
        """As given by code: those of a day, or those somebody only thinks about."""
        usual = cls()
        return cls(**{name: type(getattr(usual, name))(found[code]) for name, code in cls.codes.items()})


def _code(code: str, said: dict[str, Any]) -> str:
    if "code" in said:
        return str(said["code"])
    return declare_rule(code, *said.pop("declared"), **said).code
