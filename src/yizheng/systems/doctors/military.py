"""军队医师转地方注册, 地方医师转军队注册, 军队医师换领地方医师资格证书 (军队实施执业医师法办法 第四条、第九条、第十条、第二十一条).

Coming over is handled like a first registration, but time served in the forces is practice: the training after two idle years is
not asked for. Within ninety days of the transfer the military qualification becomes a civil one (卫医发〔2003〕130号); the number of
the military certificate stays in the sealed form of the case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.calendar import natural_days
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import military_exchange_notice, military_order, physicians_law
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.case_clock.calendars import working_calendar
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Effect, Initiator, Material
from yizheng.licensing.rules import declare_rule, value
from yizheng.systems.doctors.checks.training import trained_after_two_idle_years
from yizheng.systems.doctors.forms import DeclarationStep, PracticeStep, QualificationStep
from yizheng.systems.doctors.item import RegisteredItem
from yizheng.systems.doctors.models import MilitaryTransfer
from yizheng.systems.doctors.permitted import kept_here, status_permits
from yizheng.systems.doctors.qualification.obtaining import Granted, Obtaining, ObtainingItem, not_barred, not_held_yet
from yizheng.systems.doctors.registration.entering import Entry
from yizheng.systems.doctors.registration.first_registration import FirstRegistration
from yizheng.systems.practitioners import military
from yizheng.systems.practitioners.forms.education import EducationStep
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.models.military import FROM_FORCES
from yizheng.systems.practitioners.papers import EMPLOYMENT_PROOF, PHOTO


class MilitaryRegistrationStep(Step):
    """The proof of the organ that kept the military registration."""

    code, title = "military", "军队注册证明"
    personal = frozenset({"military_practice_number"})
    rows = (("transferred_on", "proof_number"),)

    organ = forms.CharField(label="军队原注册机关", max_length=100, help_text="可以公开的名称或者代号")
    military_practice_number = forms.CharField(label="军队医师执业证书编号", max_length=40)
    way = radio("移交方式", military.WAYS)
    transferred_on = day("移交地方日期")
    proof_number = forms.CharField(label="原注册机关证明文号", max_length=60)
    returned = forms.BooleanField(label="已交回军队医师执业证书")


_KEPT = tuple(each for each in FirstRegistration.checks[1:] if each is not trained_after_two_idle_years)


@declare
class MilitaryToLocalRegistration(FirstRegistration):
    """军队医师转地方注册."""

    code, title, short_title = "military_to_local_registration", "军队医师转地方注册", "军队转地方"
    initiators = (Initiator.PERSON,)
    collective = False
    group = "军地转换"
    articles = (military_order(9), physicians_law(13), physicians_law(16))
    steps = (PersonStep, EducationStep, QualificationStep, MilitaryRegistrationStep, PracticeStep, DeclarationStep)
    materials = (
        PHOTO,
        EMPLOYMENT_PROOF,
        Material("military_proof", "军队原注册机关证明", "证明注册情况和执业类别、范围"),
        Material("military_certificate", "军队医师执业证书", "原件，注册后收回"),
    )
    checks = (status_permits(code), *_KEPT)

    def may_apply(self, subject_id: int, on: date) -> str | None:
        """A civil qualification is needed, and no civil registration may stand."""
        held = self.held(subject_id, on)
        if not held.qualifications:
            return "资格数据中没有您的医师资格；请先办理军队医师换领地方医师资格证书"
        return self.permitted.may_apply(self.code, held.status)

    def enter(self, entry: Entry) -> Effect:
        """The registration as any first one, and the transfer on record."""
        effect = super().enter(entry)
        military.enter_transfer(MilitaryTransfer, FROM_FORCES, entry.case, entry.change, entry.on)
        return effect


class JoiningStep(military.JoiningStep):
    """With the doctors' certificate."""

    returned = forms.BooleanField(label="已交回医师执业证书")


@declare
class LocalToMilitary(military.ToForces, RegisteredItem):
    """地方医师转军队注册."""

    code, title = "local_to_military", "地方医师转军队注册"
    articles = (military_order(10), military_order(21))
    steps = (JoiningStep,)
    checks = (status_permits(code), kept_here, military.certificate_returned("D-QO21", military_order(10)))
    transfer, certificate_name, reason = MilitaryTransfer, "医师执业证书", "D14"


