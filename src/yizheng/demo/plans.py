"""What past cases there are: in every state of the life cycle, due long ago, today, soon, later, and standing still.

Pure: a day and a calendar in, days out, so that it can be asked for any day, weekends and holidays too.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from yizheng.kernel.calendar import Calendar
from yizheng.licensing import lifecycle
from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import Actor
from yizheng.licensing.states import CaseState as S


@dataclass(frozen=True, slots=True)
class Plan:
    """So many cases that stand in a state; ``ago`` is in working days before today.

    It counts from receipt before acceptance, afterwards from acceptance; for acts of the authority from the last step.
    """

    state: S
    ago: int
    count: int


class Step(NamedTuple):
    """An act on the way: its verb and title, the state it enters, whose it is, working days after the one before."""

    verb: str
    title: str
    state: S
    who: Actor
    gap: int


FIRST_REGISTRATIONS = tuple(
    Plan(S(state), ago, count)
    for state, *plans in (
        ("draft", (0, 8)),
        ("confirming", (1, 8)),
        ("received", (0, 4), (2, 5), (4, 3), (5, 2)),
        ("correcting", (6, 5)),
        ("corrected", (1, 4)),
        ("reviewing", (23, 2), (20, 2), (18, 4), (10, 8), (3, 8)),
        ("in_procedure", (9, 5)),
        ("deciding", (22, 2), (20, 2), (18, 4), (12, 8), (6, 8)),
        ("refused", (40, 5)),
        ("declined", (45, 4)),
        ("withdrawn", (30, 4)),
        ("terminated", (90, 3)),
    )
    for ago, count in plans
)
DEREGISTRATIONS = (
    Plan(S.PROPOSED, 2, 4),
    Plan(S.NOTICED, 3, 4),
    Plan(S.HEARING, 7, 3),
    Plan(S.DECIDING, 1, 3),
    Plan(S.DROPPED, 15, 2),
    Plan(S.ENACTED, 2, 3),
)
"""Acts of the authority against who left over two years ago; the enacted are decided today, by the real verb."""

PATHS: Mapping[S, str] = {
    S.DRAFT: "",
    S.CONFIRMING: "submit",
    S.RECEIVED: "submit confirm",
    S.CORRECTING: "submit confirm ask_correction",
    S.CORRECTED: "submit confirm ask_correction resubmit",
    S.REVIEWING: "submit confirm accept",
    S.IN_PROCEDURE: "submit confirm accept start_procedure",
    S.DECIDING: "submit confirm accept pass_review",
    S.REFUSED: "submit confirm accept propose_refusal refuse",
    S.DECLINED: "submit confirm decline",
    S.WITHDRAWN: "submit confirm withdraw",
    S.TERMINATED: "submit confirm ask_correction lapse",
}
"""The verbs that lead an application into each state."""
ACT_PATHS: Mapping[S, str] = {
    S.PROPOSED: "propose",
    S.NOTICED: "propose give_notice",
    S.HEARING: "propose give_notice ask_hearing",
    S.DROPPED: "propose give_notice drop",
    S.DECIDING: "propose give_notice conclude",
    S.ENACTED: "propose give_notice conclude",
}
"""The same for an act of the authority; it is enacted today."""
GAPS = {
    "start_procedure": 4, "pass_review": 4, "propose_refusal": 4, "refuse": 4, "lapse": 45, "ask_hearing": 3, "drop": 5,
    "conclude": 8,
}  # fmt: skip
"""Working days since the act before; two for the others."""
COUNTED = frozenset({"accept", "confirm", "resubmit", "ask_correction", "give_notice", "conclude", "propose"})
"""The acts a plan counts its working days from: the last of them on the way to its state."""
REASONS = {
    "ask_correction": "聘用证明未加盖拟执业机构公章，请补盖后重新上传。",
    "decline": "拟执业机构不属于本机关登记，请向登记该机构的机关申请。",
    "propose_refusal": "材料显示的情形属于不予注册的情形。",
    "refuse": "申请人不符合注册条件，不予注册。",
    "withdraw": "拟执业机构有变动，暂不申请。",
    "start_procedure": "听取专家意见",
    "lapse": "告知补正后超过六十日未交回。",
    "ask_hearing": "本人离岗系外出进修，拟继续执业，要求听证。",
    "conclude": "告知后五个工作日内未陈述、申辩。",
    "drop": "当事人已提交继续执业的证明，经核实不再注销。",
}


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
