"""Once a day: bring the calendar of deadlines up to date, warn, and let fire what has come due."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from yizheng.licensing.deadlines.clocks import clocks
from yizheng.licensing.deadlines.computing import recompute
from yizheng.licensing.deadlines.firing import fire
from yizheng.licensing.deadlines.warning import warn
from yizheng.people.scope import acting_as_system
from yizheng.registry import kinds
from yizheng.registry.models import Change
from yizheng.registry.writer.versions import versions_of
from yizheng.work.schedules import schedule

MOST_TOUCHED = 5000
"""Beyond so many subjects, computing for all costs no more."""


@schedule("30 0 * * *", "licensing.deadlines", title="期限：计算、提醒、到期处理")
def run(on: date | None = None) -> tuple[int, int]:
    """Everything as of a day, today; returns how many deadlines were warned of and how many fired, none a second time."""
    day = on or timezone.localdate()
    with acting_as_system("期限"):
        recompute(day)
        return warn(day), fire(day)


@schedule("* * * * *", "licensing.deadlines_touched", title="期限：按新登记重算")
def recompute_touched() -> None:
    """Subjects whose register changed in the last minutes get their deadlines anew; the daily run does all."""
    recompute_since(timezone.now() - timedelta(minutes=3), timezone.localdate())


def recompute_since(since: datetime, on: date) -> int:
    """Recompute for those whom changes since a moment concern; returns for how many subjects."""
    with acting_as_system("期限重算"):
        changes = list(Change.objects.filter(settled__gte=since).values_list("pk", flat=True))
        clocked = {each.of.register for each in clocks()}
        touched: set[int] = set()
        for kind in kinds() if changes else ():
            if clocked.intersection(kind.registers()):
                touched.update(versions_of(kind).filter(opened__in=changes).values_list("subject_id", flat=True))
        if touched:
            recompute(on, touched if len(touched) <= MOST_TOUCHED else None)
    return len(touched)
