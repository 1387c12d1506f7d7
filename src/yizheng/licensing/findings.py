"""What a check says about an application: a finding with its level, its evidence and its article.

A check is a pure function from plain values and a day to findings. The same checks run while the applicant
types, at acceptance and inside the deciding transaction, so nobody is surprised by a rule.
"""

import enum
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from yizheng.kernel.statutes import Article
from yizheng.registry.registers import registers


class Severity(enum.StrEnum):
    """How a finding bears on the decision; the order is the order of display."""

    BLOCK = "block"
    """阻断: the law does not allow the grant while this stands."""
    ADVISE = "advise"
    """提示: a person must weigh it and say why (采信 / 不采信)."""
    PASSED = "passed"
    """通过: the rule was asked and is satisfied."""

    @property
    def word(self) -> str:
        """The word a person reads."""
        return {"block": "阻断", "advise": "提示", "passed": "通过"}[self.value]


@dataclass(frozen=True, slots=True)
class Finding:
    """One answer of one check: the sentence, where it points, and the article it rests on."""

    code: str
    severity: Severity
    message: str
    field: str = ""
    """``step.field`` or ``material:code`` the reader is led to; empty when it concerns the whole case."""
    evidence: str = ""
    articles: tuple[Article, ...] = ()
    title: str = ""
    """What the check asks, in a few words: shown when it passes."""
    english: str = ""
    """The sentence in English, for the form of an applicant who reads no Chinese."""
    bars: bool = False
    """Of an advice: whether it stands against the grant once a person followed it."""


Rule = Callable[[Any, date], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """A declared rule: its code, its articles, its days in force, and the pure function that asks it."""

    code: str
    title: str
    articles: tuple[Article, ...]
    rule: Rule
    in_force_from: date = date.min
    in_force_to: date = date.max
    needs: tuple[str, ...] = ()
    """Steps of the form the rule reads; while one of them is not filled in, silence is not yet a pass."""
    english: str = ""
    """The title in English, where a form is in two languages."""

    def __call__(self, applicant: Any, on: date) -> list[Finding]:
        """Ask the rule for ``on``; findings carry the check's code, title and articles."""
        if not self.in_force_from <= on < self.in_force_to:
            return []
        return [self._signed(finding) for finding in self.rule(applicant, on)]

    def _signed(self, finding: Finding) -> Finding:
        articles = finding.articles or self.articles
        return replace(finding, code=finding.code or self.code, title=self.title, articles=articles)

    def passed(self) -> Finding:
        """The finding that says this rule is satisfied."""
        return Finding(
            self.code, Severity.PASSED, self.title, articles=self.articles, title=self.title, english=self.english
        )


def check(
    code: str,
    *articles: Article,
    title: str,
    in_force_from: date = date.min,
    in_force_to: date = date.max,
    needs: tuple[str, ...] = (),
    english: str = "",
) -> Callable[[Rule], Check]:
    """Declare a rule under ``code`` with the articles it rests on, its days in force, and the steps it reads.

    The code begins with the prefix of a declared register and belongs to one rule of the platform. A function
    that makes a rule for each of several items makes one rule, and a later version of a rule may keep the code
    when no day has both in force. Raises ValueError otherwise.
    """

    def declare(rule: Rule) -> Check:
        declared = Check(code, title, tuple(articles), rule, in_force_from, in_force_to, needs, english)
        _enter(declared)
        return declared

    return declare


def shared(title: str, *also: Article, needs: tuple[str, ...] = ()) -> Callable[[Rule], Callable[..., Check]]:
    """A rule that several registers ask: each declares it under its own code and articles, beside those it rests on everywhere."""

    def made(rule: Rule) -> Callable[..., Check]:
        return lambda code, *articles: check(code, *articles, *also, title=title, needs=needs)(rule)

    return made


_declared: dict[str, list[Check]] = {}


def declared_checks() -> Iterator[Check]:
    """Every check of the platform, in the order of declaration."""
    return (each for versions in _declared.values() for each in versions)


def _enter(new: Check) -> None:
    if new.code.partition("-")[0] not in {each.prefix for each in registers() if each.prefix}:
        raise ValueError(f"{new.code}: 检查代码须以登记簿的字头开头，如“D-R13”")
    versions = _declared.setdefault(new.code, [])
    for other in versions:
        in_force_together = new.in_force_from < other.in_force_to and other.in_force_from < new.in_force_to
        if in_force_together and _origin(new) != _origin(other):
            raise ValueError(f"{new.code}: 检查代码已由 {_origin(other)} 使用，不能再由 {_origin(new)} 使用")
    versions.append(new)


def _origin(declared: Check) -> str:
    return f"{declared.rule.__module__}.{declared.rule.__qualname__}"


def refuse(
    field: str, message: str, *, evidence: str = "", articles: tuple[Article, ...] = (), english: str = ""
) -> Finding:
    """A finding that blocks the grant."""
    return Finding("", Severity.BLOCK, message, field, evidence, articles, english=english)


def advise(
    field: str,
    message: str,
    *,
    evidence: str = "",
    articles: tuple[Article, ...] = (),
    english: str = "",
    bars: bool = False,
) -> Finding:
    """A finding that a person must weigh; with ``bars`` there is no grant once it was followed."""
    return Finding("", Severity.ADVISE, message, field, evidence, articles, english=english, bars=bars)


@dataclass(frozen=True, slots=True)
class Findings:
    """All answers of an item's checks about one application on one day."""

    on: date
    items: tuple[Finding, ...] = field(default=())

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.items)

    def of(self, severity: Severity) -> list[Finding]:
        """The findings of one level."""
        return [finding for finding in self.items if finding.severity is severity]

    @property
    def blocks(self) -> list[Finding]:
        """阻断."""
        return self.of(Severity.BLOCK)

    @property
    def advice(self) -> list[Finding]:
        """提示."""
        return self.of(Severity.ADVISE)

    @property
    def passes(self) -> list[Finding]:
        """通过."""
        return self.of(Severity.PASSED)


def ask(checks: Sequence[Check], applicant: Any, on: date, unfilled: Collection[str] = ()) -> Findings:
    """Run ``checks`` for the day ``on``; a rule in force that says nothing has passed, once what it reads is there.

    ``unfilled`` names the steps of the form that are not filled in yet.
    """
    found: list[Finding] = []
    passed: list[Finding] = []
    for each in checks:
        if not each.in_force_from <= on < each.in_force_to:
            continue
        answers = each(applicant, on)
        found.extend(answers)
        if not answers and not set(each.needs) & set(unfilled):
            passed.append(each.passed())
    found.sort(key=lambda finding: finding.severity is not Severity.BLOCK)
    return Findings(on, (*found, *passed))
