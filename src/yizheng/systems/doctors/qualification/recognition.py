"""港澳台医师内地医师资格认定: a doctor from Hong Kong, Macau or Taiwan gets an ordinary qualification without the examination.

港澳医师资格认定办法、台湾医师资格认定办法 (2009): permanent residents who had practised lawfully for five years by the end of 2007,
are specialists and practise there. What is granted is a qualification like any other.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from yizheng.kernel.statutes import hk_macau_recognition, licensing_law, taiwan_recognition
from yizheng.licensing.answers import Answers, load
from yizheng.licensing.catalogue import declare
from yizheng.licensing.item import Effect, Material, Stage, WorkingDays
from yizheng.licensing.models import Case
from yizheng.people.scope import acting_as_system
from yizheng.registry.verbs import ChangeInProgress
from yizheng.systems.doctors.by_resident_card import by_resident_card
from yizheng.systems.doctors.checks.applicant import PHYSICIAN
from yizheng.systems.doctors.forms import PersonStep
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification import obtaining
from yizheng.systems.doctors.qualification.obtaining import Obtaining, may_be_recognised, not_barred, not_held_yet
from yizheng.systems.doctors.qualification.obtaining_form import RecognitionStep
from yizheng.systems.doctors.reading.prefilling import prefilled
from yizheng.systems.doctors.registered_item import QualificationItem, issuing_office
from yizheng.systems.practitioners.papers import PHOTO

STEP = RecognitionStep.code
WAY = "hmt_recognition"


@declare
class HmtRecognition(QualificationItem):
    """港澳台医师内地医师资格认定."""

    code = "hmt_recognition"
    title = "港澳台医师内地医师资格认定"
    short_title = "港澳台资格认定"
    group = "医师资格"
    articles = (hk_macau_recognition(3), taiwan_recognition(3))
    route = (Stage.ACCEPT, Stage.REVIEW, Stage.DECIDE)
    statutory = WorkingDays(20, licensing_law(42))
    extendable = True
    steps = (PersonStep, RecognitionStep)
    materials = (
        PHOTO,
        Material("residence", "永久性居民身份证明", "港澳永久性居民身份证、台湾居民身份证明"),
        Material("home_licence", "合法行医资格证明", "取得日期在2002年12月31日以前"),
        Material("specialist", "专科医师资格证书", "原件扫描"),
        Material("practice_proof", "当地执业证明", "所在医疗机构出具"),
    )
    checks = (status_permits("hmt_recognition"), not_held_yet, not_barred, may_be_recognised)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """Not for holders of a resident identity card."""
        return by_resident_card(subject_id) or super().may_apply(subject_id, on)

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Who she is, as far as the platform knows."""
        known = prefilled(subject_id)
        return {**super().prefill(subject_id), "person": known["person"]}

    def authority_of(self, answers: Answers, on: date) -> int | None:
        """The office of the city for the category asked for."""
        return issuing_office(answers.text(STEP, "category")).pk

    def gather(self, answers: Answers, subject_id: int, on: date) -> Obtaining:
        """The conditions as stated, and whether a qualification is held already."""
        held = self.held(subject_id, on)
        category = answers.text(STEP, "category")
        return Obtaining(
            register_status=held.status,
            level=PHYSICIAN,
            category=category,
            held_already=obtaining.holds(held, PHYSICIAN, category) is not None,
            barred=obtaining.barred(held, on),
            origin=answers.text(STEP, "origin"),
            licensed_on=answers.day(STEP, "licensed_on"),
            permanent_resident=answers.flag(STEP, "permanent_resident"),
            chinese_citizen=answers.flag(STEP, "chinese_citizen"),
            specialist=answers.flag(STEP, "specialist"),
            practising=answers.flag(STEP, "practising"),
        )

    def effect(self, case: Case, change: ChangeInProgress, on: date) -> Effect:
        """A qualification like any other, by another way."""
        typed = load(case)
        granted = obtaining.Granted(PHYSICIAN, typed.text(STEP, "category"), WAY, on, str(typed["person"]["id_number"]))
        with acting_as_system(self.title):
            return obtaining.grant(case, typed, self.held(case.subject_id, on), granted, change, on)
