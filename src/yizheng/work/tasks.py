"""What the queue itself knows: run a job, run a schedule, look at the clock, take up what a dead worker left."""

from __future__ import annotations

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from yizheng.work.queue import RUN_JOB, RUN_SCHEDULE
from yizheng.work.running import run
from yizheng.work.schedules import enqueue_due, run_schedule
from yizheng.work.stalled import put_back_stalled

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


@app.periodic(cron="* * * * *")
@app.task(name="yizheng.work.tick")
def tick(timestamp: int) -> None:
    """Each minute: put what came due into the queue."""
    enqueue_due()


@app.periodic(cron="* * * * * */15")
@app.task(name="yizheng.work.resume_stalled", pass_context=True)
async def resume_stalled(context: JobContext, timestamp: int) -> None:
    """Put back what workers held that have not been heard of for half a minute."""
    await put_back_stalled(context.app)
