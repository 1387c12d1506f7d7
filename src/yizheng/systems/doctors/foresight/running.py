"""The job: ask the rules about every registration for today and for the day thought of; what is new is what falls out.

行政许可法 第八条 is why one looks before changing a rule: what was granted stays granted, so a rule that would not let many
through any more is known beforehand, by district, and told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice

from django.db import transaction
from django.utils import timezone

from yizheng.licensing import rules
from yizheng.licensing.findings import Finding
from yizheng.people.scope import acting_as_system
from yizheng.registry.writing import insert_many
from yizheng.systems.doctors.changes.rules import Changer, stays_at_the_place, within_the_years_of_leave
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.grounds import no_refusal_ground, of_full_capacity
from yizheng.systems.doctors.checks.qualification import as_qualified
from yizheng.systems.doctors.checks.scope import scope_fits_subjects, scope_within_category
from yizheng.systems.doctors.foresight.gathering import (
    PORTION,
    Surroundings,
    Weighed,
    alike,
    apart,
    employers_on,
    registered_on,
)
from yizheng.systems.doctors.models import Fallen, Forecast
from yizheng.systems.doctors.rules import periods_from
from yizheng.work.jobs import Progress, job

JOB = "doctors.forecast"
ASKED = (
    no_refusal_ground,
    of_full_capacity,
    as_qualified,
    scope_within_category,
    licence_in_force,
    scope_fits_subjects,
    stays_at_the_place,
    within_the_years_of_leave,
)
"""The rules a registration satisfies as long as it stands, not only on the day it is applied for.

Of those that are weighed in groups a rule here may read what a group has in common (``gathering``) and nothing else.
"""


@job(JOB, title="规则推演")
def run(progress: Progress, forecast: int) -> str | None:
    """Weigh the whole register for a forecast; run again it begins anew."""
    asked = Forecast.objects.get(pk=forecast)
    with acting_as_system("规则推演"), transaction.atomic():
        Fallen.objects.all().filter(forecast=asked).delete()
        _weigh(asked, progress)
    return None


def _weigh(asked: Forecast, progress: Progress) -> None:
    today, then = surroundings(timezone.localdate()), surroundings(asked.on, asked.rule, asked.value)
    total, done = registered_on(asked.on), 0
    by_authority: Counter[str] = Counter()
    by_reason: Counter[str] = Counter()
    standing: set[Hashable] = set()
    for portion in _portions(asked.on):
        fallen = [
            row
            for each, found in _fell(portion, today, then, standing)
            for row in _fallen(asked, each, found)
        ]
        insert_many(fallen)
        by_authority.update(str(row.authority_scope) for row in fallen)
        by_reason.update(row.check_code for row in fallen)
        done += sum(len(each.subjects) for each in portion)
        progress.report(done, total, f"已核对 {done} 项注册")
    Forecast.objects.filter(pk=asked.pk).update(
        weighed=done,
        by_authority=by_authority,
        by_reason=by_reason,
        finished_at=timezone.now(),
    )


def _portions(on: date) -> Iterator[Sequence[Weighed]]:
    yield from apart(on)
    groups = alike(on)
    while portion := list(islice(groups, PORTION)):
        yield portion


def _fell(
    portion: Sequence[Weighed], today: Surroundings, then: Surroundings, standing: set[Hashable]
) -> Iterator[tuple[Weighed, list[Finding]]]:
    """Who falls out and why; groups of a kind of which none falls out are asked about once."""
    for each in portion:
        kind = None if each.alone else each.kind(today, then)
        if kind in standing:
            continue
        found = newly_blocked(each, today, then)
        if found:
            yield each, found
        elif kind is not None:
            standing.add(kind)


def surroundings(on: date, rule: str = "", value: int | None = None) -> Surroundings:
    """Institutions and parameters of a day, one parameter set otherwise where asked; call it as the system."""
    found = rules.values(on, "doctors.")
    if rule and value is not None:
        found[rule] = value
    return Surroundings(on, employers_on(on), periods_from(found))


def newly_blocked(each: Weighed, today: Surroundings, then: Surroundings) -> list[Finding]:
    """What blocks then and does not block today."""
    coming = list(_blocks(each.under(then), then.on))
    if not coming:
        return []
    standing = {finding.code for finding in _blocks(each.under(today), today.on)}
    return [finding for finding in coming if finding.code not in standing]


def _blocks(changer: Changer, on: date) -> Iterator[Finding]:
    for check in ASKED:
        yield from (finding for finding in check(changer, on) if finding.severity.value == "block")


def _fallen(asked: Forecast, each: Weighed, found: Iterable[Finding]) -> Iterator[Fallen]:
    for finding in found:
        for subject in each.subjects:
            yield Fallen(
                forecast=asked,
                subject_id=subject,
                authority_scope=each.authority_scope,
                institution_id=each.institution,
                level=each.changer.level,
                check_code=finding.code,
                sentence=finding.message[:200],
                article="；".join(map(str, finding.articles))[:120],
            )
