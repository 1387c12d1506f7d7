"""Training before a first registration that comes late or after a bar (医师执业注册管理办法 第十二条)."""

from collections.abc import Iterator
from datetime import date

from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.statutes import registration_rules
from yizheng.licensing.findings import Finding, check
from yizheng.systems.doctors.checks.applicant import Applicant
from yizheng.systems.doctors.checks.grounds import FOLLOWED_BY_TRAINING, bar_ended_on
from yizheng.systems.practitioners.checks import trained


def idle_for_two_years(applicant: Applicant, on: date) -> bool:
    """Whether the applicant has held the qualification for over two years and was never registered."""
    held = applicant.qualification
    if held is None or applicant.ever_registered:
        return False
    return applicant.periods.has_run(held.qualified_on, applicant.periods.idle_years, on)


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
