"""What the queue itself knows: how to run a job and how to run a schedule."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from yizheng.work.queue import RUN_JOB, RUN_SCHEDULE
from yizheng.work.running import run
from yizheng.work.schedules import run_schedule

DATABASE_LOST = RetryStrategy(max_attempts=20, exponential_wait=2)
"""Whatever escapes from these tasks is a lost database: try again, at growing distance."""


@app.task(name=RUN_JOB, pass_context=True, retry=DATABASE_LOST)
def run_job(context: JobContext, job_id: int) -> None:
    """Run one job row."""
    run(job_id, context.should_abort)


@app.task(name=RUN_SCHEDULE, retry=DATABASE_LOST)
def run_scheduled(name: str) -> None:
    """Run one scheduled task."""
    run_schedule(name)
