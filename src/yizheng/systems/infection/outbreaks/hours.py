"""报告时限的计时: each situation has its own moment, so the ladder is counted from the findings and the reports alone.

A duty begins at the finding that first has it, and again at a later one that asks for less time or a further level (医院感染管理办法
第十七条、第十八条：经调查证实). What became of the event afterwards changes nothing of what was due.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from yizheng.systems.infection.models import Outbreak, OutbreakFinding, OutbreakReport
from yizheng.systems.infection.outbreaks.deadlines import Situation, duty

Hours = tuple[int | None, ...]
LEVELS = ("医院至区", "区至市", "市至国家")
NONE: Hours = (None, None, None)


def hours_of(found: Outbreak | OutbreakFinding) -> Hours:
    """The hours of each level for what was found; nothing where there is no duty outside the hospital."""
    if found.state not in (Outbreak.State.SUSPECTED, Outbreak.State.CONFIRMED):
        return NONE
    status = "confirmed" if found.state == Outbreak.State.CONFIRMED else "suspected"
    flags = {"special_pathogen": found.special, "major_impact": found.major}
    return duty(Situation(status, found.cases, found.deaths, found.harmed, flags))


@dataclass(frozen=True, slots=True)
class Step:
    """One level of the ladder with its clock, and the finding it began with."""

    level: str
    situation: str
    hours: int
    due: datetime | None
    done: datetime | None

    @property
    def words(self) -> str:
        """How the clock stands."""
        if self.due is None:
            return "上一级接收后起计"
        if self.done is not None:
            return "及时" if self.done <= self.due else "迟报"
        return "已超期" if timezone.now() > self.due else "计时中"


def clock(findings: Sequence[OutbreakFinding], reports: Sequence[OutbreakReport]) -> list[Step]:
    """The ladder: each duty's hours run from its finding, then from the receipt of the report that answers it."""
    steps = []
    for finding, hours in _duties(findings):
        answer = next((each for each in reports if each.at >= finding.at), None)
        moments = (answer.at, answer.received_by_district, answer.received_by_city) if answer else (None, None, None)
        begins = (finding.at, moments[1], moments[2])
        done = (moments[0], moments[2], answer.sent_to_nation if answer else None)
        situation = f"{finding.get_state_display()} {finding.cases} 例"
        steps += [
            Step(level, situation, hour, begin + timedelta(hours=hour) if begin else None, end)
            for level, hour, begin, end in zip(LEVELS, hours, begins, done, strict=True)
            if hour is not None
        ]
    return steps


def _duties(findings: Sequence[OutbreakFinding]) -> Iterator[tuple[OutbreakFinding, Hours]]:
    """Findings that set a clock going: of each the levels that are new or have less time than any before."""
    strictest = list(NONE)
    for finding in findings:
        fresh: list[int | None] = []
        for place, hour in enumerate(hours_of(finding)):
            before = strictest[place]
            sets = hour is not None and (before is None or hour < before)
            fresh.append(hour if sets else None)
            strictest[place] = hour if sets else before
        if any(hour is not None for hour in fresh):
            yield finding, tuple(fresh)


def begun(findings: Sequence[OutbreakFinding]) -> datetime | None:
    """When the first duty to report outside began."""
    return next((finding.at for finding, _ in _duties(findings)), None)
