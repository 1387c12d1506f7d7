"""转出外省: the other province has admitted the doctor; Beijing records that and keeps the past (医师法 第十八条).

The other authority decides, so one clerk records its message and a second person confirms it; nothing is weighed again.
A doctor with an undecided application in Beijing is released after it is ended.
"""

from __future__ import annotations

from datetime import date

from yizheng.documents.models import Ending
from yizheng.kernel.statutes import physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect
from yizheng.licensing.models import Case
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.acts.amending import end_registration, revoke_certificates
from yizheng.systems.doctors.acts.dependents import end_dependents
from yizheng.systems.doctors.bases.registered import RecordedAct
from yizheng.systems.doctors.checks.change import Changer
from yizheng.systems.doctors.checks.moving import nothing_else_under_way
from yizheng.systems.doctors.forms.move_out import MoveOutStep
from yizheng.systems.doctors.items.changing.location import MOVED
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.reading.gathering_changes import changer_from
from yizheng.systems.doctors.reading.standing import main_registration


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
