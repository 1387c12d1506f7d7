"""What the reviewing officer records of a case while she reviews: a visit, a publicity, a conclusion (行政许可法 第三十四条).

Visits and publicities do not stop the clock; hearings and expert reviews do (第四十五条). What is recorded stands among the answers
of the case, so that the rules weigh it; each recording is an event.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from yizheng.licensing import answers
from yizheng.licensing.cases.events import events_of
from yizheng.licensing.forms import DeskStep
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case, CaseEvent
from yizheng.licensing.verbs.acting import Acts

VERB = "record"


def step_of(case: Case, code: str) -> type[DeskStep]:
    """The part of that code. Raises NotPossibleError where the item has none."""
    found = next((each for each in case.item.desk_steps if each.code == code), None)
    if found is None:
        raise NotPossibleError(f"“{case.item.title}”没有这一项审核记录")
    return found


def named(acts: Acts) -> None:
    """The event is called by what is recorded; what is not well filled in is refused."""
    for act in acts.going:
        step = step_of(act.case, str(act.inputs.get("step", "")))
        form = answers.bound(step, act.inputs["said"])
        if form.errors:
            raise NotPossibleError("；".join(str(each) for faults in form.errors.values() for each in faults))
        act.move = replace(act.move, title=f"记录{step.title}")
        act.detail["step"] = step.code


def kept(acts: Acts) -> None:
    """It stands among the answers of the case."""
    for act in acts.going:
        said: Mapping[str, Any] = act.inputs["said"]
        act.case.answers = {**act.case.answers, **answers.as_typed({str(act.detail["step"]): said})}
        Case.objects.filter(pk=act.case.pk).update(answers=act.case.answers)


def missing(case: Case) -> str:
    """What must be recorded and is not, in words; empty where nothing is."""
    wanted = [each.title for each in case.item.desk_steps if each.must and each.code not in case.answers]
    return f"还没有记录{'、'.join(wanted)}" if wanted else ""


def recorded(case: Case) -> list[tuple[DeskStep, CaseEvent]]:
    """What was recorded, each with the last event that recorded it."""
    if not case.item.desk_steps:
        return []
    last = {str(each.detail.get("step")): each for each in events_of(case) if each.verb == VERB}
    parts = [(step, last[step.code]) for step in case.item.desk_steps if step.code in last]
    return [(answers.bound(step, case.answers[step.code]), event) for step, event in parts]  # type: ignore[misc]
