"""The job: ask the rules about every registration for today and for the day thought of; what is new is what would fail.

行政许可法 第八条 is why one looks before changing a rule: what was granted stays granted, so a rule that would not let many
through any more is known beforehand, by district, and told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from yizheng.licensing import rules
from yizheng.licensing.findings import Finding, Severity
from yizheng.licensing.forecasts.kinds import ForecastKind, Group, kind_of
from yizheng.licensing.models import Forecast, ForecastFailure
from yizheng.people.scope import acting_as_system
from yizheng.registry.writer.rows import insert_many
from yizheng.work.jobs import Progress, job

JOB = "licensing.forecast"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The checks of a register today and on the day thought of."""

    kind: ForecastKind[Any]
    today: tuple[date, Any]
    then: tuple[date, Any]
    passed: set[Hashable] = field(default_factory=set)
    """Keys of groups that pass: groups of the same key are asked about once."""

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
            key = each.key(self.today[1], self.then[1])
            if key is not None and key in self.passed:
                continue
            found = self.newly_blocked(each)
            if found:
                yield each, found
            elif key is not None:
                self.passed.add(key)

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
    for portion in kind.portions(asked.on):
        failed = list(_rows(asked, comparison, portion))
        insert_many(failed)
        by_authority.update(str(row.authority_scope) for row in failed)
        by_check.update(row.check_code for row in failed)
        done += sum(len(each.subjects) for each in portion)
        progress.report(done, total, f"已核对 {done} 项注册")
    Forecast.objects.filter(pk=asked.pk).update(
        checked=done, by_authority=by_authority, by_check=by_check, finished_at=timezone.now()
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
