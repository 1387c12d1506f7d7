"""The yearly notice of the State Council on days off and make-up working days (国务院办公厅关于部分节假日安排的通知).

A year's notice is a CSV file with the columns ``date, kind, name`` (日期, 类别, 名称): a day off is 放假,
a Saturday or Sunday worked in exchange is 上班. The years shipped with the program are in the same form.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from yizheng.kernel.chinese_dates import parse_date
from yizheng.kernel.codes import DATA
from yizheng.kernel.text_files import decode_text, split_lines

_OFF = frozenset({"放假", "休", "休息", "off", "holiday"})
_WORK = frozenset({"上班", "调休", "调休上班", "班", "work", "workday"})
_DATE_HEADINGS = frozenset({"date", "日期"})


class NoticeError(ValueError):
    """A notice that cannot be loaded; ``problems`` says in Chinese what is wrong in which line."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("；".join(problems))


@dataclass(frozen=True, slots=True)
class YearNotice:
    """Days off and make-up working days of one year, with the name of the festival of each."""

    year: int
    holidays: Mapping[date, str]
    workdays: Mapping[date, str]

    def __post_init__(self) -> None:
        problems = list(_contradictions(self))
        if problems:
            raise NoticeError(problems)


def _contradictions(notice: YearNotice) -> Iterator[str]:
    for day in sorted({*notice.holidays, *notice.workdays}):
        if day.year != notice.year:
            yield f"{day.isoformat()}不在{notice.year}年内，请删去或改正年份"
    for day in sorted(set(notice.holidays) & set(notice.workdays)):
        yield f"{day.isoformat()}既写放假又写上班，请只保留一项"
    for day in sorted(notice.workdays):
        if day.weekday() < 5:
            yield f"{day.isoformat()}不是周六或周日，本来就上班，请核对日期"


@dataclass(frozen=True, slots=True)
class _Line:
    day: date
    off: bool
    name: str


def _read(rows: Iterable[list[str]], problems: list[str]) -> Iterator[_Line]:
    seen: dict[date, int] = {}
    for number, row in enumerate(rows, start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or cells[0].lower() in _DATE_HEADINGS:
            continue
        day = parse_date(cells[0])
        kind = cells[1].lower() if len(cells) > 1 else ""
        if day is None:
            problems.append(f"第{number}行：日期“{cells[0]}”读不懂，请写成2027-01-01")
        elif kind not in _OFF and kind not in _WORK:
            problems.append(f"第{number}行：类别“{kind}”读不懂，请写“放假”或“上班”")
        elif day in seen:
            problems.append(f"第{number}行：{day.isoformat()}与第{seen[day]}行重复，请删去一行")
        else:
            seen[day] = number
            yield _Line(day, kind in _OFF, cells[2] if len(cells) > 2 else "")


def _grouped(lines: Iterable[_Line]) -> Iterator[YearNotice]:
    by_year: dict[int, list[_Line]] = {}
    for line in lines:
        by_year.setdefault(line.day.year, []).append(line)
    for year, of_year in sorted(by_year.items()):
        yield YearNotice(
            year,
            {line.day: line.name for line in of_year if line.off},
            {line.day: line.name for line in of_year if not line.off},
        )


def parse_notice(file: str | bytes, year: int) -> YearNotice:
    """The notice of one year from a CSV file: its text, or its bytes in UTF-8 or GB18030.

    Raises ``NoticeError`` listing every line that cannot be read, or what is contradictory.
    """
    problems: list[str] = []
    text = decode_text(file) if isinstance(file, bytes) else file.removeprefix("\ufeff")
    try:
        lines = list(_read(csv.reader(split_lines(text)), problems))
    except csv.Error:
        raise NoticeError(["文件不是逗号分隔的文本（CSV），请另存为CSV后再上传"]) from None
    strangers = [line for line in lines if line.day.year != year]
    problems += [f"{line.day.isoformat()}不在{year}年内，请删去或改正年份" for line in strangers]
    if not lines and not problems:
        problems.append(f"文件里没有{year}年的任何一天，请核对是否选对了文件")
    if problems:
        raise NoticeError(problems)
    return next(_grouped(lines))


@cache
def shipped_notices() -> Mapping[int, YearNotice]:
    """The notices of the years announced when this version was made."""
    problems: list[str] = []
    with (DATA / "working_days.csv").open(encoding="utf-8", newline="") as file:
        notices = {notice.year: notice for notice in _grouped(_read(csv.reader(file), problems))}
    if problems:
        raise NoticeError(problems)
    return notices


def runs(days: Iterable[date]) -> Iterator[tuple[date, date]]:
    """Neighbouring days joined into stretches, each as first and last day."""
    ordered = sorted(days)
    if not ordered:
        return
    first = last = ordered[0]
    for day in ordered[1:]:
        if day - last > timedelta(days=1):
            yield first, last
            first = day
        last = day
    yield first, last
