"""退休返聘: the main institution keeps a retired doctor; only how she is employed changes.

医师法 第十五条; 医师执业注册管理办法 第十九条、第二十条. No licence and no leave filing. Who goes to another institution,
or on at filed ones alone, is led to the change of main institution, which the law asks for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Material, Shape, Stage
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.item import DoctorItem
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.amending import amend
from yizheng.systems.practitioners.checks import Concerned

SAME, OTHER, FILINGS = "same", "other", "filings"
SITUATIONS = ((SAME, "原主要执业机构返聘"), (OTHER, "其他机构聘用"), (FILINGS, "只在备案机构继续执业"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Retiree(Concerned):
    """A doctor who retires, and where she goes on."""

    situation: str = answered("rehire", "situation", "")
    at_main: bool = False
    """Whether the institution named is her main institution."""
    named: str = ""
    employment: str = ""


@check("D-RH01", registration_rules(19), title="返聘的是现在的主要执业机构", needs=("rehire",))
def rehired_by_the_main_institution(retiree: Retiree, on: date) -> Iterator[Finding]:
    """Who was filed as having left is not rehired by a note; nor is another institution the same one."""
    if retiree.situation != SAME or not retiree.named:
        return
    if retiree.register_status == "LEFT":
        yield refuse(
            "rehire.situation", "已作离岗备案；原机构返聘的，由原机构撤销误报的离岗备案，或者办理变更主要执业机构"
        )
    elif not retiree.at_main:
        yield refuse("rehire.institution", f"{retiree.named}不是您的主要执业机构；由其他机构聘用的请选“其他机构聘用”")


@check("D-RH02", registration_rules(20), title="换机构的先变更主要执业机构", needs=("rehire",))
def another_institution_becomes_the_main_one(retiree: Retiree, on: date) -> Iterator[Finding]:
    """Another employer becomes the main institution by the change that the law provides."""
    if retiree.situation != OTHER:
        return
    if retiree.register_status == "REG":
        words = "由原机构作离岗备案（退休）后，您再办理变更主要执业机构；返聘在变更时登记"
    else:
        words = "请办理变更主要执业机构，用工形式选“返聘”；离岗备案满二年前须办结"
    yield refuse("rehire.situation", words)


@check("D-RH03", physicians_law(15), title="注册须有主要执业机构", needs=("rehire",))
def filings_alone_do_not_carry(retiree: Retiree, on: date) -> Iterator[Finding]:
    """A registration with filings only has no main institution: one of them must become it."""
    if retiree.situation == FILINGS:
        yield refuse(
            "rehire.situation",
            "只有备案机构不能执业，须有一个主要执业机构：请就其中一个备案机构办理变更主要执业机构，此前离岗备案的二年照计",
        )


@check("D-RH04", registration_rules(19), title="还没有登记返聘", needs=("rehire",))
def not_rehired_yet(retiree: Retiree, on: date) -> Iterator[Finding]:
    """Nothing is entered twice."""
    if retiree.situation == SAME and retiree.at_main and retiree.employment == "rehired":
        yield refuse("rehire.institution", "已登记为返聘，不需要再办理")


class RehireStep(Step):
    """The way of working on, the institution, and the days."""

    code, title = "rehire", "返聘信息"
    rows = (("retired_on", "rehired_from"),)

    situation = radio("继续执业的方式", SITUATIONS)
    institution = InstitutionField(label="返聘机构", help_text="提交后由机构确认")
    department = forms.CharField(label="科室", max_length=50, required=False, help_text="不填为不变")
    retired_on = day("退休日期")
    rehired_from = day("返聘开始")


STEP = RehireStep.code


@declare
class RetiredRehire(DoctorItem):
    """医师退休返聘."""

    code, title = "doctor_retired_rehire", "医师退休返聘登记"
    short_title, group = "退休返聘", "离岗与注销"
    articles = (registration_rules(19), registration_rules(20))
    shape = Shape.FILING
    institution_step = STEP
    weighs = Retiree
    steps = (RehireStep,)
    materials = (
        Material("retirement", "退休证明", "退休证或者退休审批表"),
        Material("contract", "返聘合同", "写明起止日期，由返聘机构盖章"),
        Material("health", "健康证明", "能够胜任执业活动的说明"),
    )
    checks = (
        status_permits(code), rehired_by_the_main_institution, another_institution_becomes_the_main_one,
        filings_alone_do_not_carry, not_rehired_yet,
    )  # fmt: skip
    route = (Stage.CONFIRM, Stage.ACCEPT)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The main institution."""
        known = self.held(subject_id, timezone.localdate()).main_institution
        return {STEP: {"institution": known}} if known else {}

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """How she is registered, and where she goes on."""
        held, chosen = self.held(subject_id, on), self.chosen(answers, on)
        main = held.main
        return {
            "register_status": held.status,
            "at_main": main is not None and chosen is not None and main.institution_id == chosen.subject_id,
            "named": "" if chosen is None else chosen.name,
            "employment": "" if main is None else main.employment,
        }

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration whose employment changes."""
        return self.held(case.subject_id, on).standing

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration says 返聘; everything else of it stays."""
        answers = load(case)
        main = self.held(case.subject_id, on).main
        if main is None:
            raise NotPossibleError("没有在册的注册")
        department = answers.text(STEP, "department") or main.department
        begins = max(answers.day(STEP, "rehired_from") or on, on)
        with acting_as_system("退休返聘登记"):
            amend(main, change, begins, employment="rehired", department=department)
        return Effect(summary="已登记退休返聘，主要执业机构不变")
