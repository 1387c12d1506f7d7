"""行为记录: good and bad conduct, put on record by the institution or by the authority (医师定期考核管理办法 第十八条).

The record bears on the periodic assessment alone. It is seen by the doctor, her institution and her authority, never by
the public.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django import forms

from yizheng.kernel.codes import table
from yizheng.kernel.statutes import assessment_rules, physicians_law
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.checks.concerned import Concerned, kept_here
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.registered_item import RecordedAct, RegisteredItem
from yizheng.systems.practitioners.models import ConductRecord
from yizheng.systems.practitioners.models.conduct import KINDS, line


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct(Concerned):
    """A doctor and the record to be made."""

    kind: str = ""
    category: str = ""
    happened_on: date | None = None
    recorded_already: bool = False


@check("D-G01", assessment_rules(18), title="行为类型与种类一致", needs=("conduct",))
def named_rightly(record: Conduct, on: date) -> Iterator[Finding]:
    """A good act is not filed under a bad heading."""
    row = table("doctor_conduct_category").get(record.category)
    if row is not None and record.kind and row.attributes["kind"] != record.kind:
        yield refuse("conduct.category", f"“{row.name}”不属于所选的种类")


@check("D-G02", assessment_rules(18), title="日期真实，没有重复记录", needs=("conduct",))
def recorded_once(record: Conduct, on: date) -> Iterator[Finding]:
    """It has happened, and is not on record yet."""
    if record.happened_on is not None and record.happened_on > on:
        yield refuse("conduct.happened_on", "日期晚于今天，请核对")
    if record.recorded_already:
        yield refuse("conduct.content", "同一日期、同样内容的行为已有记录")


class ConductStep(Step):
    """One good or bad act."""

    code = "conduct"
    title = "行为记录"
    rows = (("kind", "category"), ("happened_on", "document_number"))

    kind = radio("种类", KINDS)
    category = coded("doctor_conduct_category", "类型")
    happened_on = day("日期")
    document_number = forms.CharField(label="文书号", max_length=60, required=False)
    content = forms.CharField(label="内容", max_length=200)
    recorded_by = forms.CharField(label="记录单位", max_length=100)


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
            known = ConductRecord.objects.current().filter(
                subject_id=subject_id, of_register=self.of.code, content=content
            )
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
    kind = answers.text(STEP, "kind")
    values = {
        name: answers.text(STEP, name) for name in ("kind", "category", "content", "recorded_by", "document_number")
    }
    change.event(
        ConductRecord,
        case.subject_id,
        change.next_line(ConductRecord, case.subject_id, line),
        values,
        happened_on=answers.day(STEP, "happened_on") or on,
        authority_scope=case.decided_by,
    )
    return Effect(summary=f"记录{dict(KINDS)[kind]}：{values['content']}")
