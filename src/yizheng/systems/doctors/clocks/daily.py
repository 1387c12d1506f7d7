"""Once a day: bring the calendar of deadlines up to date, warn, and let fire what has come due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Change
from yizheng.systems.doctors.clocks.computing import recompute
from yizheng.systems.doctors.clocks.firing import fire
from yizheng.systems.doctors.clocks.warning import warn
from yizheng.systems.practitioners.kinds import kinds_of
from yizheng.work.schedules import schedule

MOST_TOUCHED = 5000
"""Beyond so many people, everybody is no dearer."""


@schedule("30 0 * * *", "doctors.clocks", title="医师期限：计算、提醒、到期处理")
def run_daily() -> None:
    """The day's run; a second run of the same day finds nothing left to do."""
    run(timezone.localdate())


@schedule("*/10 * * * *", "doctors.clocks_touched", title="医师期限：按新登记重算")
def renew_touched() -> None:
    """People whose register changed in the last minutes have their deadlines made anew; the daily run does everybody."""
    renew(timezone.now() - timedelta(minutes=15), timezone.localdate())


def renew(since: datetime, on: date) -> int:
    """Recompute for those whom changes since a moment concern; returns for how many people."""
    with acting_as_system("医师期限重算"):
        changes = list(Change.objects.filter(settled__gte=since).values_list("pk", flat=True))
        touched: set[int] = set()
        for kind in _kinds() if changes else ():
            written = kind.objects.filter(opened__in=changes)
            touched.update(written.values_list("subject_id", flat=True))
        if touched:
            recompute(on, touched if len(touched) <= MOST_TOUCHED else None)
    return len(touched)


def _kinds() -> Iterator[Any]:
    """Every kind of fact of this system."""
    yield from kinds_of("doctors")


def run(on: date) -> tuple[int, int]:
    """Everything as of a day; returns how many deadlines were warned of and how many fired."""
    with acting_as_system("医师期限"):
        recompute(on)
        return warn(on), fire(on)
