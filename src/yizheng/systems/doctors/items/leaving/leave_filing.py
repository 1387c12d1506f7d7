"""离岗备案: the main institution files that a doctor left (医师执业注册管理办法 第十九条).

The registration stands for two more years without a main institution. Filings elsewhere end with it, unless the doctor has
applied to make another institution her main one. She is told and may object, which puts a question to the authority.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone

from yizheng.kernel.calendar import natural_days
from yizheng.kernel.codes import name_of
from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.calendars import working_calendar
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Initiator, Material, Shape, Stage
from yizheng.licensing.models import Case
from yizheng.licensing.states import CaseState
from yizheng.people.models import Scope
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.acts.amending import amend
from yizheng.systems.doctors.acts.dependents import end_filings, end_special
from yizheng.systems.doctors.bases.registered import OFFICE, RegisteredItem
from yizheng.systems.doctors.checks.concerned import kept_here
from yizheng.systems.doctors.checks.leaving import (
    Leaver,
    filed_by_the_main_institution,
    filed_in_time,
    has_left,
    not_rehired_here,
)
from yizheng.systems.doctors.forms.leaving import LeaveStep
from yizheng.systems.doctors.models import LeaveFiling, Registration
from yizheng.systems.doctors.models.leave import line as leave_line
from yizheng.systems.doctors.models.registration import LEFT
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.institutions import licences

STEP = LeaveStep.code
DAYS_TO_FILE = natural_days(30)
PROOF = Material("proof", "离岗证明", "调令、退休审批表、解除或者终止聘用合同的证明等")
TAKES_ELSEWHERE = "doctor_change_main_institution"
ON_THE_WAY = frozenset(CaseState) - {CaseState.DRAFT, CaseState.GRANTED, CaseState.DELIVERED, CaseState.REFUSED,
                                     CaseState.DECLINED, CaseState.WITHDRAWN, CaseState.TERMINATED}  # fmt: skip
"""States of an application that was handed in and not decided."""


@declare
class LeaveFilingItem(RegisteredItem):
    """医师离岗备案."""

    code = "doctor_leave_filing"
    title = "医师离岗备案"
    group = "离岗与注销"
    short_title = "离岗备案"
    articles = (registration_rules(19),)
    shape = Shape.FILING
    initiators = (Initiator.INSTITUTION,)
    collective = True
    steps = (LeaveStep,)
    materials = (PROOF,)
    checks = (
        status_permits("doctor_leave_filing"),
        kept_here,
        filed_by_the_main_institution,
        has_left,
        not_rehired_here,
        filed_in_time,
    )
    route = (Stage.ACCEPT,)

    def prefill_for(self, subject_id: int, institution_scope: int) -> dict[str, dict[str, Any]]:
        """Where the case goes, and who files."""
        office = self.office(subject_id, timezone.localdate())
        return {OFFICE: {**office, "institution": institution_scope}}

    def gather(self, answers: Answers, subject_id: int, on: date) -> Leaver:
        """The registration, and what the institution typed."""
        held = self.held(subject_id, on)
        main, completed_on = held.main, answers.day(STEP, "completed_on")
        return Leaver(
            register_status=held.status,
            moved=self.moved(answers, held),
            at_this_institution=main is not None and main.institution_id == _house(answers),
            employment="" if main is None else main.employment,
            reason=answers.text(STEP, "cause"),
            left_on=answers.day(STEP, "left_on"),
            completed_on=completed_on,
            file_by=None if completed_on is None else working_calendar().due(completed_on, DAYS_TO_FILE).last,
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """The registration has no main institution from today; what the institution gave ends, and so do filings."""
        answers = load(case)
        main = self.held(case.subject_id, on).main
        if main is None or main.institution_id is None:
            raise LookupError("没有可以备案的注册")
        house = main.institution_id
        reason = answers.text(STEP, "cause")
        with acting_as_system("离岗备案登记"):
            _enter(main, answers, change, on)
            end_special(case.subject_id, change, on, because="离岗", institution=house)
            ended = 0 if goes_elsewhere(case.subject_id) else end_filings(case.subject_id, change, on)
        more = f"，{ended} 处多机构备案终止" if ended else ""
        return Effect(
            summary=f"{licences.name_of(house, on)}备案离岗（{name_of('doctor_leave_reason', reason)}）{more}"
        )


def goes_elsewhere(subject_id: int) -> bool:
    """Whether she has applied to make another institution her main one; call it as the system."""
    open_cases = Case.objects.all().filter(subject_id=subject_id, item_code=TAKES_ELSEWHERE)
    return open_cases.filter(state__in=ON_THE_WAY).exists()


def _enter(main: Registration, answers: Answers, change: ChangeInProgress, on: date) -> None:
    reason = answers.text(STEP, "cause")
    values = {
        "institution": main.institution_id,
        "reason": reason,
        "left_on": answers.day(STEP, "left_on"),
        "completed_on": answers.day(STEP, "completed_on"),
        "filed_on": on,
    }
    change.state(
        LeaveFiling, main.subject_id, leave_line(main.line), values,
        valid_from=on, authority_scope=main.authority_scope,
    )  # fmt: skip
    amend(main, change, on, status=LEFT, reason=reason, institution=None, department="", employment="")


def _house(answers: Answers) -> int | None:
    scope = answers.get(OFFICE, {}).get("institution")
    found = Scope.objects.filter(pk=scope).values_list("subject_id", flat=True) if scope else ()
    return next(iter(found), None)
