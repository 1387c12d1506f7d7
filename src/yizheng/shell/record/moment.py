"""The day and the knowledge a page is read with: `day`, and `known` as of today or as of that day."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.http import HttpRequest
from django.utils import timezone

from yizheng.kernel.chinese_dates import parse_date
from yizheng.registry import latest_position, position_at


@dataclass(frozen=True, slots=True)
class Moment:
    """Which day is looked at, with what knowledge."""

    day: date
    today: date
    known: str
    """today or then."""
    position: int | None
    """The position of the knowledge; None is now."""
    shown_position: int

    @property
    def is_past(self) -> bool:
        """Whether the page shows another day, or another knowledge, than now."""
        return self.day != self.today or self.position is not None


def moment_of(request: HttpRequest) -> Moment:
    """The moment the address asks for; what cannot be read means today."""
    today = timezone.localdate()
    day = parse_date(request.GET.get("day", "")) or today
    newest = latest_position()
    if request.GET.get("known") != "then" or day >= today:
        return Moment(day, today, "today", None, newest)
    end = timezone.make_aware(datetime.combine(day, time.max))
    position = position_at(end)
    return Moment(day, today, "then", position, position)
