"""What past cases there are (`data/plans.toml`), and on which days each of them went through its acts.

Pure: a day and a calendar in, days out, so that it can be asked for any day, weekends and holidays too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from yizheng.demo.data_files import tables
from yizheng.kernel.calendar import Calendar
from yizheng.licensing import lifecycle
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.states import CaseState as S


@dataclass(frozen=True, slots=True)
class Plan:
    """So many cases that stand in a state, the verbs that led there, and the working days before today."""

    state: S
    verbs: str
    ago: int
    count: int


class Step(NamedTuple):
    """An act on the way: its verb and title, the state it enters, whose it is, working days after the one before."""

    verb: str
    title: str
    state: S
    who: Actor
    gap: int


def _plans(group: str) -> tuple[Plan, ...]:
    return tuple(
        Plan(S(row["state"]), row["verbs"], ago, count)
        for row in tables("plans.toml")[group]
        for ago, count in row["cases"]
    )


FIRST_REGISTRATIONS = _plans("first_registrations")
DEREGISTRATIONS = _plans("deregistrations")
GAPS: Mapping[str, int] = tables("plans.toml")["gaps"]
REASONS: Mapping[str, str] = tables("plans.toml")["reasons"]
COUNTED = frozenset({"accept", "confirm", "resubmit", "ask_correction", "give_notice", "conclude", "propose"})
"""The acts a plan counts its working days from: the last of them on the way to its state."""


def path(item: Item, verbs: str) -> list[Step]:
    """The acts of these verbs in order, from the draft or the proposal on."""
    steps: list[Step] = []
    state = S.DRAFT
    for verb in verbs.split():
        if verb == "propose":
            step = Step(verb, "提出拟办", S.PROPOSED, Actor.REVIEWER, 2)
        else:
            move = lifecycle.move(item, state, verb)
            step = Step(verb, move.title, lifecycle.destination(item, move), move.who, GAPS.get(verb, 2))
        state = step.state
        steps.append(step)
    return steps


Dated = tuple[date, Step]


@dataclass(frozen=True, slots=True)
class Schedule:
    """Counts back from a day; on a day off from the next working day, so that nothing runs out unattended."""

    today: date
    calendar: Calendar

    @property
    def next_due(self) -> date:
        """The first day on which a period can run out: today, or the next working day."""
        return self.calendar.next_working_day(self.today, inclusive=True)

    def back(self, days: int) -> date:
        """The working day from which so many working days have passed on the next due day; never after today."""
        day = min(self.next_due, self.today)
        while not self.calendar.is_working_day(day) or self._passed(day) < days:
            day -= timedelta(days=1)
        return day

    def days(self, steps: Sequence[Step], ago: int) -> list[Dated]:
        """The day of each act: the last counted one is so many working days ago, the others keep their distances."""
        fixed = max((at for at, step in enumerate(steps) if step.verb in COUNTED), default=0)
        dated = []
        for at, step in enumerate(steps):
            between = sum(each.gap for each in steps[min(at, fixed) + 1 : max(at, fixed) + 1])
            dated.append((self.back(max(0, ago + (between if at < fixed else -between))), step))
        return dated

    def _passed(self, day: date) -> int:
        return self.calendar.working_days_between(day, self.next_due)
