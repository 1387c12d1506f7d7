"""The working-day calendar: limits of the licensing law are working days, without statutory holidays (行政许可法 第八十二条).

Day counts come from one sorted list of working days and bisection, so a question costs a microsecond. Years the State
Council has not announced yet count weekends only, and every answer that touches one says so.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property

from yizheng.kernel.calendar.notice import YearNotice, runs, shipped_notices
from yizheng.kernel.calendar.periods import Period, Unit, add_months, add_years
from yizheng.kernel.chinese_dates import day_of_month, day_range

FIRST_YEAR, LAST_YEAR = 1980, 2099
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch that does not count, first and last day included (行政许可法 第四十五条: 听证、检验、专家评审等)."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Due:
    """When a period runs out, and why on that day."""

    last: date
    explanation: str


class Calendar:
    """Working days of Beijing by the notices it was given."""

    def __init__(self, notices: Mapping[int, YearNotice]) -> None:
        self._notices = dict(notices)
        self._off = {day: name for notice in notices.values() for day, name in notice.holidays.items()}
        self._made_up = {day: name for notice in notices.values() for day, name in notice.workdays.items()}

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

    def due(self, start: date, period: Period) -> Due:
        """When a period that begins with an acceptance on ``start`` runs out, and why on that day.

        A period in days, months or years that ends on a day off moves to the next working day: it is a limit for an
        act to be performed. A bar simply runs out (``bar_lifted_on``).
        """
        if period.unit is Unit.WORKING_DAY:
            last = self.add_working_days(start, period.count)
            reasons = [*_counted(self, start, last), *_not_counted(self, start, last)]
        else:
            last = self.next_working_day(_natural_end(start, period), inclusive=True)
            reasons = list(_moved(self, start, period, last))
        opening = f"{day_of_month(start)}受理，次日起算{period}。"
        body = "；".join(reasons) + "。" if reasons else ""
        return Due(last, opening + body + "".join(_uncertain(self, start, last)))

    def days_off(self, first: date, last: date) -> list[date]:
        """The days off by notice from ``first`` to ``last``, both included."""
        return sorted(day for day in self._off if first <= day <= last)

    def make_up_days(self, first: date, last: date) -> list[date]:
        """The Saturdays and Sundays worked in exchange from ``first`` to ``last``, both included."""
        return sorted(day for day in self._made_up if first <= day <= last)

    @staticmethod
    def _checked(day: date) -> int:
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValueError(f"{day.isoformat()}超出日历范围（{FIRST_YEAR}—{LAST_YEAR}年），请核对日期")
        return day.toordinal()


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


def _counted(calendar: Calendar, start: date, last: date) -> Iterator[str]:
    days = calendar.make_up_days(start + timedelta(days=1), last)
    if days:
        yield "、".join(day_of_month(day) for day in days) + "调休上班计入"


def _not_counted(calendar: Calendar, start: date, last: date) -> Iterator[str]:
    holidays = "、".join(
        day_range(first, end) for first, end in runs(calendar.days_off(start + timedelta(days=1), last))
    )
    if holidays:
        yield holidays + "放假不计"


def _moved(calendar: Calendar, start: date, period: Period, last: date) -> Iterator[str]:
    before = last - timedelta(days=1)
    if period.unit is Unit.DAY and start + timedelta(days=period.count) == last:
        return
    if not calendar.is_working_day(before):
        first = before
        while not calendar.is_working_day(first - timedelta(days=1)) and first > start:
            first -= timedelta(days=1)
        yield f"期满之日在{day_range(first, before)}休息日内，顺延至{day_of_month(last)}"


def _uncertain(calendar: Calendar, start: date, last: date) -> Iterator[str]:
    for year in range(start.year, last.year + 1):
        if not calendar.announced(year):
            yield f"{year}年放假安排尚未公布，暂只扣除周六、周日。"


@cache
def state_council_calendar() -> Calendar:
    """The calendar of all years announced when this version was made."""
    return Calendar(shipped_notices())
