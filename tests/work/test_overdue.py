"""What is overdue is named, and what a clock that was ahead wrote is pulled back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from yizheng.registry import ChangeKind, changing
from yizheng.work import overdue, queue
from yizheng.work.models import Recovery

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=20)


def codes(after: timedelta = timedelta(0)) -> list[str]:
    return [each.code for each in overdue.found(timezone.now() + after)]


def test_nothing_is_overdue_in_a_fresh_register() -> None:
    assert codes(LATER) == []


def test_a_change_that_is_not_sealed_for_a_quarter_of_an_hour_is_overdue() -> None:
    with changing(kind=ChangeKind.EXCHANGE, actor=None, cause="test", reason="test") as change:
        change.subject("person")
    assert codes() == []
    assert codes(LATER) == ["sealing"]


def test_a_job_that_waits_is_overdue() -> None:
    queue.enqueue(1)
    assert codes() == []
    assert codes(LATER) == ["jobs"]


def test_a_backup_is_overdue_once_there_was_one() -> None:
    kept = Recovery.objects.create(kind="backup", began=timezone.now(), ok=False, summary="x")
    assert codes() == ["backups"]
    assert kept.ok is False


def test_due_times_of_a_clock_that_was_ahead_are_pulled_back() -> None:
    now = timezone.now()
    queue.enqueue(1, after_seconds=24 * 3600)
    queue.enqueue(2, after_seconds=60)
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers (last_heartbeat) values (now() + interval '1 day')")
        overdue.pull_back(now)
        cursor.execute("select count(*) from procrastinate_workers where last_heartbeat > now()")
        assert cursor.fetchone()[0] == 0
    waits = sorted(job.scheduled_at > timezone.now() for job in ProcrastinateJob.objects.all())
    assert waits == [False, True]
