"""补发医疗机构执业许可证: lost, damaged or wrongly printed; number and term stay (条例 第二十二条)."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms

from yizheng.documents.models import MadeFor
from yizheng.kernel.statutes import Article, institution_regulation, licensing_law
from yizheng.licensing.answers import load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.institutions.item import InstitutionItem, office
from yizheng.systems.institutions.record import printing
from yizheng.systems.institutions.record.steps import PromiseStep

LOST, DAMAGED, WRONG = "lost", "damaged", "wrong"
GROUNDS = {LOST: "遗失", DAMAGED: "损毁", WRONG: "记载有误"}


class ReissueStep(Step):
    """Why, and of a loss when it was and where it was declared."""

    code, title = "reissue", "补证换证"

    ground = radio("补证换证的原因", GROUNDS.items())
    lost_on = day("遗失日期", required=False)
    declared_at = forms.CharField(
        label="遗失声明", max_length=300, required=False, help_text="登载的报纸及日期，或者登记机关网站的地址"
    )
    wrong = forms.CharField(label="记载有误的事项", max_length=300, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reissuing:
    """Why the licence is to be made again."""

    ground: str = answered("reissue", "ground", "")
    lost_on: date | None = answered("reissue", "lost_on")
    declared_at: str = answered("reissue", "declared_at", "")
    wrong: str = answered("reissue", "wrong", "")


@check("I-R-LOSS", institution_regulation(22), title="遗失的已经声明", needs=("reissue",))
def loss_was_declared(reissuing: Reissuing, on: date) -> Iterator[Finding]:
    """A loss is declared at once: when it was, and where that was declared."""
    if reissuing.ground != LOST:
        return
    if reissuing.lost_on is None or not reissuing.declared_at:
        yield refuse("reissue.lost_on", "证件遗失的，请填写遗失日期和遗失声明的登载处")
    elif reissuing.lost_on > on:
        yield refuse("reissue.lost_on", "遗失日期晚于今天，请核对")


@check("I-R-WRONG", licensing_law(39), title="写明记载有误的事项", needs=("reissue",))
def fault_is_told(reissuing: Reissuing, on: date) -> Iterator[Finding]:
    """What is printed wrongly is named; what changed is an application for a change."""
    if reissuing.ground == WRONG and not reissuing.wrong:
        yield refuse("reissue.wrong", "请写明证件上记载有误的事项；登记内容有变化的，办理变更登记")


def of(ground: str) -> Any:
    """Whether it is made again for this reason: of papers asked for because of it."""
    return lambda reissuing, on: reissuing.ground == ground


@declare
class LicenceReissue(InstitutionItem):
    """补发医疗机构执业许可证: original and duplicate as new versions."""

    code, title, short_title, group = "inst_reissue", "补发医疗机构执业许可证", "补证换证", "变更与证照"
    articles: ClassVar[tuple[Article, ...]] = (institution_regulation(22), licensing_law(39))
    route: ClassVar[tuple[Stage, ...]] = (Stage.ACCEPT, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    statuses: ClassVar[Collection[str]] = ("active", "check_due", "check_suspended", "closed_temp", "suspended_penalty")
    steps = (ReissueStep, PromiseStep)
    materials: ClassVar[tuple[Material, ...]] = (
        Material("application", "补发申请", "盖章"),
        Material("declaration", "遗失声明", "登载遗失声明的页面").when(of(LOST)),
        Material("damaged", "损毁的许可证原件", "扫描件，原件交回").when(of(DAMAGED)),
    )
    weighs = Reissuing
    made: ClassVar[str] = "补发医疗机构执业许可证正本、副本"
    keeps: ClassVar[str] = "登记号不变"
    checks = (loss_was_declared, fault_is_told)

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """Printed anew from the record where it was wrong, else the same once more."""
        ground = load(case).text("reissue", "ground")
        with acting_as_system(f"{self.title}登记"):
            again = None if ground == WRONG else printing.reissue(change, case.subject_id, on, MadeFor(ground))
            made = again or printing.certify(change, case.subject_id, on, office(case))
        case.certificate_id = made.pk
        return Effect(f"{self.made}（{GROUNDS[ground]}），{self.keeps}")
