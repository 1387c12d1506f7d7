"""规培学员注册: who qualifies during standardised training is registered by the authority of the training base.

医师法 第十三条、第十四条、第十八条. Place and scope stay open and a remark names the training; whoever was registered before gets the
remark alone, for taking part in training changes no registration. 补登: after the training the entry gets its institution, place
and scope under the same number.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.changes.arriving import unregistered_here
from yizheng.systems.doctors.changes.item import BASE_PROOF, EMPLOYMENT_PROOF, TRAINING, ChangeItem, conditions
from yizheng.systems.doctors.changes.rules import Changer
from yizheng.systems.doctors.checks.employer import licence_in_force
from yizheng.systems.doctors.checks.grounds import ON_THE_PERSON, promises_truth
from yizheng.systems.doctors.checks.qualification import holds_qualification
from yizheng.systems.doctors.checks.scope import scope_within_category
from yizheng.systems.doctors.checks.training import needs_training, trained_after_two_idle_years
from yizheng.systems.doctors.forms import AssessmentStep, DeclarationStep, PracticeStep, QualificationStep, TrainingStep
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.models.registration import line
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.reading.gathering import scopes_in
from yizheng.systems.doctors.registration.entering import (
    Entry,
    RegisteringItem,
    carry,
    come,
    issued,
    leave,
    open_registration,
    renewed,
)
from yizheng.systems.institutions import licences
from yizheng.systems.institutions.institution_field import InstitutionField
from yizheng.systems.practitioners.amending import amend
from yizheng.systems.practitioners.forms.declaration import PromiseStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.papers import PHOTO
from yizheng.systems.practitioners.places import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Resident(Changer):
    """Somebody in standardised training, from and to these days."""

    training_from: date | None = answered("residency", "training_from")
    training_to: date | None = answered("residency", "training_to")


@check("D-RS01", physicians_law(13), title="在规范化培训期间取得资格", needs=("residency",))
def qualified_in_training(resident: Resident, on: date) -> Iterator[Finding]:
    """The qualification was given in the time of training; who held it before is registered in the ordinary way."""
    held, begins = resident.qualification, resident.training_from
    if resident.now is None and held is not None and begins is not None and held.qualified_on < begins:
        yield advise("residency.training_from", "医师资格在培训开始前取得，须核对是否应办理首次注册")


@check("D-RS02", physicians_law(18), title="正在规范化培训", needs=("residency",))
def still_in_training(resident: Resident, on: date) -> Iterator[Finding]:
    """The training has begun and is not over."""
    if resident.training_from is not None and resident.training_from > on:
        yield refuse("residency.training_from", "培训还没有开始")
    if resident.training_to is not None and resident.training_to < on:
        yield refuse("residency.training_to", "培训已经结束，请办理首次注册或者补登执业地点")


@check("D-RS03", physicians_law(13), title="培训基地已核对", needs=("residency",))
def base_is_recognised(resident: Resident, on: date) -> Iterator[Finding]:
    """Which institutions are training bases is published by the ministry; a person compares the list."""
    if resident.employer is not None:
        yield advise("residency.institution", f"须核对{resident.employer.name}是住院医师规范化培训基地")


@check("D-RS04", registration_rules(7), title="执业地点和执业范围尚未登记")
def place_is_open(changer: Changer, on: date) -> Iterator[Finding]:
    """Only who was registered without a place completes it."""
    if changer.now is not None and changer.now.place:
        yield refuse("", "执业地点和执业范围已经登记，请办理变更注册")


class ResidencyStep(Step):
    """Where, in what discipline, from and to when."""

    code, title = "residency", "规范化培训信息"
    rows = (("training_from", "training_to"),)
    ordered = (("training_from", "training_to", "培训结束日期早于开始日期，请核对"),)

    institution = InstitutionField(label="培训基地", help_text="输入登记名称或登记号选择；提交后由基地确认")
    discipline = forms.CharField(label="培训专业", max_length=40)
    training_from = day("培训开始")
    training_to = day("预计培训结束")


NO_PLACE = ""
NOTED = "规范化培训"
"""How the remark begins."""


@declare
class ResidencyRegistration(ChangeItem):
    """规培学员首次注册."""

    code, title, short_title, group = "doctor_residency_registration", "规培学员首次注册", "规培学员注册", "注册"
    changed = "规范化培训信息"
    institution_step = "residency"
    weighs = Resident
    articles = (physicians_law(13), physicians_law(18))
    steps = (PersonStep, QualificationStep, ResidencyStep, AssessmentStep, TrainingStep, DeclarationStep)
    materials = (BASE_PROOF, PHOTO.when(unregistered_here), TRAINING.when(needs_training))
    checks = (
        status_permits(code), holds_qualification, *ON_THE_PERSON, trained_after_two_idle_years,
        qualified_in_training, still_in_training, base_is_recognised, licence_in_force, promises_truth,
    )  # fmt: skip

    def unfit(self, main: Registration | None) -> str | None:
        """Who is noted as in training already needs no further note."""
        return "已登记规范化培训信息" if main is not None and main.remark.startswith(NOTED) else None

    prefill = RegisteringItem.prefill

    def gather(self, answers: Answers, subject_id: int, on: date) -> Any:
        """The base stands where the institution does."""
        base = {**answers.get("practice", {}), "institution": answers.text("residency", "institution")}
        return super().gather(Answers({**answers, "practice": base}), subject_id, on)

    def enter(self, entry: Entry) -> Effect:
        """A registration without place and scope, or the remark on the one there is."""
        remark = _remark(entry)
        if entry.held.main is not None:
            registration = amend(entry.held.main, entry.change, entry.on, remark=remark)
            here = licences.name_of(registration.institution_id, entry.on)
            return renewed(entry, registration, self.changed, "已加注规范化培训信息", remarks=remark, institution=here)
        identity, held = entry.admit(), entry.typed["qualification"]
        registration = open_registration(
            entry, str(held["level"]), str(held["category"]), NO_PLACE, institution=None, remark=remark
        )
        return issued(entry, registration, identity, f"准予注册，执业证书编码 {registration.practice_number}")


def _remark(entry: Entry) -> str:
    typed = entry.typed["residency"]
    period = f"{typed['training_from']}至{typed['training_to']}"
    return f"{NOTED}：{entry.licence.name}，{typed['discipline']}，{period}"[:100]


@declare
class ResidencyCompletion(ChangeItem):
    """规培学员补登执业地点."""

    code, title = "doctor_residency_completion", "规培学员补登执业地点和范围"
    short_title, group = "规培结束补登", "注册"
    changed = "执业地点、执业范围"
    articles = (physicians_law(14), registration_rules(7))
    steps = (PracticeStep, PromiseStep)
    materials = (EMPLOYMENT_PROOF,)
    checks = conditions(code, place_is_open, scope_within_category)

    def unfit(self, main: Registration | None) -> str | None:
        """Only an entry without a place is completed."""
        if main is not None and main.place:
            return "执业地点和执业范围已经登记"
        return None

    def prefill(self, subject_id: int) -> dict[str, dict[str, Any]]:
        """Level and category as registered."""
        main = self.held(subject_id, timezone.localdate()).main
        return {} if main is None else {"practice": {"level": main.level, "category": main.category}}

    def enter(self, entry: Entry) -> Effect:
        """The entry is carried to its place."""
        former, practice = entry.former, entry.typed["practice"]
        place = place_of(former.level, entry.licence.district)
        registration = carry(
            entry,
            former,
            line=line(former.level, place),
            place=place,
            scopes=list(scopes_in(practice)),
            remark="",
            **entry.post,
        )
        entry.change.end(Registration, former.subject_id, former.line, on=entry.on)
        come(entry)
        leave(entry, f"已注册在{entry.licence.name}")
        return renewed(entry, registration, self.changed, f"已登记在{entry.licence.name}执业")
