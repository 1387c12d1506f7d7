"""退休返聘: the main institution keeps a retired doctor; only how she is employed changes (医师执业注册管理办法 第十九条、第二十条).

No licence and no leave filing. Whoever goes to another institution, or on at filed ones alone, is led to the change of main
institution, which the law asks for.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Fact
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors import permitted
from yizheng.systems.doctors.acts.amending import amend
from yizheng.systems.doctors.bases.item import DoctorItem
from yizheng.systems.doctors.checks.rehiring import (
    Retiree,
    another_institution_becomes_the_main_one,
    filings_alone_do_not_carry,
    not_rehired_yet,
    rehired_by_the_main_institution,
)
from yizheng.systems.doctors.forms.rehiring import RehireStep
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.institutions import licences

STEP = RehireStep.code
RETIREMENT = Material("retirement", "退休证明", "退休证或者退休审批表")
CONTRACT = Material("contract", "返聘合同", "写明起止日期，由返聘机构盖章")
HEALTH = Material("health", "健康证明", "能够胜任执业活动的说明")


@declare
class RetiredRehire(DoctorItem):
    """医师退休返聘."""

    code = "doctor_retired_rehire"
    title = "医师退休返聘登记"
    group = "离岗与注销"
    short_title = "退休返聘"
    articles = (registration_rules(19), registration_rules(20))
    shape = Shape.FILING
    institution_step = STEP
    steps = (RehireStep,)
    materials = (RETIREMENT, CONTRACT, HEALTH)
    checks = (
        status_permits("doctor_retired_rehire"),
        rehired_by_the_main_institution,
        another_institution_becomes_the_main_one,
        filings_alone_do_not_carry,
        not_rehired_yet,
    )
    route = (Stage.CONFIRM, Stage.ACCEPT)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """What the table of permitted business says of the status."""
        return permitted.may_apply(self.code, self.held(subject_id, on).status)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """The main institution."""
        today = timezone.localdate()
        main = self.held(subject_id, today).main
        known = "" if main is None else licences.name_of(main.institution_id, today)
        return {STEP: {"institution": known}} if known else {}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Retiree:
        """How she is registered, and where she goes on."""
        held = self.held(subject_id, on)
        chosen = self.chosen(answers, on)
        main = held.main
        return Retiree(
            register_status=held.status,
            situation=answers.text(STEP, "situation"),
            at_main=main is not None and chosen is not None and main.institution_id == chosen.subject_id,
            named="" if chosen is None else chosen.name,
            employment="" if main is None else main.employment,
            retired_on=answers.day(STEP, "retired_on"),
        )

    def basis(self, case: Case, on: date) -> Iterable[Fact]:
        """The registration whose employment changes."""
        return self.held(case.subject_id, on).standing

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration says 返聘; everything else of it stays."""
        answers = load(case)
        main = self.held(case.subject_id, on).main
        if main is None:
            raise LookupError("没有在册的注册")
        department = answers.text(STEP, "department") or main.department
        begins = max(answers.day(STEP, "rehired_from") or on, on)
        with acting_as_system("退休返聘登记"):
            amend(main, change, begins, employment="rehired", department=department)
        return Effect(summary="已登记退休返聘，主要执业机构不变")
