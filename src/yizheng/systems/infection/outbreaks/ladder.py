"""报告时限: each situation with a duty has its own moment, the finding that confirmed it; the levels follow one after another.

What was found later does not change how an earlier duty was kept, nor does closing or ruling out the event.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils import timezone

from yizheng.systems.infection.models import Outbreak, OutbreakFinding, OutbreakReport
from yizheng.systems.infection.outbreaks.deadlines import Situation, duty

Hours = tuple[int | None, ...]
LEVELS = ("医院至区", "区至市", "市至国家")
_STATUS = {Outbreak.State.SUSPECTED.value: "suspected", Outbreak.State.CONFIRMED.value: "confirmed"}
_NO_DUTY: Hours = (None,) * len(LEVELS)
_NEVER = 10**6


class Said(Protocol):
    """A conclusion with its counts: of an event as it stands, or of one finding."""

    state: str
    cases: int
    deaths: int
    harmed: int
    special: bool
    impact: bool


def hours_of(said: Said) -> Hours:
    """The hours of each level of the ladder; nothing where there is no duty outside the hospital."""
    status = _STATUS.get(said.state)
    if status is None:
        return _NO_DUTY
    flags = {"special_pathogen": said.special, "major_impact": said.impact}
    return duty(Situation(status, said.cases, said.deaths, said.harmed, flags))


@dataclass(frozen=True, slots=True)
class Step:
    """One level of the ladder for one situation, with its clock."""

    finding: OutbreakFinding
    level: str
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


def ladder(findings: Sequence[OutbreakFinding], reports: Sequence[OutbreakReport]) -> list[Step]:
    """Every situation that asked for a report, in order, each level counted from the act of the level before."""
    return [step for finding, hours in _situations(findings) for step in _steps(finding, hours, reports)]


def _situations(findings: Sequence[OutbreakFinding]) -> Iterator[tuple[OutbreakFinding, Hours]]:
    """The findings that asked for more than any before them: a level more, or fewer hours."""
    strictest = [_NEVER] * len(LEVELS)
    for finding in sorted(findings, key=lambda each: each.at):
        hours = hours_of(finding)
        asked = [_NEVER if each is None else each for each in hours]
        if any(new < old for new, old in zip(asked, strictest, strict=True)):
            yield finding, hours
            strictest = [min(pair) for pair in zip(asked, strictest, strict=True)]


def _steps(finding: OutbreakFinding, hours: Hours, reports: Sequence[OutbreakReport]) -> Iterator[Step]:
    answer = next((each for each in sorted(reports, key=lambda each: each.at) if each.at >= finding.at), None)
    sent, district, at_city, nation = (
        (answer.at, answer.received_by_district, answer.received_by_city, answer.sent_to_nation)
        if answer
        else (None, None, None, None)
    )
    begins, ends = (finding.at, district, at_city), (sent, at_city, nation)
    for level, within, begin, end in zip(LEVELS, hours, begins, ends, strict=True):
        if within is not None:
            yield Step(finding, level, within, begin + timedelta(hours=within) if begin else None, end)
