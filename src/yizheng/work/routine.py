"""What happens by the clock here and in the rooms below, which know no clock.

The register is sealed, proposals that nobody decided end, old jobs are forgotten.
"""

from datetime import timedelta

from django.utils import timezone

from yizheng.registry.seals.sealing import seal_pending
from yizheng.work.approval import expire_overdue
from yizheng.work.models import Job, JobState
from yizheng.work.schedules import schedule

KEEP_JOBS = timedelta(days=180)
"""Ended jobs are kept as long as logs have to be (《中华人民共和国网络安全法》第二十一条: six months)."""


@schedule("* * * * *", "registry.seal", title="封存登记变更")
def seal_register() -> None:
    """Seal what was decided since the last minute, in portions; a refusal to seal is a fault and shows in the run."""
    while seal_pending() is not None:
        continue


@schedule("20 3 * * *", "work.jobs", title="清理半年前的任务记录")
def forget_old_jobs() -> None:
    """Delete the rows of jobs that ended half a year ago."""
    ended = Job.objects.filter(state__in=[JobState.DONE, JobState.FAILED, JobState.CANCELLED])
    ended.filter(finished__lt=timezone.now() - KEEP_JOBS).delete()


schedule("7 * * * *", "work.approvals", title="了结过期提请")(expire_overdue)
