"""军队医师换领地方医师资格证书: within ninety days of the transfer the military qualification becomes a civil one.

军队实施执业医师法办法 第四条; 卫医发〔2003〕130号. The number of the military certificate stays in the sealed form of the case.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from yizheng.kernel.statutes import licensing_law, military_exchange_notice, military_order
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.forms import PersonStep
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification import obtaining
from yizheng.systems.doctors.qualification.obtaining import (
    Obtaining,
    not_barred,
    not_held_yet,
    qualified_in_the_forces,
    within_ninety_days,
)
from yizheng.systems.doctors.qualification.obtaining_form import MilitaryStep
from yizheng.systems.doctors.reading.prefilling import prefilled
from yizheng.systems.doctors.registered_item import QualificationItem, issuing_office
from yizheng.systems.practitioners.papers import PHOTO

STEP = MilitaryStep.code
WAY = "military_exchange"


@declare
class MilitaryToLocalQualification(QualificationItem):
    """军队医师换领地方医师资格证书."""

    code = "military_to_local_qualification"
    title = "军队医师换领地方医师资格证书"
    short_title = "军队换领资格"
    group = "军地转换"
    articles = (military_order(4), military_exchange_notice(1))
    route = (Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    steps = (PersonStep, MilitaryStep)
    materials = (
        PHOTO,
        Material("exchange_form", "换领申请表", "军队医师换领地方《医师资格证书》申请表，一式三份"),
        Material("military_letter", "军队卫生部门证明", "军队有关卫生部门出具的证明信"),
        Material("resettlement", "安置证明", "转业、复员、退休移交的安置证明"),
        Material("military_certificate", "军队医师资格证书", "原证书，换领后收回"),
    )
    checks = (
        status_permits("military_to_local_qualification"),
        not_held_yet,
        not_barred,
        within_ninety_days,
        qualified_in_the_forces,
    )

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Who she is, as far as the platform knows."""
        known = prefilled(subject_id)
        return {**super().prefill(subject_id), "person": known["person"]}

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The office of the city for the category."""
        return issuing_office(answers.text(STEP, "category")).pk

    def gather(self, answers: Answers, subject_id: int, on: date) -> Obtaining:
        """The transfer as stated, and whether a qualification is held already."""
        held = self.held(subject_id, on)
        level, category = answers.text(STEP, "level"), answers.text(STEP, "category")
        with acting_as_system("核对换领申请"):
            applied = obtaining.applied_on(self.code, subject_id, on)
        return Obtaining(
            register_status=held.status,
            level=level,
            category=category,
            held_already=obtaining.holds(held, level, category) is not None,
            barred=obtaining.barred(held, on),
            applied_on=applied,
            transferred_on=answers.day(STEP, "transferred_on"),
            exchange_days=obtaining.exchange_days(on),
            qualified_on=answers.day(STEP, "qualified_on"),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """A civil qualification from the day the military one was obtained."""
        typed = load(case)
        granted = obtaining.Granted(
            typed.text(STEP, "level"),
            typed.text(STEP, "category"),
            WAY,
            typed.day(STEP, "qualified_on") or on,
            str(typed["person"]["id_number"]),
        )
        with acting_as_system(self.title):
            return obtaining.grant(case, typed, self.held(case.subject_id, on), granted, change, on)
