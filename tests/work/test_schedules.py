"""A schedule comes due in Beijing time, is taken once however many look, and is caught up after a halt."""

from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from yizheng.work import schedules
from yizheng.work.models import ScheduleRun

ran: list[str] = []


@schedules.schedule("0 6 * * *", "test.daily")
def daily() -> None:
    ran.append("daily")


@schedules.schedule("0 7 * * *", "test.broken")
def broken() -> None:
    raise RuntimeError("110108199003071234")


@pytest.fixture(autouse=True)
def only_these(monkeypatch: pytest.MonkeyPatch) -> None:
    ran.clear()
    mine = {name: made for name, made in schedules._declared.items() if name.startswith("test.")}
    monkeypatch.setattr(schedules, "_declared", mine)


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (datetime(2026, 3, 2, 22, 0, 30, tzinfo=UTC), datetime(2026, 3, 2, 22, 0, tzinfo=UTC)),
        (datetime(2026, 3, 2, 21, 59, tzinfo=UTC), datetime(2026, 3, 1, 22, 0, tzinfo=UTC)),
        (datetime(2026, 3, 3, 15, 0, tzinfo=UTC), datetime(2026, 3, 2, 22, 0, tzinfo=UTC)),
    ],
)
def test_six_oclock_is_six_in_beijing(now: datetime, due: datetime) -> None:
    assert schedules.last_due("0 6 * * *", now) == due


@pytest.mark.django_db
def test_a_due_time_is_taken_once_and_a_halt_is_caught_up_once() -> None:
    morning = datetime(2026, 3, 2, 22, 0, 5, tzinfo=UTC)
    assert schedules.enqueue_due(morning) == ["test.broken", "test.daily"]
    assert schedules.enqueue_due(morning + timedelta(minutes=1)) == []
    assert schedules.enqueue_due(morning + timedelta(days=9)) == ["test.broken", "test.daily"]
    assert schedules.enqueue_due(morning + timedelta(days=9, minutes=1)) == []
    assert ProcrastinateJob.objects.filter(task_name="yizheng.work.run_schedule").count() == 4


@pytest.mark.django_db
def test_a_clock_that_was_a_day_ahead_does_not_stop_the_schedules() -> None:
    right = datetime(2026, 3, 3, 12, tzinfo=UTC)
    schedules.enqueue_due(right + timedelta(days=1))
    assert schedules.enqueue_due(right) == ["test.broken", "test.daily"]
    assert schedules.enqueue_due(right) == []
    assert schedules.enqueue_due(right + timedelta(days=1)) == ["test.broken", "test.daily"]


@pytest.mark.django_db
def test_a_due_time_nobody_took_is_missed() -> None:
    right = datetime(2026, 3, 3, 12, tzinfo=UTC)
    assert schedules.missed(right) == []
    schedules.enqueue_due(right)
    assert schedules.missed(right) == []
    assert schedules.missed(right + timedelta(days=1)) == ["test.broken", "test.daily"]


@pytest.mark.django_db
def test_a_run_is_written_down_with_its_outcome() -> None:
    schedules.enqueue_due(datetime(2026, 3, 2, 23, 30, tzinfo=UTC))
    schedules.run_schedule("test.daily")
    schedules.run_schedule("test.broken")
    assert ran == ["daily"]
    assert ScheduleRun.objects.get(pk="test.daily").failure == ""
    assert ScheduleRun.objects.get(pk="test.broken").failure == "RuntimeError"


@pytest.mark.django_db
def test_a_schedule_of_an_older_version_is_passed_over() -> None:
    schedules.run_schedule("test.gone")


def test_a_wrong_cron_line_is_refused_at_start() -> None:
    with pytest.raises(ValueError, match="cron"):
        schedules.schedule("every day", "test.wrong")
