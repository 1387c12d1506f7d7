"""夜间复查: what was handed up is weighed again; wholly when the rules have changed, else the last months beside those of the city."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from django.db import transaction
from django.urls import reverse

from yizheng.systems.infection.lists import DATA
from yizheng.systems.infection.models import Problem, ProblemState, RuleRun, Sheet
from yizheng.systems.infection.models.problems import UNSETTLED
from yizheng.systems.infection.records.declaring import month_before
from yizheng.systems.infection.reporting.content import reported
from yizheng.systems.infection.reporting.lifecycle import NURSE, SheetState
from yizheng.systems.infection.rules.declaring import Finding, judged
from yizheng.systems.infection.statistics.pooling import LEAST_HOSPITALS, whole_city
from yizheng.work import inbox

WEIGHED = (SheetState.SUBMITTED, SheetState.APPROVED, SheetState.PASSED, SheetState.ACCEPTED)
"""What was handed up and is not closed: a locked period stays as it was judged by the rules of its time."""
MONTHS_AFTER_CHANGE, MONTHS_EACH_NIGHT, MONTHS_OF_PEERS = 24, 2, 12


def fingerprint() -> str:
    """A digest of the rules: their code, the fields and lists they read. Another one means that the rules changed."""
    digest = hashlib.sha256()
    rules = Path(__file__).parents[1] / "rules"
    for path in (*sorted(rules.glob("*.py")), *(DATA / name for name in ("rules.csv", "fields.csv", "lists.csv"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def recheck(today: date) -> tuple[int, int, int]:
    """Weigh what is due; how many sheets, how many problems are new, how many are gone."""
    now, last = fingerprint(), RuleRun.objects.first()
    changed = last is None or last.fingerprint != now
    first = _back(today.replace(day=1), MONTHS_AFTER_CHANGE if changed else MONTHS_EACH_NIGHT)
    peers = _peers(today)
    done, found, gone = 0, Counter[int](), 0
    for sheet in Sheet.objects.filter(state__in=WEIGHED, period__gte=first).select_related("unit").iterator():
        new, ended = _weighed(sheet, today, peers)
        done, gone = done + 1, gone + ended
        found[sheet.institution_scope] += new
    for scope, number in found.items():
        if number:
            title, link = f"夜间复查发现 {number} 条问题数据，请答复", reverse("infection:problems")
            inbox.send(title=title, kind="infection", role=NURSE, scope=scope, link=link)
    if changed:
        RuleRun.objects.create(fingerprint=now, sheets=done, found=found.total(), gone=gone)
    return done, found.total(), gone


def _back(month: date, months: int) -> date:
    for _ in range(months):
        month = month_before(month)
    return month


def _peers(today: date) -> Mapping[str, int]:
    """What the city counted of the last months; nothing while too few hospitals reported."""
    last = month_before(today.replace(day=1))
    counts = whole_city(_back(last, MONTHS_OF_PEERS - 1), last)
    if len({subject for subject, _ in counts}) < LEAST_HOSPITALS:
        return {}
    return sum((Counter(each) for each in counts.values()), Counter[str]())


@transaction.atomic
def _weighed(sheet: Sheet, today: date, peers: Mapping[str, int]) -> tuple[int, int]:
    """The problems of one sheet as the rules have them now: how many are new, how many are gone."""
    weighed = reported(sheet, today)
    findings = {_key(each): each for each in judged(replace(weighed, known=replace(weighed.known, peers=peers)))}
    kept = Problem.objects.filter(sheet=sheet).exclude(state=ProblemState.MENDED)
    known = {(each.rule, each.words): each for each in kept}
    gone = [each.pk for key, each in known.items() if each.state in UNSETTLED and key not in findings]
    Problem.objects.filter(pk__in=gone).update(state=ProblemState.MENDED)
    new = [each for key, each in findings.items() if key not in known]
    Problem.objects.bulk_create(
        Problem(
            subject_id=sheet.subject_id, authority_scope=sheet.authority_scope, sheet=sheet, rule=each.rule,
            words=each.words[:300], error=each.is_error,
        )
        for each in new
    )  # fmt: skip
    return len(new), len(gone)


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.words[:300]
