"""Practising again (重新注册, 医师法 第十九条; 医师执业注册管理办法 第六条、第九条): assessed, trained, and fit.

Who did not practise for two years, or whose ground for refusal has ceased, passes an assessment first; the training
is the form that proof takes in Beijing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from yizheng.kernel.calendar import add_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import physicians_law, registration_rules
from yizheng.licensing.findings import Finding, advise, check, refuse
from yizheng.systems.doctors.checks.change import Changer
from yizheng.systems.doctors.checks.training import too_short

INTERRUPTED = "interrupted"
"""The ground that practice was interrupted for years."""


def interrupted_for_years(changer: Changer, on: date) -> bool:
    """Whether practice has been interrupted for the years after which an assessment is due."""
    stopped = changer.back.stopped_on
    return stopped is not None and changer.periods.has_run(stopped, changer.periods.interruption_years, on)


def needs_training(changer: Changer, on: date) -> bool:
    """Whether the training belongs to the proof."""
    return interrupted_for_years(changer, on) and changer.periods.return_training_months > 0


@check("R14", physicians_law(19), title="中止执业二年以上的，已考核（培训）合格", needs=("back",))
def assessed_after_interruption(changer: Changer, on: date) -> Iterator[Finding]:
    """Two years without practice: an assessment passed since, and the training."""
    back = changer.back
    if back.stopped_on is None or not interrupted_for_years(changer, on):
        return
    last = changer.periods.last_day(back.stopped_on, changer.periods.interruption_years)
    if not back.assessment_passed or back.assessed_on is None or back.assessed_on <= back.stopped_on:
        yield refuse(
            "back.assessed_on",
            "中止执业满二年，须先经县级以上主管部门或者其委托的机构考核合格",
            evidence=f"{long_date(back.stopped_on)}起中止执业，二年于{long_date(last)}届满",
        )
    yield from _trained(changer, on)


def _trained(changer: Changer, on: date) -> Iterator[Finding]:
    training, needed = changer.training, changer.periods.return_training_months
    if not needed:
        return
    if training.started_on is None or training.ended_on is None or training.passed is None:
        yield refuse("training.ended_on", f"中止执业满二年，须提交连续 {needed} 个月以上的培训考核合格证明")
        return
    yield from too_short(training.started_on, training.ended_on, needed, on)
    if not training.passed:
        yield refuse("training.result", "培训考核结果为不合格，须考核合格后再申请")


@check("B03", physicians_law(19), title="重新注册事由与中止执业日期相符", needs=("back",))
def ground_agrees(changer: Changer, on: date) -> Iterator[Finding]:
    """Who names the years of interruption has interrupted practice for them, or somebody looks at why not."""
    back = changer.back
    if back.ground == INTERRUPTED and back.stopped_on is not None and not interrupted_for_years(changer, on):
        years = changer.periods.interruption_years
        sentence = f"事由为中止执业，但自{long_date(back.stopped_on)}起不满 {years} 年，请核对事由和日期"
        yield advise("back.ground", sentence)


@check("R08", registration_rules(6), title="重新注册考核没有不合格", needs=("back",))
def assessment_not_failed(changer: Changer, on: date) -> Iterator[Finding]:
    """Who failed the assessment is not registered until she passes it."""
    if changer.back.assessment_passed is False:
        yield refuse("back.assessment", "重新执业考核结果为不合格，考核合格后再申请")


@check("B02", registration_rules(9), title="体检在有效期内", needs=("back",))
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
