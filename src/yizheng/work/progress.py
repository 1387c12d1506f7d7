"""How far a job is, written on a connection of its own.

A job usually works inside one transaction, whose writes nobody sees before its end; the progress must be seen at once.
The same connection holds an advisory lock while the job runs, so that a job whose worker is only slow, not dead, is
never run twice at a time.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

LOCK_SPACE = 0x59_5A_57_4B
"""The first key of the advisory locks of jobs; the second is the job's id."""

INTERVAL = 0.5
"""Seconds between two written reports; a cancellation is noticed no later than that plus one step of the job."""

_REPORT = """
update work_job set done = %s, total = %s, message = %s
where id = %s and state = 'running'
returning cancel_requested
"""


class JobCancelled(Exception):
    """The person who may do so has cancelled the job."""


class WorkerStopping(Exception):
    """The worker is shutting down; the job goes back into the queue."""


class Progress:
    """Handed to a running job, which reports through it and learns through it that it should stop."""

    def __init__(self, job_id: int, connection: BaseDatabaseWrapper, stopping: Callable[[], bool]) -> None:
        self.job_id = job_id
        self._connection = connection
        self._stopping = stopping
        self._written = 0.0
        self._total: int | None = None

    def report(self, done: int, total: int | None = None, message: str = "") -> None:
        """Say that `done` of `total` rows are done.

        Raises `JobCancelled` or `WorkerStopping` when the job is to end here; let them pass.
        """
        if self._stopping():
            raise WorkerStopping
        self._total = total if total is not None else self._total
        finished = self._total is not None and done >= self._total
        if finished or time.monotonic() - self._written >= INTERVAL:
            self._write(done, message)

    def _write(self, done: int, message: str) -> None:
        self._written = time.monotonic()
        with self._connection.cursor() as cursor:
            cursor.execute(_REPORT, [done, self._total, message, self.job_id])
            row = cursor.fetchone()
        if row is None or row[0]:
            raise JobCancelled


@contextmanager
def progress_of(job_id: int, stopping: Callable[[], bool]) -> Iterator[Progress | None]:
    """A progress on a connection of its own, or `None` when the same job is still being run elsewhere."""
    connection = connections.create_connection(DEFAULT_DB_ALIAS)
    try:
        with connection.cursor() as cursor:
            cursor.execute("select pg_try_advisory_lock(%s, %s)", [LOCK_SPACE, job_id % 2**31])
            row = cursor.fetchone()
        yield Progress(job_id, connection, stopping) if row and row[0] else None
    finally:
        connection.close()
