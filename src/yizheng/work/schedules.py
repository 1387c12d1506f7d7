"""What is done by the clock: declared with a cron line in Beijing time, looked at every minute, caught up after a halt.

A due time is taken once, by comparing and setting the row of the schedule; if the machine was down over several due
times, the task runs once for all of them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from croniter import croniter
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from yizheng.people.scope import acting_as_system
from yizheng.work.models import ScheduleRun
from yizheng.work.queue import enqueue_schedule

log = logging.getLogger(__name__)

BEIJING = ZoneInfo("Asia/Shanghai")

Task = TypeVar("Task", bound=Callable[[], object])


@dataclass(frozen=True, slots=True)
class Schedule:
    """A task that comes due by the clock."""

    name: str
    cron: str
    title: str
    task: Callable[[], object]


_declared: dict[str, Schedule] = {}


def schedule(cron: str, name: str, *, title: str = "") -> Callable[[Task], Task]:
    """Declare a task that runs as the system at the times of `cron` (five fields, Beijing time)."""
    if not croniter.is_valid(cron):
        raise ValueError(f"{cron!r} is not a cron line")

    def declare(task: Task) -> Task:
        known = _declared.get(name)
        if known and known.task.__module__ != task.__module__:
            raise ValueError(f"two schedules are called {name!r}")
        _declared[name] = Schedule(name, cron, title or name, task)
        return task

    return declare


def schedules() -> list[Schedule]:
    """All declared schedules in the order of their names."""
    return [_declared[name] for name in sorted(_declared)]


def last_due(cron: str, now: datetime) -> datetime:
    """The latest time at or before `now` at which the cron line came due."""
    base = now.astimezone(BEIJING).replace(second=0, microsecond=0) + timedelta(minutes=1)
    due: datetime = croniter(cron, base).get_prev(datetime)
    return due


def enqueue_due(now: datetime | None = None) -> list[str]:
    """Put every schedule that came due since it last ran into the queue and return their names."""
    now = now or timezone.now()
    return [declared.name for declared in schedules() if _take(declared, last_due(declared.cron, now), now)]


def missed(now: datetime) -> list[str]:
    """The schedules whose due time of then nobody took; one that never ran is not known to the clock yet."""
    taken = dict(ScheduleRun.objects.values_list("name", "due"))
    return [each.name for each in schedules() if each.name in taken and taken[each.name] < last_due(each.cron, now)]


def _take(declared: Schedule, due: datetime, now: datetime) -> bool:
    """Take the due time unless it was taken; one taken ahead of now is from a clock that was wrong and does not count."""
    with transaction.atomic():
        _, is_new = ScheduleRun.objects.get_or_create(name=declared.name, defaults={"due": due})
        open_to_us = ScheduleRun.objects.filter(Q(due__lt=due) | Q(due__gt=now), name=declared.name)
        taken = is_new or open_to_us.update(due=due) == 1
        if taken:
            enqueue_schedule(declared.name)
    return taken


def run_schedule(name: str) -> None:
    """Run a scheduled task now and write down how it ended; a fault is logged and waits for the next due time."""
    declared = _declared.get(name)
    if declared is None:
        return
    run = ScheduleRun.objects.filter(name=name)
    run.update(started=timezone.now())
    try:
        with acting_as_system(f"schedule:{name}"):
            declared.task()
    except Exception as fault:
        log.exception("schedule_fault", extra={"schedule": name})
        run.update(finished=timezone.now(), failure=type(fault).__name__)
    else:
        run.update(finished=timezone.now(), failure="")
