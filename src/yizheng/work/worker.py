"""The worker process: ``python -m yizheng.work.worker``. Takes jobs from the queue until it is told to stop.

The queue itself is read over a connection of its own; the tasks and whatever they defer use Django's, so that a job
that fails defers nothing. Several workers, on several machines, may run side by side.
"""

import asyncio
import os
from contextlib import nullcontext

import django
from procrastinate import App
from procrastinate.contrib.django import app as declared
from procrastinate.contrib.django.django_connector import DjangoConnector

from yizheng.work.clock import put_back_stalled, ticking

CONCURRENCY = 2
GRACE = 8.0
"""Seconds a running job gets at shutdown before it is told to stop at its next progress report."""


def main() -> None:
    """Run until SIGINT or SIGTERM."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizheng.site.settings")
    django.setup()
    asyncio.run(work())


async def work(*, wait: bool = True, install_signal_handlers: bool = True) -> None:
    """Take up what dead workers left, then work off the queue; with `wait=False`, return when it is empty."""
    app = _queue_reader()
    async with app.open_async(), ticking(app) if wait else nullcontext():
        await put_back_stalled(app)
        await app.run_worker_async(
            name="yizheng",
            concurrency=CONCURRENCY,
            wait=wait,
            shutdown_graceful_timeout=GRACE,
            delete_jobs="successful",
            install_signal_handlers=install_signal_handlers,
            fetch_job_polling_interval=2.0,
        )


def _queue_reader() -> App:
    """The declared tasks on a connection pool of their own, which can listen for new jobs."""
    connector = declared.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the queue is declared on Django's connection")
    app = App(connector=connector.get_worker_connector(), worker_defaults=declared.worker_defaults)
    app.tasks = declared.tasks
    return app


if __name__ == "__main__":
    main()
