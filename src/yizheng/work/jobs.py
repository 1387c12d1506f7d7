"""Long work as named jobs: declared by a decorator, deferred within the caller's transaction, run by the worker.

A job runs at least once: after a crash it is started again from its beginning, so a job does its writing in one
transaction or in steps that may be repeated. Its arguments are stored as JSON and must hold ids, never identity numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from yizheng.people.models import Account
from yizheng.work.models import Job, JobState
from yizheng.work.progress import Progress
from yizheng.work.queue import enqueue
from yizheng.work.schedules import schedule

JobFunction = Callable[..., str | None]
"""Takes the progress and the deferred arguments; returns the address of its result, if it has one."""


class JobFailed(Exception):
    """A job found that it cannot succeed; the words are shown to the person and it is not tried again."""


class UnknownJob(LookupError):
    """No job of that name is declared."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """A declared job: what it is called, what it does, how often and how long after a fault it is tried again."""

    name: str
    title: str
    function: JobFunction
    retries: int
    retry_after: int


_declared: dict[str, Declaration] = {}


def job(
    name: str, *, title: str, retries: int = 2, retry_after: int = 30, at: str = ""
) -> Callable[[JobFunction], JobFunction]:
    """Declare a job. `retries` and `retry_after` (seconds, doubled each time) apply to faults, not to `JobFailed`.

    At the times of `at`, a cron line, the clock puts it into the queue by itself.
    """

    def declare(function: JobFunction) -> JobFunction:
        known = _declared.get(name)
        if known and known.function.__module__ != function.__module__:
            raise ValueError(f"two jobs are called {name!r}")
        _declared[name] = Declaration(name, title, function, retries, retry_after)
        if at:
            schedule(at, name, title=title)(lambda: defer(name, reason=title))
        return function

    return declare


def declaration(name: str) -> Declaration:
    """The declared job of that name; `UnknownJob` when there is none."""
    try:
        return _declared[name]
    except KeyError:
        raise UnknownJob(name) from None


def defer(name: str, /, *, account: Account | None = None, reason: str = "", title: str = "", **arguments: Any) -> Job:
    """Put a job into the queue within the current transaction and return its row.

    It will run as `account`, or as the system for the `reason` given; one of the two is required.
    """
    if (account is None) == (not reason):
        raise ValueError("a job runs either for an account or as the system with a reason")
    declared = declaration(name)
    with transaction.atomic():
        row = Job.objects.create(
            name=name, title=title or declared.title, arguments=arguments, account=account, reason=reason
        )
        enqueue(row.pk)
    return row


def progress_page(row: Job) -> str:
    """The address of the page that shows how far a job is."""
    return reverse("work:job", args=[row.pk])


def cancel(row: Job) -> bool:
    """Cancel a queued job at once, a running one at its next progress report; false when it had ended before."""
    stopped = Job.objects.filter(pk=row.pk, state=JobState.QUEUED).update(
        state=JobState.CANCELLED, cancel_requested=True, finished=timezone.now(), message="开始之前已取消"
    )
    asked = Job.objects.filter(pk=row.pk, state=JobState.RUNNING).update(cancel_requested=True)
    return bool(stopped or asked)


__all__ = [
    "Declaration", "JobFailed", "Progress", "UnknownJob", "cancel", "declaration", "defer", "job",
    "progress_page",
]  # fmt: skip
