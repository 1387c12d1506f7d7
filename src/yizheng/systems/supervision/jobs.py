"""监管 by the clock: once the slices of the month are cut, the rules are asked of them."""

from __future__ import annotations

from django.urls import reverse

from yizheng.people.models import Account
from yizheng.systems.supervision.finding import judge
from yizheng.systems.supervision.reading import NoSlices
from yizheng.work.jobs import JobFailed, job
from yizheng.work.progress import Progress


@job("supervision.judge", title="按监管规则判定", at="30 4 1 * *")
def judge_slices(progress: Progress, by: int = 0) -> str:
    """Ask every rule of the newest slices."""
    progress.report(0, 1, "正在逐条规则判定")
    try:
        new, grown, mended = judge(Account.objects.filter(pk=by).first())
    except NoSlices as none:
        raise JobFailed(str(none)) from None
    progress.report(1, 1, f"新线索 {new} 条，重复 {grown} 条，已无此情形 {mended} 条")
    return reverse("supervision:clues")
