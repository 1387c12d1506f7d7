"""What the register knew at a position, as conditions on versions (as PostgreSQL does with its own snapshots).

Versions carry change ids, taken when a change begins; positions are taken when it ends. So a version is known
at a position when its change had begun by then (`high`) and was not still in flight. The conditions are
subqueries of the very statement that reads the versions: a change committing between two statements can
never slip in.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, models
from django.db.models import Q

from yizheng.registry.models.change import Change


@dataclass(frozen=True)
class Knowledge:
    """All changes up to and including `position`."""

    position: int

    def high(self) -> models.Subquery:
        """The highest change id among the changes known."""
        newest = Change.objects.filter(position__lte=self.position).order_by("-position")
        return models.Subquery(newest.values("high")[:1])

    def known(self, column: str) -> Q:
        """The change named by `column` is known."""
        return Q(**{f"{column}__lte": self.high()}) & ~Q(**{f"{column}__in": self._in_flight()})

    def unknown(self, column: str) -> Q:
        """The change named by `column` is not known, or there is none."""
        return (
            Q(**{f"{column}__isnull": True})
            | Q(**{f"{column}__gt": self.high()})
            | Q(**{f"{column}__in": self._in_flight()})
        )

    def standing(self) -> Q:
        """Versions opened and not yet closed, as far as was known."""
        return self.known("opened") & self.unknown("closed")

    def _in_flight(self) -> models.QuerySet[Change, int]:
        return Change.objects.in_flight(self.position).values_list("id", flat=True)


def position_at(moment: datetime) -> int:
    """The last position taken no later than `moment`; 0 before the first.

    Waits for a change that is just now being settled, so that the answer for a moment never changes later.
    """
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    with connection.cursor() as cursor:
        cursor.execute("SELECT registry_await_settling(%s)", [moment])
    newest = Change.objects.filter(settled__lte=moment).order_by("-settled").values_list("position", flat=True)
    return newest.first() or 0


def latest_position() -> int:
    """The newest position that can be read now; 0 in an empty register."""
    newest = Change.objects.settled().order_by("-position").values_list("position", flat=True)
    return newest.first() or 0


def knowledge(known: int | datetime | Knowledge) -> Knowledge:
    """The knowledge meant by a position or a moment."""
    if isinstance(known, datetime):
        return Knowledge(position_at(known))
    return known if isinstance(known, Knowledge) else Knowledge(known)
