"""行为记录: good and bad conduct, put on record by the institution or by the authority (医师定期考核管理办法 第十八条).

The record bears on the periodic assessment alone. It is seen by the doctor, her institution and her authority, never by
the public.
"""

from __future__ import annotations

from datetime import date

from yizheng.kernel.statutes import assessment_rules, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.bases.registered import RecordedAct, RegisteredItem
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.checks.conduct import Conduct, named_rightly, recorded_once
from yizheng.systems.doctors.forms.conduct import ConductStep
from yizheng.systems.doctors.models import ConductRecord
from yizheng.systems.doctors.models.conduct import KINDS, line
from yizheng.systems.doctors.permitted import status_permits

STEP = ConductStep.code


class _Conduct(RegisteredItem):
    """What both ways of recording share."""

    articles = (physicians_law(42), assessment_rules(18))
    steps = (ConductStep,)

    def gather(self, answers: Answers, subject_id: int, on: date) -> Conduct:
        """The doctor as she stands and the act as typed."""
        held = self.held(subject_id, on)
        happened_on = answers.day(STEP, "happened_on")
        content = answers.text(STEP, "content")
        with acting_as_system("核对行为记录"):
            known = ConductRecord.objects.current().filter(subject_id=subject_id, content=content)
            already = happened_on is not None and known.filter(valid_from=happened_on).exists()
        return Conduct(
            register_status=held.status,
            moved=self.moved(answers, held),
            kind=answers.text(STEP, "kind"),
            category=answers.text(STEP, "category"),
            happened_on=happened_on,
            recorded_already=already,
        )


@declare
class ConductReport(_Conduct):
    """行为记录: by the institution."""

    code = "doctor_conduct_record"
    title = "医师行为记录"
    short_title = "行为记录"
    group = "考核与行为"
    shape = Shape.FILING
    initiators = (Initiator.INSTITUTION,)
    route = (Stage.ACCEPT,)
    collective = True
    materials = (Material("proof", "证明材料", "表彰决定、处理决定等"),)
    checks = (status_permits("doctor_conduct_record"), kept_here, named_rightly, recorded_once)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the act."""
        with acting_as_system("行为记录登记"):
            return _entered(case, change, on)


@declare
class ConductDecision(_Conduct, RecordedAct):
    """行为记录: by the authority."""

    code = "doctor_conduct_decision"
    title = "医师行为记录（主管部门）"
    short_title = "主管部门行为记录"
    group = "考核与行为"
    checks = (status_permits("doctor_conduct_decision"), kept_here, named_rightly, recorded_once)

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the act."""
        return _entered(case, change, on)


def _entered(case: Case, change: ChangeInProgress, on: date) -> Effect:
    answers = load(case)
    known = ConductRecord.objects.all().filter(subject_id=case.subject_id)
    kind = answers.text(STEP, "kind")
    values = {
        name: answers.text(STEP, name)
        for name in ("kind", "category", "content", "recorded_by", "document_number")
    }
    change.event(
        ConductRecord,
        case.subject_id,
        line(known.values("line").distinct().count() + 1),
        values,
        happened_on=answers.day(STEP, "happened_on") or on,
        authority_scope=case.decided_by,
    )
    return Effect(summary=f"记录{dict(KINDS)[kind]}：{values['content']}")
