"""转出外省: the other province has admitted the doctor; Beijing records that and keeps the past (医师法 第十八条).

The other authority decides, so one clerk records its message and a second person confirms it; nothing is weighed again.
A doctor with an undecided application in Beijing is released after it is ended.

转出外省: which authority admitted the doctor, and by which message.
"""

from datetime import date

from django import forms

from yizheng.documents.models import Ending
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.changes.gathering import changer_from
from yizheng.systems.doctors.changes.item import main_registration
from yizheng.systems.doctors.changes.location import MOVED
from yizheng.systems.doctors.changes.rules import Changer, nothing_else_under_way
from yizheng.systems.doctors.filings.dependents import end_dependents
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RecordedAct
from yizheng.systems.practitioners.amending import end_registration, revoke_certificates


class MoveOutStep(Step):
    """The admission by the other province."""

    code = "moving"
    title = "转入信息"
    rows = (("province", "admitted_on"),)

    province = coded("province", "转入省份", only=lambda row: row.flag("issues_resident_ids") and row.code != "11")
    admitted_on = day("准予日期")
    authority = forms.CharField(label="转入机关", max_length=100)
    reference = forms.CharField(label="来函或者国家平台记录编号", max_length=60)


@declare
class MoveOut(RecordedAct):
    """医师转出外省."""

    code = "doctor_move_out"
    title = "医师转出外省"
    group = "变更"
    short_title = "转出外省"
    articles = (physicians_law(18),)
    steps = (MoveOutStep,)
    checks = (status_permits(code), nothing_else_under_way)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Changer:
        """How she is registered, and what else is under way."""
        return changer_from(answers, subject_id, on, self.code)

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration is MOVED, the filings end, the certificate ends; the number goes along."""
        held = self.held(case.subject_id, on)
        main = main_registration(held)
        end_registration(main, change, on, status=MOVED)
        end_dependents(case.subject_id, change, on, because="转出外省")
        revoke_certificates([main], change, on, ending=Ending.CANCELLED)
        where = load(case).get("moving", {}).get("authority", "")
        return Effect(summary=f"已转出，转入机关：{where}" if where else "已转出外省")
