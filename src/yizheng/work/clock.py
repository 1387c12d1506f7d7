"""The worker's clock: every fifteen seconds it takes up what dead workers left and defers what came due.

Both compare and set, so any number of workers may look at once. A fault here is logged and the clock goes on: a worker
that takes jobs but keeps no time would be worse than one that says so in the log.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from django.db import close_old_connections
from procrastinate import App

INTERVAL = 15.0
SILENCE = 30.0
"""Seconds without a heartbeat after which a worker counts as dead; it beats every ten."""

log = logging.getLogger(__name__)


@asynccontextmanager
async def ticking(app: App) -> AsyncIterator[None]:
    """Keep time while the block runs."""
    clock = asyncio.create_task(_tick(app))
    try:
        yield
    finally:
        clock.cancel()
        with suppress(asyncio.CancelledError):
            await clock


async def put_back_stalled(app: App) -> None:
    """Return the jobs of dead workers to the queue."""
    for job in list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE)):
        await app.job_manager.retry_job(job)


async def _tick(app: App) -> None:
    while True:
        try:
            await put_back_stalled(app)
            await asyncio.to_thread(_defer_due)
        except Exception:
            log.exception("clock_fault")
        await asyncio.sleep(INTERVAL)


def _defer_due() -> None:
    from yizheng.work.overdue import pull_back
    from yizheng.work.schedules import enqueue_due

    close_old_connections()
    pull_back()
    enqueue_due()
