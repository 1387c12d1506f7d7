"""Forecasts (规则推演): the rules of a day to come, or one rule with another value, asked about a whole register.

A register declares which checks, about which groups of registrations; a job asks them about every registration for today and
for the day thought of, and what is new is what would fail. 行政许可法 第八条 is why one looks before changing a rule: what was
granted stays granted, so a rule that would not let many through any more is known beforehand, by district, and told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from django.db import transaction
from django.utils import timezone

from yizheng.licensing import rules
from yizheng.licensing.findings import Check, Finding, Severity
from yizheng.licensing.models import Forecast, ForecastFailure
from yizheng.licensing.rules import RuleDeclaration, declarations
from yizheng.people.scope import acting_as_system
from yizheng.registry.registers import Register
from yizheng.registry.writer.rows import insert_many
from yizheng.work.jobs import Progress, job

JOB = "licensing.forecast"

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
    portions: Callable[[date, Comparison], Iterator[Sequence[Group[Day]]]]
    """The registrations that stand on a day, in groups and portions, but for those the comparison lets pass; called as the system."""
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """The checks of a register today and on the day thought of."""

    kind: ForecastKind[Any]
    today: tuple[date, Any]
    then: tuple[date, Any]

    @classmethod
    def of(cls, kind: ForecastKind[Any], on: date, rule: str = "", value: int | None = None) -> Comparison:
        """Today beside a day, one parameter set otherwise where asked; call it as the system."""
        today = timezone.localdate()
        found = rules.values(on, kind.rules)
        if rule and value is not None:
            found[rule] = value
        return cls(kind, (today, kind.day(today, rules.values(today, kind.rules))), (on, kind.day(on, found)))

    def failures(self, portion: Iterable[Group[Any]]) -> Iterator[tuple[Group[Any], list[Finding]]]:
        """Which groups would fail, and why."""
        for each in portion:
            found = self.newly_blocked(each)
            if found:
                yield each, found

    @property
    def days(self) -> tuple[Any, Any]:
        """What the two days say apart from the people."""
        return self.today[1], self.then[1]

    def newly_blocked(self, group: Group[Any]) -> list[Finding]:
        """What blocks on that day and does not block today."""
        coming = list(self._blocks(group, *self.then))
        if not coming:
            return []
        blocking = {finding.code for finding in self._blocks(group, *self.today)}
        return [finding for finding in coming if finding.code not in blocking]

    def _blocks(self, group: Group[Any], on: date, day: Any) -> Iterator[Finding]:
        asked = group.on(day)
        for check in self.kind.checks:
            yield from (finding for finding in check(asked, on) if finding.severity is Severity.BLOCK)


@job(JOB, title="规则推演")
def run(progress: Progress, forecast: int) -> str | None:
    """Check the whole register for a forecast; run again it begins anew."""
    asked = Forecast.objects.get(pk=forecast)
    with acting_as_system("规则推演"), transaction.atomic():
        ForecastFailure.objects.all().filter(forecast=asked).delete()
        _check(asked, kind_of(asked.register), progress)
    return None


def _check(asked: Forecast, kind: ForecastKind[Any], progress: Progress) -> None:
    comparison = Comparison.of(kind, asked.on, asked.rule, asked.value)
    total, done = kind.count(asked.on), 0
    by_authority: Counter[str] = Counter()
    by_check: Counter[str] = Counter()
    for portion in kind.portions(asked.on, comparison):
        failed = list(_rows(asked, comparison, portion))
        insert_many(failed)
        by_authority.update(str(row.authority_scope) for row in failed)
        by_check.update(row.check_code for row in failed)
        done += sum(len(each.subjects) for each in portion)
        progress.report(done, total, f"已核对 {done} 项注册")
    Forecast.objects.filter(pk=asked.pk).update(
        checked=total, by_authority=by_authority, by_check=by_check, finished_at=timezone.now()
    )


def _rows(asked: Forecast, comparison: Comparison, portion: Sequence[Group[Any]]) -> Iterator[ForecastFailure]:
    for group, found in comparison.failures(portion):
        for finding in found:
            for subject in group.subjects:
                yield ForecastFailure(
                    forecast=asked,
                    subject_id=subject,
                    authority_scope=group.authority_scope,
                    institution_id=group.institution,
                    level=group.level,
                    check_code=finding.code,
                    sentence=finding.message[:200],
                    article="；".join(map(str, finding.articles))[:120],
                )
