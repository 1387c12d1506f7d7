"""The working-day calendar: limits of the licensing law are working days, without statutory holidays (行政许可法 第八十二条).

Day counts come from one sorted list of working days and bisection, so a question costs a microsecond. Years the State
Council has not announced yet count weekends only, and every answer that touches one says so.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache, cached_property

from yizheng.kernel.calendar.due import Due, Pause, explain
from yizheng.kernel.calendar.notice import YearNotice, shipped_notices
from yizheng.kernel.calendar.periods import Period, Unit, add_months, add_years

FIRST_YEAR, LAST_YEAR = 1980, 2099
_SATURDAY = 5


class Calendar:
    """Working days of Beijing by the notices it was given."""

    def __init__(self, notices: Mapping[int, YearNotice]) -> None:
        self._notices = dict(notices)
        self._off = {day: name for notice in notices.values() for day, name in notice.holidays.items()}
        self._made_up = {day: name for notice in notices.values() for day, name in notice.workdays.items()}

    @cached_property
    def _off_in_order(self) -> list[date]:
        return sorted(self._off)

    @cached_property
    def _made_up_in_order(self) -> list[date]:
        return sorted(self._made_up)

    @cached_property
    def _ordinals(self) -> list[int]:
        first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
        off = {day.toordinal() for day in self._off}
        made_up = {day.toordinal() for day in self._made_up}
        # date.toordinal() counts 1 January of year 1, a Monday, as 1, hence the shift by one
        return [
            number
            for number in range(first, last + 1)
            if ((number - 1) % 7 < _SATURDAY and number not in off) or number in made_up
        ]

    def announced(self, year: int) -> bool:
        """Whether the State Council's notice of that year is known."""
        return year in self._notices

    @property
    def announced_years(self) -> tuple[int, ...]:
        """All years whose notice is known."""
        return tuple(sorted(self._notices))

    def notice(self, year: int) -> YearNotice | None:
        """The notice of a year, or None when it is not announced."""
        return self._notices.get(year)

    def with_year(self, year: int, holidays: Iterable[date], workdays: Iterable[date]) -> "Calendar":
        """A calendar in which that year's notice is replaced by the given days. Raises ``NoticeError``."""
        return self.with_notice(YearNotice(year, dict.fromkeys(holidays, ""), dict.fromkeys(workdays, "")))

    def with_notice(self, notice: YearNotice) -> "Calendar":
        """A calendar in which that year's notice is replaced."""
        return Calendar(self._notices | {notice.year: notice})

    def is_working_day(self, day: date) -> bool:
        """Whether offices work on that day."""
        return day in self._made_up or (day.weekday() < _SATURDAY and day not in self._off)

    def why_off(self, day: date) -> str | None:
        """Why a day is off: the festival, or 周末; None on a working day."""
        if self.is_working_day(day):
            return None
        return self._off.get(day) or ("放假" if day in self._off else "周末")

    def next_working_day(self, day: date, *, inclusive: bool = False) -> date:
        """The first working day after ``day``, or ``day`` itself when it works and ``inclusive`` is set."""
        if inclusive and self.is_working_day(day):
            return day
        return self.add_working_days(day, 1)

    def add_working_days(self, start: date, count: int, pauses: Iterable[Pause] = ()) -> date:
        """The day on which ``count`` working days after ``start`` are full; the day after ``start`` is the first to count.

        Days inside a pause are not counted. Zero days give ``start``. Raises ``ValueError`` outside 1980-2099.
        """
        if count < 0:
            raise ValueError(f"工作日数不能为负数：{count}")
        if count == 0:
            return start
        ordinals = self._ordinals
        position = bisect_right(ordinals, self._checked(start)) - 1 + count
        for first, last in _merged(pauses, start):
            begins, ends = bisect_left(ordinals, first.toordinal()), bisect_right(ordinals, last.toordinal())
            if begins > position:
                break
            position += ends - begins
        if position >= len(ordinals):
            raise ValueError(f"期限超出日历范围（{FIRST_YEAR}—{LAST_YEAR}年），请核对日期和天数")
        return date.fromordinal(ordinals[position])

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after ``start`` up to and including ``end``; negative when ``end`` lies before ``start``."""
        ordinals = self._ordinals
        return bisect_right(ordinals, self._checked(end)) - bisect_right(ordinals, self._checked(start))

    def due(self, start: date, period: Period, event: str = "受理", pauses: Iterable[Pause] = ()) -> Due:
        """When a period that begins with ``event`` on ``start`` runs out, and why on that day.

        A period in days, months or years that ends on a day off moves to the next working day: it is a limit for an
        act to be performed. For bars, which simply run out, use ``is_barred``. Pauses concern working days only.
        """
        held = tuple(pauses)
        if period.unit is Unit.WORKING_DAY:
            last = self.add_working_days(start, period.count, held)
        else:
            last = self.next_working_day(_natural_end(start, period), inclusive=True)
        return Due(
            start=start,
            period=period,
            last=last,
            unannounced_years=self._unannounced(start, last),
            explanation=explain(self, start, period, last, event, held),
        )

    def days_off(self, first: date, last: date) -> list[date]:
        """The days off by notice from ``first`` to ``last``, both included."""
        return _within(self._off_in_order, first, last)

    def make_up_days(self, first: date, last: date) -> list[date]:
        """The Saturdays and Sundays worked in exchange from ``first`` to ``last``, both included."""
        return _within(self._made_up_in_order, first, last)

    def _unannounced(self, start: date, last: date) -> tuple[int, ...]:
        return tuple(year for year in range(start.year, last.year + 1) if year not in self._notices)

    @staticmethod
    def _checked(day: date) -> int:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"{day.isoformat()}超出日历范围（{FIRST_YEAR}—{LAST_YEAR}年），请核对日期")
        return day.toordinal()


def _within(days: list[date], first: date, last: date) -> list[date]:
    return days[bisect_left(days, first) : bisect_right(days, last)]


def _natural_end(start: date, period: Period) -> date:
    if period.unit is Unit.DAY:
        return start + timedelta(days=period.count)
    return add_months(start, period.count) if period.unit is Unit.MONTH else add_years(start, period.count)


def _merged(pauses: Iterable[Pause], start: date) -> list[tuple[date, date]]:
    """Pauses in order, joined where they overlap and cut to the days after ``start``."""
    merged: list[tuple[date, date]] = []
    for first, last in sorted((max(pause.first, start + timedelta(days=1)), pause.last) for pause in pauses):
        if last < first:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


@cache
def state_council_calendar() -> Calendar:
    """The calendar of all years announced when this version was made."""
    return Calendar(shipped_notices())
