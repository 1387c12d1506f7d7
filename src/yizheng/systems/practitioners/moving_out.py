"""转出外省: the other province has admitted somebody; Beijing records that and keeps the past.

The other authority decides, so one clerk records its message and a second person confirms it. Who has an undecided application in
Beijing is released after it is ended.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms
from django.db.models import QuerySet

from yizheng.licensing.answers import Answers, load
from yizheng.licensing.fields import coded, day
from yizheng.licensing.findings import Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.licensing.states import ENDED, CaseState
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.places import another_province
from yizheng.systems.practitioners.registered_item import RecordedAct


def under_way(subject_id: int) -> QuerySet[Case]:
    """Applications under way about the person, drafts left out; call it as the system."""
    return Case.objects.all().filter(subject_id=subject_id).exclude(state__in=[*ENDED, CaseState.DRAFT])


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaver(Concerned):
    """Somebody registered who was admitted by another province."""

    open_cases: int = 0
    """Other applications under way."""


@shared("没有其他未办结的申请")
def nothing_else_under_way(leaver: Leaver, on: date) -> Iterator[Finding]:
    """Who leaves a place takes no undecided application along."""
    if leaver.open_cases:
        yield refuse("", f"另有 {leaver.open_cases} 件申请未办结，请先撤回或者等办结后再变更执业地点")


class MoveOutStep(Step):
    """Which authority admitted her, and by which message."""

    code = "moving"
    title = "转入信息"
    rows = (("province", "admitted_on"),)

    province = coded("province", "转入省份", only=another_province)
    admitted_on = day("准予日期")
    authority = forms.CharField(label="转入机关", max_length=100)
    reference = forms.CharField(label="来函或者国家平台记录编号", max_length=60)


class MovingOut(RecordedAct):
    """转出外省: the registration is MOVED, filings and certificate end; the number goes along."""

    short_title, group = "转出外省", "变更"
    steps = (MoveOutStep,)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Leaver:
        """How she is registered, and what else is under way."""
        with acting_as_system(f"核对{self.title}"):
            open_cases = under_way(subject_id).exclude(item_code=self.code).count()
        return Leaver(register_status=self.held(subject_id, on).status, open_cases=open_cases)

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """What stands in Beijing ends."""
        self.close(case, change, on, status="MOVED", because="转出外省")
        where = load(case).text("moving", "authority")
        return Effect(f"已转出，转入机关：{where}" if where else "已转出外省")
