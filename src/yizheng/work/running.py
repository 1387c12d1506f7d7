"""One run of one job: take it, run it as the account it is for, write down in words how it ended."""

import logging
from collections.abc import Callable

from django.db import models, transaction
from django.utils import timezone

from yizheng.people.rights.reach import JURISDICTIONS
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.work import inbox
from yizheng.work.jobs import JobFailed, UnknownJob, declaration, progress_page
from yizheng.work.models import Job, JobState
from yizheng.work.progress import JobCancelled, Progress, WorkerStopping, progress_of
from yizheng.work.queue import enqueue

log = logging.getLogger(__name__)

BUSY_RETRY = 10
"""Seconds after which a job that seems to run elsewhere is looked at again."""


def run(job_id: int, stopping: Callable[[], bool] = lambda: False) -> None:
    """Run a job to its end. Faults of the job end in its row; only a lost database escapes to the queue."""
    with progress_of(job_id, stopping) as progress:
        if progress is None:
            enqueue(job_id, after_seconds=BUSY_RETRY)
        elif row := _take(job_id):
            _carry_out(row, progress)


def _take(job_id: int) -> Job | None:
    """Mark the job as running; one left running by a dead worker is taken again, a finished one is not."""
    taken = Job.objects.unfinished().filter(pk=job_id, cancel_requested=False)
    changed = taken.update(
        state=JobState.RUNNING, attempt=models.F("attempt") + 1, started=timezone.now(), done=0, message=""
    )
    if not changed:
        _cancelled_meanwhile(job_id)
        return None
    return Job.objects.select_related("account").get(pk=job_id)


def _cancelled_meanwhile(job_id: int) -> None:
    left = Job.objects.unfinished().filter(pk=job_id, cancel_requested=True)
    left.update(state=JobState.CANCELLED, finished=timezone.now(), message="已取消")


def _carry_out(row: Job, progress: Progress) -> None:
    try:
        declared = declaration(row.name)
        with JURISDICTIONS.block(), acting_as(row.account) if row.account else acting_as_system(row.reason):
            result = declared.function(progress, **row.arguments)
    except JobCancelled:
        _end(row, JobState.CANCELLED, "已取消，没有完成的部分没有保存")
    except WorkerStopping:
        _back_into_queue(row, 0, "服务正在重新启动，随后继续")
    except JobFailed as failure:
        _end(row, JobState.FAILED, str(failure))
    except UnknownJob:
        _end(row, JobState.FAILED, "本版本程序没有这项任务，请联系运维工程师")
    except Exception:
        log.exception("job_fault", extra={"job": row.pk, "job_name": row.name, "attempt": row.attempt})
        _after_fault(row)
    else:
        _end(row, JobState.DONE, "", result or "")


def _after_fault(row: Job) -> None:
    declared = declaration(row.name)
    if row.attempt > declared.retries:
        _end(row, JobState.FAILED, f"试了 {row.attempt} 次都没有完成。可稍后重新发起；仍不成功请报任务号 {row.pk}")
        return
    wait = declared.retry_after * 2 ** (row.attempt - 1)
    _back_into_queue(row, wait, f"第 {row.attempt} 次没有完成，{wait} 秒后再试")


def _end(row: Job, state: JobState, message: str, result_url: str = "") -> None:
    changes: dict[str, object] = {"state": state, "finished": timezone.now(), "result_url": result_url}
    if message:
        changes["message"] = message[:300]
    with transaction.atomic():
        ended = Job.objects.filter(pk=row.pk, state=JobState.RUNNING).update(**changes)
        if ended and row.account:
            inbox.send(
                to=row.account, kind="job", title=f"{row.title}：{state.label}", link=result_url or progress_page(row)
            )


def _back_into_queue(row: Job, wait: int, message: str) -> None:
    with transaction.atomic():
        if Job.objects.filter(pk=row.pk, state=JobState.RUNNING).update(state=JobState.QUEUED, message=message):
            enqueue(row.pk, after_seconds=wait)