EXCHANGE_DAYS = declare_rule(
    "doctors.military_exchange_days", "军队医师移交后多少日内申请换领资格证书", 90, "日", military_exchange_notice(1)
)


class MilitaryStep(Step):
    """The military qualification, the letter of the military health organ, the transfer."""

    code, title = "military", "军队医师资格和移交"
    personal = frozenset({"military_certificate"})
    rows = (("level", "category"), ("qualified_on", "military_certificate"), ("transferred_on", "proof_number"))

    level = coded("practice_level", "级别")
    category = coded("practice_category", "类别")
    qualified_on = day("军队医师资格取得日期")
    military_certificate = forms.CharField(label="军队医师资格证书编号", max_length=40)
    organ = forms.CharField(label="军队发证机关", max_length=100, help_text="可以公开的名称或者代号")
    way = radio("移交方式", military.WAYS)
    transferred_on = day("移交地方日期", hint="九十日内申请换领")
    proof_number = forms.CharField(label="军队卫生部门证明文号", max_length=60)


STEP = MilitaryStep.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred(Obtaining):
    """Somebody who comes over with a military qualification."""

    applied_on: date | None = None
    transferred_on: date | None = answered(STEP, "transferred_on")
    exchange_by: date | None = None
    """The last day to ask for the exchange."""
    qualified_on: date | None = answered(STEP, "qualified_on")


@check("D-QO03", military_exchange_notice(1), title="移交地方后九十日内申请", needs=("military",))
def within_ninety_days(person: Transferred, on: date) -> Iterator[Finding]:
    """The exchange is asked for within ninety days of being handed over to the civil authorities."""
    if person.transferred_on is None:
        return
    applied = person.applied_on or on
    if person.exchange_by is not None and applied > person.exchange_by:
        yield refuse("military.transferred_on", f"换领应在移交后九十日内申请，到{long_date(person.exchange_by)}止")
    if person.transferred_on > applied:
        yield refuse("military.transferred_on", "移交日期晚于申请日期，请核对")


@check("D-QO04", military_order(4), title="军队医师资格在移交之前取得", needs=("military",))
def qualified_in_the_forces(person: Transferred, on: date) -> Iterator[Finding]:
    """The military qualification is older than the transfer."""
    if person.qualified_on is None or person.transferred_on is None:
        return
    if person.qualified_on > person.transferred_on:
        yield refuse("military.qualified_on", "军队医师资格的取得日期晚于移交日期，请核对")


@declare
class MilitaryToLocalQualification(ObtainingItem):
    """军队医师换领地方医师资格证书."""

    code, title, short_title = "military_to_local_qualification", "军队医师换领地方医师资格证书", "军队换领资格"
    group = "军地转换"
    articles = (military_order(4), military_exchange_notice(1))
    way, weighs = "military_exchange", Transferred
    steps = (PersonStep, MilitaryStep)
    materials = (
        PHOTO,
        Material("exchange_form", "换领申请表", "军队医师换领地方《医师资格证书》申请表，一式三份"),
        Material("military_letter", "军队卫生部门证明", "军队有关卫生部门出具的证明信"),
        Material("resettlement", "安置证明", "转业、复员、退休移交的安置证明"),
        Material("military_certificate", "军队医师资格证书", "原证书，换领后收回"),
    )
    checks = (status_permits(code), not_held_yet, not_barred, within_ninety_days, qualified_in_the_forces)

    def granted(self, answers: Answers, on: date) -> Granted:
        """A civil qualification from the day the military one was obtained."""
        since = answers.day(STEP, "qualified_on") or on
        return Granted(answers.text(STEP, "level"), answers.text(STEP, "category"), since)

    def known(self, answers: Answers, subject_id: int, on: date) -> dict[str, Any]:
        """When the exchange was asked for, and until when it may be."""
        transferred, days = answers.day(STEP, "transferred_on"), natural_days(value(EXCHANGE_DAYS.code, on))
        last = transferred and working_calendar().due(transferred, days).last
        return {**super().known(answers, subject_id, on), "applied_on": answers.filed_on, "exchange_by": last}
