"""行为记录: good and bad conduct, put on record by the institution or by the authority.

The record bears on the assessment of doctors and is part of a nurse's information (医师定期考核管理办法 第十八条, 护士条例 第十一条). It
is seen by the person, her institution and her authority, never by the public.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.codes import table
from yizheng.kernel.statutes import Article
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.findings import Check, Finding, refuse, shared
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.practitioners.checks import Concerned
from yizheng.systems.practitioners.models import ConductRecord
from yizheng.systems.practitioners.models.conduct import CATEGORIES, KINDS, line
from yizheng.systems.practitioners.registered_item import RecordedAct, RegisteredItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct(Concerned):
    """A person and the record to be made."""

    kind: str = answered("conduct", "kind", "")
    category: str = answered("conduct", "category", "")
    happened_on: date | None = answered("conduct", "happened_on")
    recorded_already: bool = False


@shared("行为类型与种类一致", needs=("conduct",))
def named_rightly(record: Conduct, on: date) -> Iterator[Finding]:
    """A good act is not filed under a bad heading."""
    row = table(CATEGORIES).get(record.category)
    if row is not None and record.kind and row.attributes["kind"] != record.kind:
        yield refuse("conduct.category", f"“{row.name}”不属于所选的种类")


@shared("日期真实，没有重复记录", needs=("conduct",))
def recorded_once(record: Conduct, on: date) -> Iterator[Finding]:
    """It has happened, and is not on record yet."""
    if record.happened_on is not None and record.happened_on > on:
        yield refuse("conduct.happened_on", "日期晚于今天，请核对")
    if record.recorded_already:
        yield refuse("conduct.content", "同一日期、同样内容的行为已有记录")


def rules(prefix: str, article: Article) -> tuple[Check, ...]:
    """The rules of one register, under its prefix and the article of its law."""
    return named_rightly(f"{prefix}-G01", article), recorded_once(f"{prefix}-G02", article)


def categories_of(whom: str) -> forms.ChoiceField:
    """The headings under which the law of these people has conduct recorded."""
    return coded(CATEGORIES, "类型", only=lambda code: whom in code.many("of"))


class ConductStep(Step):
    """One good or bad act."""

    code, title = "conduct", "行为记录"
    rows = (("kind", "category"), ("happened_on", "document_number"))

    kind = radio("种类", KINDS)
    category = categories_of("doctor")
    happened_on = day("日期")
    document_number = forms.CharField(label="文书号", max_length=60, required=False)
    content = forms.CharField(label="内容", max_length=200)
    recorded_by = forms.CharField(label="记录单位", max_length=100)


STEP = ConductStep.code


class ConductItem(RegisteredItem):
    """What both ways of recording share."""

    group = "考核与行为"
    steps = (ConductStep,)
    weighs = Conduct

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """How the person stands, and whether the act is on record."""
        same = {"content": answers.text(STEP, "content"), "valid_from": answers.day(STEP, "happened_on") or date.max}
        mine = ConductRecord.objects.current().filter(subject_id=subject_id, of_register=self.of.code, **same)
        return {**super().known(answers, subject_id, on), "recorded_already": mine.exists()}

    def record(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the act."""
        answers = load(case)
        texts = {
            name: answers.text(STEP, name) for name in ("kind", "category", "content", "recorded_by", "document_number")
        }
        change.event(
            ConductRecord,
            case.subject_id,
            change.next_line(ConductRecord, case.subject_id, line),
            {**texts, "of_register": self.of.code},
            happened_on=answers.day(STEP, "happened_on") or on,
            authority_scope=case.decided_by,
        )
        return Effect(summary=f"记录{dict(KINDS)[texts['kind']]}：{texts['content']}")


class ConductReport(ConductItem):
    """行为记录: by the institution."""

    short_title = "行为记录"
    shape = Shape.FILING
    initiators = (Initiator.INSTITUTION,)
    route = (Stage.ACCEPT,)
    collective = True
    materials = (Material("proof", "证明材料", "表彰决定、处理决定等"),)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the act, with sight of every record of the person."""
        with acting_as_system("行为记录登记"):
            return self.record(case, change, on)


class ConductDecision(ConductItem, RecordedAct):
    """行为记录: by the authority."""

    short_title = "主管部门行为记录"

    def enter(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Enter the act."""
        return self.record(case, change, on)
