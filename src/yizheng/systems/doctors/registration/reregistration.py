"""重新注册: practising again after an interruption of two years, or after a ground of refusal has ceased.

医师法 第十九条; 医师执业注册管理办法 第六条、第十二条. An assessment is passed first, in Beijing with the training; the bars have run out;
a physical check is recent. The old number is restored unless the dated parameter says otherwise, and the history goes on.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms

from yizheng.kernel.calendar import add_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.catalogue import declare
from yizheng.licensing.fields import day, radio
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.licensing.forms import Reason
from yizheng.licensing.item import Effect
from yizheng.systems.doctors.changes.item import (
    EMPLOYMENT_PROOF,
    PHYSICAL_CHECK,
    RETURN_TRAINING,
    ChangeItem,
    conditions,
)
from yizheng.systems.doctors.changes.rules import Changer
from yizheng.systems.doctors.checks.employer import practised_long_enough
from yizheng.systems.doctors.checks.grounds import fit_to_practise, suspension_over
from yizheng.systems.doctors.checks.periods import periods
from yizheng.systems.doctors.checks.qualification import as_qualified, holds_qualification
from yizheng.systems.doctors.checks.scope import scope_within_category
from yizheng.systems.doctors.checks.training import barred_before
from yizheng.systems.doctors.forms import DeclarationStep, PracticeStep, QualificationStep, TrainingStep
from yizheng.systems.doctors.models import Registration
from yizheng.systems.doctors.registration.entering import Entry, RegisteringItem, issued, open_registration
from yizheng.systems.practitioners.checks import trained
from yizheng.systems.practitioners.forms.person import PersonStep
from yizheng.systems.practitioners.forms.training import AssessedStep
from yizheng.systems.practitioners.papers import PHOTO
from yizheng.systems.practitioners.places import place_of

INTERRUPTED = "interrupted"
"""The ground that practice was interrupted for years."""


def interrupted_for_years(changer: Changer, on: date) -> bool:
    """Whether practice has been interrupted for the years after which an assessment is due."""
    stopped = changer.back.stopped_on
    return stopped is not None and changer.periods.has_run(stopped, changer.periods.interruption_years, on)


def needs_training(applicant: Any, on: date) -> bool:
    """Whether the training belongs to the proof."""
    wanted = interrupted_for_years(applicant, on) or barred_before(applicant, on)
    return bool(wanted and applicant.periods.return_training_months > 0)


@check(
    "D-R14",
    physicians_law(19),
    registration_rules(12),
    title="中止执业二年以上、不予注册情形消失的，已考核（培训）合格",
    needs=("back",),
)
def assessed_after_interruption(changer: Changer, on: date) -> Iterator[Finding]:
    """Two years without practice: an assessment passed since; then, as after a bar, the training."""
    back = changer.back
    if not interrupted_for_years(changer, on) or back.stopped_on is None:
        if needs_training(changer, on):
            months = changer.periods.return_training_months
            yield from trained(changer.training, months, on, "不予注册的情形消失后申请注册")
        return
    last = changer.periods.last_day(back.stopped_on, changer.periods.interruption_years)
    if not back.assessment_passed or back.assessed_on is None or back.assessed_on <= back.stopped_on:
        yield refuse(
            "back.assessed_on",
            "中止执业满二年，须先经县级以上主管部门或者其委托的机构考核合格",
            evidence=f"{long_date(back.stopped_on)}起中止执业，二年于{long_date(last)}届满",
        )
    if needs_training(changer, on):
        yield from trained(changer.training, changer.periods.return_training_months, on, "中止执业满二年")


@check("D-B03", physicians_law(19), title="重新注册事由与中止执业日期相符", needs=("back",))
def ground_agrees(changer: Changer, on: date) -> Iterator[Finding]:
    """Who names the years of interruption has interrupted practice for them, or somebody looks at why not."""
    back = changer.back
    if back.ground == INTERRUPTED and back.stopped_on is not None and not interrupted_for_years(changer, on):
        years = changer.periods.interruption_years
        sentence = f"事由为中止执业，但自{long_date(back.stopped_on)}起不满 {years} 年，请核对事由和日期"
        yield advise("back.ground", sentence)


@check("D-R08", registration_rules(6), title="重新注册考核没有不合格", needs=("back",))
def assessment_not_failed(changer: Changer, on: date) -> Iterator[Finding]:
    """Who failed the assessment is not registered until she passes it."""
    if changer.back.assessment_passed is False:
        yield refuse("back.assessment", "重新执业考核结果为不合格，考核合格后再申请")


@check("D-B02", registration_rules(12), title="体检在有效期内", needs=("back",))
def checked_lately(changer: Changer, on: date) -> Iterator[Finding]:
    """The physical check is not older than the months set for it and not of tomorrow."""
    day, months = changer.back.checked_on, changer.periods.physical_check_months
    if day is None:
        return
    if day > on:
        yield refuse("back.checked_on", "体检日期晚于今天，请核对")
    elif on > add_months(day, months):
        sentence = f"体检是{long_date(day)}做的，已超过 {months} 个月，请重新体检"
        yield refuse("back.checked_on", sentence)


GROUNDS = ((INTERRUPTED, "中止执业满二年"), ("bar_ceased", "不予注册情形消失"), ("deregistered", "注销后再次执业"))


class ReturnStep(AssessedStep):
    """The last day of practice, the assessment before practising again, and the check."""

    title = "重新执业"
    rows = (("ground", "stopped_on"), ("assessed_on", "assessment"), ("checked_on", "checked_at"))
    past = ("stopped_on",)
    field_order = ("ground", "stopped_on", "assessor", "assessed_on", "assessment", "checked_on", "checked_at")

    ground = radio("重新注册事由", GROUNDS)
    stopped_on = day("中止执业日期", hint="最后一次执业的日期")
    checked_on = day("体检日期")
    checked_at = forms.CharField(label="体检机构", max_length=200)


class ReturnTrainingStep(TrainingStep):
    """The training that belongs to the proof after two years without practice."""

    applies = staticmethod(needs_training)

    @classmethod
    def reason(cls, applicant: Changer, on: date) -> Reason | None:
        """Since when practice is interrupted."""
        stopped = applicant.back.stopped_on
        if stopped is None or not interrupted_for_years(applicant, on):
            return super().reason(applicant, on)
        sentence = f"您自{long_date(stopped)}起中止执业，到今天已满二年，所以需要填写这一部分。"
        return Reason(sentence, physicians_law(19))


@declare
class Reregistration(ChangeItem):
    """医师重新注册."""

    code, title, short_title, group = "doctor_reregistration", "医师重新注册", "重新注册", "注册"
    articles = (physicians_law(19), registration_rules(12))
    steps = (PersonStep, QualificationStep, ReturnStep, ReturnTrainingStep, PracticeStep, DeclarationStep)
    materials = (PHOTO, EMPLOYMENT_PROOF, PHYSICAL_CHECK, RETURN_TRAINING.when(needs_training))
    checks = conditions(
        code, holds_qualification, suspension_over, fit_to_practise, assessed_after_interruption, ground_agrees,
        assessment_not_failed, checked_lately, as_qualified, scope_within_category, practised_long_enough,
    )  # fmt: skip

    may_apply, prefill = RegisteringItem.may_apply, RegisteringItem.prefill

    def enter(self, entry: Entry) -> Effect:
        """The registration stands again, under the old number where that is the rule."""
        identity, registration = entry.admit(), self._again(entry)
        return issued(entry, registration, identity, f"准予重新注册，执业证书编码 {registration.practice_number}")

    def _again(self, entry: Entry) -> Registration:
        """The number and the first day of the last registration of the level are kept."""
        practice = entry.typed["practice"]
        level = str(practice["level"])
        same = [each for each in entry.held.registrations if each.level == level]
        former = max(same, key=lambda each: (each.valid_from, each.line), default=None)
        known: dict[str, Any] = {}
        if former is not None:
            known["first_practised_on"] = former.first_practised_on
            if periods(entry.on).number_restored:
                known["practice_number"] = former.practice_number
        place = place_of(level, entry.licence.district)
        return open_registration(entry, level, str(practice["category"]), place, **known)
