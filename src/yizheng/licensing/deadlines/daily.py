"""Once a day: bring the calendar of deadlines up to date, warn, and let fire what has come due."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.utils import timezone

from yizheng.licensing.deadlines.clocks import clocks
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.deadlines.firing import fire
from yizheng.licensing.deadlines.warning import warn
from yizheng.people.scope import acting_as_system
from yizheng.registry.models import Change, Fact
from yizheng.work.schedules import schedule

MOST_TOUCHED = 5000
"""Beyond so many subjects, computing for all costs no more."""


@schedule("30 0 * * *", "licensing.deadlines", title="期限：计算、提醒、到期处理")
def run_daily() -> None:
    """The day's run; a second run of the same day finds nothing left to do."""
    run(timezone.localdate())


@schedule("*/10 * * * *", "licensing.deadlines_touched", title="期限：按新登记重算")
def recompute_touched() -> None:
    """Subjects whose register changed in the last minutes get their deadlines anew; the daily run does all."""
    recompute_since(timezone.now() - timedelta(minutes=15), timezone.localdate())


def recompute_since(since: datetime, on: date) -> int:
    """Recompute for those whom changes since a moment concern; returns for how many subjects."""
    with acting_as_system("期限重算"):
        changes = list(Change.objects.filter(settled__gte=since).values_list("pk", flat=True))
        touched: set[int] = set()
        for kind in _kinds() if changes else ():
            touched.update(kind.objects.filter(opened__in=changes).values_list("subject_id", flat=True))
        if touched:
            recompute(on, touched if len(touched) <= MOST_TOUCHED else None)
    return len(touched)


def _kinds() -> Iterator[Any]:
    """The kinds of fact told in a register that has clocks."""
    clocked = {each.of.register for each in clocks()}
    for model in apps.get_models():
        if issubclass(model, Fact) and clocked.intersection(model.registers()):
            yield model


def run(on: date) -> tuple[int, int]:
    """Everything as of a day; returns how many deadlines were warned of and how many fired."""
    with acting_as_system("期限"):
        recompute(on)
        return warn(on), fire(on)
