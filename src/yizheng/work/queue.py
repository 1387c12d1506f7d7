"""The way into the PostgreSQL queue: through Django's own connection, so that a rolled-back caller defers nothing."""

from contextlib import suppress

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

RUN_JOB = "yizheng.work.run_job"
RUN_SCHEDULE = "yizheng.work.run_schedule"


def enqueue(job_id: int, *, after_seconds: int = 0) -> None:
    """Have the worker run a job, at the earliest after so many seconds."""
    later = {"seconds": after_seconds} if after_seconds else None
    app.configure_task(RUN_JOB, schedule_in=later).defer(job_id=job_id)


def enqueue_schedule(name: str) -> None:
    """Have the worker run a scheduled task; never two of one name at a time."""
    app.configure_task(RUN_SCHEDULE, lock=f"schedule:{name}").defer(name=name)


def hurry_schedule(name: str, *, after_seconds: int = 0) -> None:
    """Have the worker run a schedule before its time; once, however often it is asked. Not inside a transaction."""
    later = {"seconds": after_seconds} if after_seconds else None
    task = app.configure_task(RUN_SCHEDULE, lock=f"schedule:{name}", queueing_lock=f"hurry:{name}", schedule_in=later)
    with suppress(AlreadyEnqueued):
        task.defer(name=name)
