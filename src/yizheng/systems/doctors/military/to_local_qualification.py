"""军队医师换领地方医师资格证书: within ninety days of the transfer the military qualification becomes a civil one.

军队实施执业医师法办法 第四条; 卫医发〔2003〕130号. The number of the military certificate stays in the sealed form of the case.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import military_exchange_notice, military_order
from yizheng.licensing.answers import Answers
from yizheng.licensing.asking.weighing import answered
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import coded, day, radio
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.licensing.forms import Step
from yizheng.licensing.item import Material
from yizheng.licensing.rules import declare_rule, value
from yizheng.systems.doctors.permitted import status_permits
from yizheng.systems.doctors.qualification.obtaining import Granted, Obtaining, ObtainingItem, not_barred, not_held_yet
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.military import WAYS
from yizheng.systems.practitioners.papers import PHOTO

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
    way = radio("移交方式", WAYS)
    transferred_on = day("移交地方日期", hint="九十日内申请换领")
    proof_number = forms.CharField(label="军队卫生部门证明文号", max_length=60)


STEP = MilitaryStep.code


@dataclass(frozen=True, slots=True, kw_only=True)
class Transferred(Obtaining):
    """Somebody who comes over with a military qualification."""

    applied_on: date | None = None
    transferred_on: date | None = answered(STEP, "transferred_on")
    exchange_days: int = 90
    qualified_on: date | None = answered(STEP, "qualified_on")


@check("D-QO03", military_exchange_notice(1), title="移交地方后九十日内申请", needs=("military",))
def within_ninety_days(person: Transferred, on: date) -> Iterator[Finding]:
    """The exchange is asked for within ninety days of being handed over to the civil authorities."""
    if person.transferred_on is None:
        return
    applied = person.applied_on or on
    last = person.transferred_on + timedelta(days=person.exchange_days)
    if applied > last:
        yield refuse("military.transferred_on", f"换领应在移交后九十日内申请，到{long_date(last)}止")
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
        """When the exchange was asked for, and within how many days it must be."""
        days = {"applied_on": answers.filed_on, "exchange_days": value(EXCHANGE_DAYS.code, on)}
        return {**super().known(answers, subject_id, on), **days}
