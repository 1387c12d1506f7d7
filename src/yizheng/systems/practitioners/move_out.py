"""转出外省: the other province has admitted her; Beijing records that and keeps the past.

The other authority decides, so one clerk records its message and a second person confirms it; nothing is weighed again. Who
has an undecided application here is released after it is ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yizheng.documents.models import Ending
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.fields import coded, day
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.licensing.states import ENDED, CaseState
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.amending import end_registration, revoke_certificates
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.registered_item import RecordedAct

MOVED = "MOVED"


class MoveOutStep(Step):
    """The admission by the other province."""

    code, title = "moving", "转入信息"
    rows = (("province", "admitted_on"),)

    province = coded("province", "转入省份", only=lambda row: row.flag("issues_resident_ids") and row.code != "11")
    admitted_on = day("准予日期")
    authority = forms.CharField(label="转入机关", max_length=100)
    reference = forms.CharField(label="来函或者国家平台记录编号", max_length=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving(Concerned):
    """Somebody registered whom another province has admitted."""

    open_cases: int = 0
    """Her applications here that are not decided."""


@shared("没有其他未办结的申请")
def nothing_else_under_way(person: Leaving, on: date) -> Iterator[Finding]:
    """Who leaves a place takes no undecided application along."""
    if person.open_cases:
        yield refuse("", f"另有 {person.open_cases} 件申请未办结，请先撤回或者等办结后再变更执业地点")


def other_cases(subject_id: int, item_code: str) -> int:
    """Applications under way about the person, those of this very item and drafts left out; call it as the system."""
    under_way = Case.objects.all().filter(subject_id=subject_id).exclude(item_code=item_code)
    return under_way.exclude(state__in=[*ENDED, CaseState.DRAFT]).count()


class MoveOut(RecordedAct):
    """转出外省."""

    group, short_title = "变更", "转出外省"
    steps = (MoveOutStep,)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Any:
        """How she is registered, and what else is under way."""
        with acting_as_system(f"核对{self.title}"):
            under_way = other_cases(subject_id, self.code)
        return Leaving(**self.concerned(self.held(subject_id, on), answers), open_cases=under_way)

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration is moved, what rests on it and its certificate end; the number goes along."""
        main = self.held(case.subject_id, on).main
        if main is None:
            raise LookupError("没有在册的注册")
        end_registration(main, change, on, status=MOVED)
        self.end_dependents(case.subject_id, change, on)
        revoke_certificates([main], change, on, ending=Ending.CANCELLED)
        return Effect(f"已转出，转入机关：{load(case).text('moving', 'authority')}")

    def end_dependents(self, subject_id: int, change: ChangeInProgress, on: date) -> None:
        """End what rests on the registration."""
        raise NotImplementedError
