"""A verb being performed on the cases of one item: what its own work and its instruments need to know."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.licensing.case_clock.timekeeping import Clockwork
from yizheng.licensing.item import Item, WorkingDays
from yizheng.licensing.lifecycle import Move, NotPossibleError
from yizheng.licensing.models import Case, CaseEvent
from yizheng.people.models import Account


@dataclass(slots=True)
class Act:
    """A verb being performed on one case."""

    case: Case
    item: Item
    move: Move
    actor: Account | None
    reason: str
    on: date
    inputs: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    past: list[CaseEvent] = field(default_factory=list)
    """The events of the case so far, in order."""

    def day_of(self, *verbs: str) -> date | None:
        """The day one of these verbs was first done to the case; nothing where none was."""
        return next((event.on for event in self.past if event.verb in verbs), None)

    @property
    def statutory(self) -> WorkingDays:
        """The statutory period of a licence."""
        period = self.item.period_of(self.case)
        assert period is not None
        return period

    @property
    def performer(self) -> Account:
        """Who acts, where the verb is never the platform's own."""
        assert self.actor is not None
        return self.actor


@dataclass(slots=True)
class Acts:
    """One verb being performed on cases of one item: those that go on, and why the others do not."""

    going: list[Act]
    clockwork: Clockwork
    refused: dict[int, Exception] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """The day of the act, the same for all."""
        return self.going[0].on

    @property
    def item(self) -> Item:
        """The item of the cases."""
        return self.going[0].item

    def refuse(self, act: Act, reason: str) -> None:
        """The case does not go on; nothing of it is written."""
        self.refused[act.case.pk] = NotPossibleError(reason)
        self.going = [other for other in self.going if other is not act]

    @property
    def cases(self) -> list[Case]:
        """The cases that go on, in order."""
        return [act.case for act in self.going]


class LostRaceError(Exception):
    """Of two who act on one case the first wins; the message tells the other who it was, when and what."""


def told_who_won(case: Case) -> str:
    """Who moved the case last, in words for the one who came second."""
    return who_won(case, CaseEvent.objects.filter(case_id=case.pk).order_by("-id").first())


def who_won(case: Case, last: CaseEvent | None) -> str:
    """The same of the last event of a case."""
    if last is None:
        return f"办件 {case.number} 已被他人改动，请刷新后再办"
    return f"{last.actor_name} 已于 {timezone.localtime(last.at):%H:%M} 办理：{last.title}"
