"""Days of a calendar year as a page reads them: stretches with their festival, changes by kind, the notice as text."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.calendar import YearNotice
from yizheng.kernel.calendar.notice import runs
from yizheng.kernel.chinese_dates import day_range, weekday
from yizheng.licensing.rule_settings.load_year import Difference


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighbouring days off: their festival, from and to, how many."""

    name: str
    words: str
    count: int


@dataclass(frozen=True, slots=True)
class DaysOfYear:
    """A year as a page shows it."""

    off: tuple[Stretch, ...]
    off_count: int
    worked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change and the days it concerns."""

    title: str
    words: str
    count: int


def of_notice(notice: YearNotice) -> DaysOfYear:
    """The days of a notice: stretches off, and weekend days that are worked."""
    off = tuple(_stretch(notice.holidays, first, last) for first, last in runs(notice.holidays))
    worked = tuple(_range(day, day) for day in sorted(notice.workdays))
    return DaysOfYear(off, len(notice.holidays), worked)


def _stretch(names: Mapping[date, str], first: date, last: date) -> Stretch:
    days = [day for day in sorted(names) if first <= day <= last]
    said = dict.fromkeys(name for day in days if (name := names[day]))
    return Stretch("、".join(said), _range(first, last), len(days))


def _range(first: date, last: date) -> str:
    return f"{day_range(first, last)} {weekday(first)}{f'至{weekday(last)}' if last > first else ''}"


def changes(difference: Difference) -> list[Change]:
    """What becomes free and what becomes worked, in words; kinds without a day are left out."""
    kinds = (
        ("新增放假", difference.off_added),
        ("取消放假", difference.off_removed),
        ("新增调休上班", difference.worked_added),
        ("取消调休上班", difference.worked_removed),
    )
    return [Change(title, _joined(days), len(days)) for title, days in kinds if days]


def _joined(days: Iterable[date]) -> str:
    return "、".join(day_range(first, last) for first, last in runs(days))


def written(notice: YearNotice) -> str:
    """The notice as the text it could be pasted as."""
    rows = [(day, "放假", name) for day, name in notice.holidays.items()]
    rows += [(day, "上班", name) for day, name in notice.workdays.items()]
    return "\n".join(f"{day.isoformat()},{kind},{name.replace(',', '、')}" for day, kind, name in sorted(rows))
