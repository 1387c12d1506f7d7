"""A verb being performed, on one case or on many: what its own work and its instruments need to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from yizheng.licensing.item import Item
from yizheng.licensing.lifecycle import Move
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.timekeeping import Clockwork
from yizheng.people.models import Account


@dataclass(slots=True)
class Act:
    """A verb being performed: everything its own work needs."""

    case: Case
    item: Item
    move: Move
    actor: Account | None
    reason: str
    on: date
    inputs: dict[str, Any] = field(default_factory=dict)
    detail: dict[str, Any] = field(default_factory=dict)
    past: list[CaseEvent] | None = None
    """The events of the case in order, where they were read for many at once."""

    def day_of(self, *verbs: str) -> date | None:
        """The day one of these verbs was first done to the case; nothing where none was."""
        if self.past is not None:
            return next((event.on for event in self.past if event.verb in verbs), None)
        return self.case.events.filter(verb__in=verbs).values_list("on", flat=True).first()


@dataclass(slots=True)
class Acts:
    """One verb being performed on many cases of one item: those that go on, and why the others do not."""

    going: list[Act]
    clockwork: Clockwork
    refused: dict[int, str] = field(default_factory=dict)

    @property
    def on(self) -> date:
        """The day of the act, the same for all."""
        return self.going[0].on

    def refuse(self, reasons: Sequence[tuple[Act, str]]) -> None:
        """These do not go on; nothing of them is written."""
        self.refused.update((act.case.pk, reason) for act, reason in reasons)
        self.going = [act for act in self.going if act.case.pk not in self.refused]

    @property
    def cases(self) -> list[Case]:
        """The cases that go on, in order."""
        return [act.case for act in self.going]
