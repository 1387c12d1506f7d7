"""Training before a first registration that comes late or after a bar (医师执业注册管理办法 第十二条)."""

from collections.abc import Iterator
from datetime import date, timedelta

from yizheng.kernel.calendar import add_months, full_months
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.findings import Finding, check, refuse
from yizheng.systems.doctors.checks.applicant import Applicant, Training
from yizheng.systems.doctors.checks.grounds import FOLLOWED_BY_TRAINING, bar_ended_on


def idle_for_two_years(applicant: Applicant, on: date) -> bool:
    """Whether the applicant has held the qualification for over two years and was never registered."""
    held = applicant.qualification
    if held is None or applicant.ever_registered:
        return False
    return applicant.periods.has_run(held.qualified_on, applicant.periods.idle_years, on)


def earliest_end(started_on: date, months: int) -> date:
    """The first day on which training begun on ``started_on`` has lasted ``months``, both days counted."""
    return add_months(started_on, months) - timedelta(days=1)


def barred_before(applicant: Applicant, on: date) -> bool:
    """Whether a ground of 医师执业注册管理办法 第六条 has ceased and she was not registered since."""
    return bar_ended_on(applicant, on, FOLLOWED_BY_TRAINING) is not None


def needs_training(applicant: Applicant, on: date) -> bool:
    """Whether the proof of training is asked of who was never registered."""
    return idle_for_two_years(applicant, on) or (not applicant.ever_registered and barred_before(applicant, on))


@check(
    "D-R13",
    registration_rules(12),
    title="取得资格满二年未注册的、不予注册情形消失的，已连续培训并考核合格",
    needs=("training",),
)
def trained_after_two_idle_years(applicant: Applicant, on: date) -> Iterator[Finding]:
    """Two years qualified and never registered, or once barred: six months' continuous training, passed."""
    held = applicant.qualification
    if held is None or not needs_training(applicant, on):
        return
    why, evidence = "不予注册的情形消失后申请注册", ""
    if idle_for_two_years(applicant, on):
        idle_until = applicant.periods.last_day(held.qualified_on, applicant.periods.idle_years)
        why, evidence = "取得医师资格满二年未注册", f"二年于{long_date(idle_until)}届满"
    yield from trained(applicant.training, applicant.periods.training_months, on, why, evidence)


def trained(training: Training, needed: int, on: date, why: str, evidence: str = "") -> Iterator[Finding]:
    """What is wrong with the proof of training of ``needed`` months that is asked for, and why it is."""
    if training.started_on is None or training.ended_on is None or training.passed is None:
        sentence = f"{why}，须提交连续 {needed} 个月以上的培训考核合格证明"
        yield refuse("training.ended_on", sentence, evidence=evidence)
        return
    yield from too_short(training.started_on, training.ended_on, needed, on)
    if not training.passed:
        yield refuse("training.result", "培训考核结果为不合格，须考核合格后再申请")


def too_short(started_on: date, ended_on: date, needed: int, on: date) -> Iterator[Finding]:
    """What is wrong with a training of these days, which must have lasted `needed` months and be over."""
    earliest = earliest_end(started_on, needed)
    if ended_on < started_on:
        yield refuse("training.ended_on", "培训结束日期早于开始日期，按证明核对后改正")
    elif ended_on < earliest:
        months = full_months(started_on, ended_on)
        days = (ended_on - add_months(started_on, months)).days + 1
        yield refuse(
            "training.ended_on",
            f"培训只有 {months} 个月 {days} 天。连续培训须满 {needed} 个月，结束日期不能早于{long_date(earliest)}",
        )
    elif ended_on > on:
        yield refuse("training.ended_on", f"培训到{long_date(ended_on)}才结束，结束并考核合格后再申请")
