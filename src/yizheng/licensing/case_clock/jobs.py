"""What the clock does to cases every day: silence becomes acceptance, a correction that never came ends the case."""

from __future__ import annotations

from yizheng.licensing.verbs.sweeping import deem_accepted, lapse
from yizheng.work.schedules import schedule


@schedule("5 0 * * *", "licensing.deem_accepted", title="逾期未告知的申请视为受理")
def deem_silent_cases_accepted() -> None:
    """行政许可法 第三十二条: not told within five working days, accepted as of receipt."""
    deem_accepted()


@schedule("15 0 * * *", "licensing.lapse", title="逾期未交回补正的办件终止")
def end_cases_never_corrected() -> None:
    """The term told in the correction notice ran out."""
    lapse()
