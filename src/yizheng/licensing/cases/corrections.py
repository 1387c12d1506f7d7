"""补正: what was asked for, until when it may come back, and what came back changed (行政许可法 第三十二条第一款第四项)."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.calendar import Calendar, natural_days
from yizheng.licensing import answers
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.cases.events import events_of
from yizheng.licensing.forms import Step
from yizheng.licensing.models import Case, CaseEvent, Paper

TERM_DAYS = 60
"""Natural days after which papers that were asked for and never came end the case; told in the notice."""
VERB = "ask_correction"


def reply_by(asked_on: date, calendar: Calendar | None = None) -> date:
    """The last day on which what was asked for may be handed in; on a day off the next working day (民法典 第二百零三条)."""
    return (calendar or working_calendar()).due(asked_on, natural_days(TERM_DAYS)).last


def lines(text: str) -> list[str]:
    """What is asked for, an item a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the authority told once, and the day by which it may come back."""

    asked: CaseEvent
    reply_by: date
    """The last day."""

    @property
    def lines(self) -> list[str]:
        """The items."""
        return lines(self.asked.reason)


def correction_of(case: Case) -> Correction | None:
    """What was asked for in a case, if anything was."""
    asked = [event for event in events_of(case) if event.verb == VERB]
    return _corrections(asked).get(case.pk)


def corrections_of(cases: Sequence[Case]) -> dict[int, Correction]:
    """The same for many cases, by case; two queries."""
    return _corrections(list(CaseEvent.objects.filter(case__in=cases, verb=VERB).order_by("id")) if cases else [])


def _corrections(asked: list[CaseEvent]) -> dict[int, Correction]:
    calendar = working_calendar() if asked else None
    return {event.case_id: Correction(event, reply_by(event.on, calendar)) for event in asked}


def snapshot(case: Case) -> dict[str, Any]:
    """The form as it stands when something is asked for, what is personal as sealed as in the case."""
    return {"answers": case.answers, "sealed": case.sealed_answers}


@dataclass(frozen=True, slots=True)
class Returned:
    """A field that came back different: its step, its name, what was typed before and now."""

    step: type[Step]
    name: str
    before: Any
    after: Any


def changed_fields(case: Case, asked: CaseEvent) -> list[Returned]:
    """The fields that were changed since the correction was asked for, in the order of the form."""
    if "answers" not in asked.detail:
        return []
    former = copy(case)
    former.answers, former.sealed_answers = asked.detail["answers"], asked.detail["sealed"]
    before, after = answers.typed_in_many([former])[0], answers.typed_in(case)
    return [
        Returned(step, name, old, new)
        for step in case.item.steps
        for name in step.base_fields
        if (old := before.get(step.code, {}).get(name) or "") != (new := after.get(step.code, {}).get(name) or "")
    ]


def changed_papers(case: Case, asked: CaseEvent) -> list[Paper]:
    """The papers handed in since."""
    handed_in = Paper.objects.filter(case=case, replaced=False, handed_in_at__gt=asked.at)
    return list(handed_in.select_related("attachment"))
