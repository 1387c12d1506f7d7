"""Dated rule values: declared by a system with a default and an article, overridden from a day on by an administrator."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

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
