"""Once a day: bring the calendar of deadlines up to date, warn, and let fire what has come due."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from yizheng.people.scope import acting_as_system
from yizheng.systems.doctors.clocks.computing import recompute
from yizheng.systems.doctors.clocks.firing import fire
from yizheng.systems.doctors.clocks.warning import warn
from yizheng.work.schedules import schedule


@schedule("30 0 * * *", "doctors.clocks", title="医师期限：计算、提醒、到期处理")
def run_daily() -> None:
    """The day's run; a second run of the same day finds nothing left to do."""
    run(timezone.localdate())


def run(on: date) -> tuple[int, int]:
    """Everything as of a day; returns how many deadlines were warned of and how many fired."""
    with acting_as_system("医师期限"):
        recompute(on)
        return warn(on), fire(on)
