"""What a worker held when it was killed goes back into the queue, once the worker has not been heard of for a while."""

from procrastinate import App

SILENCE = 30.0
"""Seconds without a heartbeat after which a worker counts as dead; it beats every ten."""


async def put_back_stalled(app: App) -> int:
    """Return the jobs of dead workers to the queue; says how many."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE))
    for job in stalled:
        await app.job_manager.retry_job(job)
    return len(stalled)
