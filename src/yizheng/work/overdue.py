"""What should have happened by the clock and did not, and what a clock that was ahead left behind.

A clock set a day ahead and back writes due times that are a day away; they are pulled back to now, so that sealing,
schedules and retries go on at once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils import timezone

from yizheng.registry.models import Change, Seal
from yizheng.work.models import Recovery, RecoveryKind
from yizheng.work.recovery import overdue
from yizheng.work.schedules import missed

PATIENCE = timedelta(minutes=15)
"""How long after its time a thing may still be about to happen."""
LONGEST_WAIT = timedelta(hours=6)
"""No job is put off for longer."""

_WAITING_JOB = """
select exists (select from procrastinate_jobs job
  left join lateral (select max(at) as at from procrastinate_events where job_id = job.id and type = 'deferred') put on true
  where job.status = 'todo' and greatest(coalesce(job.scheduled_at, put.at), put.at) < %s)
"""
_PULL_JOBS = "update procrastinate_jobs set scheduled_at = now() where status = 'todo' and scheduled_at > %s"
_PULL_HEARTBEATS = "update procrastinate_workers set last_heartbeat = now() where last_heartbeat > %s"


@dataclass(frozen=True, slots=True)
class Overdue:
    """One thing that is overdue: its code for programs, its sentence for people."""

    code: str
    sentence: str


def found(now: datetime | None = None) -> list[Overdue]:
    """What is overdue now; backups count from the first one on, which switches them on."""
    now = now or timezone.now()
    asked = (
        (_unsealed(now), Overdue("sealing", "有登记变更超过 15 分钟没有封存，请看后台任务日志")),
        (_backup(), Overdue("backups", "备份超过规定的间隔，请运行 ./yizheng backup 并查明原因")),
        (_jobs(now), Overdue("jobs", "有任务排队超过 15 分钟没有开始，请看后台任务是否在运行")),
        (bool(missed(now - PATIENCE)), Overdue("schedules", "有定时任务到点没有启动，请看后台任务是否在运行")),
    )
    return [each for is_so, each in asked if is_so]


def pull_back(now: datetime | None = None) -> None:
    """Bring due times that no clock that is right could have written back to now."""
    now = now or timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(_PULL_JOBS, [now + LONGEST_WAIT])
        cursor.execute(_PULL_HEARTBEATS, [now + timedelta(minutes=1)])


def _unsealed(now: datetime) -> bool:
    last = Seal.objects.order_by("-number").values_list("last_position", flat=True).first() or 0
    first = Change.objects.filter(position=last + 1).values_list("settled", flat=True).first()
    return first is not None and not now - PATIENCE < first < now + PATIENCE


def _backup() -> bool:
    return Recovery.objects.filter(kind=RecoveryKind.BACKUP).exists() and overdue(RecoveryKind.BACKUP)


def _jobs(now: datetime) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_WAITING_JOB, [now - PATIENCE])
        return bool(cursor.fetchone()[0])
