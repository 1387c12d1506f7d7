"""Working days: counted as the State Council announced them, explained in words, honest about years to come."""

import contextlib
from collections.abc import Iterator
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.kernel.calendar import (
    Calendar,
    NoticeError,
    Pause,
    Period,
    Unit,
    natural_days,
    parse_notice,
    state_council_calendar,
    working_days,
)

CALENDAR = state_council_calendar()
DAYS = st.dates(date(2003, 6, 1), date(2028, 12, 31))


def days_from(start: date) -> Iterator[date]:
    while True:
        start += timedelta(days=1)
        yield start


def naive_due(start: date, count: int, pauses: list[Pause]) -> date:
    day = start
    for day in days_from(start):
        if CALENDAR.is_working_day(day) and not any(pause.first <= day <= pause.last for pause in pauses):
            count -= 1
        if count == 0:
            break
    return day


def test_every_announced_day_is_as_published() -> None:
    first, last = min(CALENDAR.announced_years), max(CALENDAR.announced_years)
    for number in range(date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1):
        day = date.fromordinal(number)
        assert CALENDAR.is_working_day(day) == chinese_calendar.is_workday(day), day


def test_all_published_years_are_shipped() -> None:
    assert CALENDAR.announced_years == tuple(sorted({day.year for day in chinese_calendar.constants.holidays}))


def test_a_case_accepted_before_the_spring_festival_of_2025() -> None:
    due = CALENDAR.due(date(2025, 1, 24), working_days(20))
    assert due.last == date(2025, 2, 27)
    assert CALENDAR.next_working_day(date(2025, 1, 24)) == date(2025, 1, 26)
    assert due.explanation == ("1月24日受理，次日起算20个工作日。1月26日、2月8日调休上班计入；1月28日—2月4日放假不计。")


def test_the_explanation_names_the_swap_and_the_holiday() -> None:
    due = CALENDAR.due(date(2025, 4, 24), working_days(20))
    assert due.last == date(2025, 5, 26)
    assert due.explanation == "4月24日受理，次日起算20个工作日。4月27日调休上班计入；5月1日—5日放假不计。"


def test_a_stretch_without_swaps_needs_no_reasons() -> None:
    assert CALENDAR.due(date(2025, 7, 1), working_days(5)).explanation == "7月1日受理，次日起算5个工作日。"


def test_a_pause_is_not_counted() -> None:
    pause = Pause(date(2025, 5, 6), date(2025, 5, 9))
    assert CALENDAR.add_working_days(date(2025, 4, 24), 20, [pause]) == date(2025, 5, 30)


def test_a_limit_in_days_that_ends_on_a_holiday_moves_to_the_next_working_day() -> None:
    due = CALENDAR.due(date(2025, 4, 1), natural_days(30))
    assert due.last == date(2025, 5, 6)
    assert due.explanation == "4月1日受理，次日起算30日。期满之日在5月1日—5日休息日内，顺延至5月6日。"


def test_a_limit_in_days_that_ends_on_a_working_day_stays() -> None:
    due = CALENDAR.due(date(2025, 7, 1), natural_days(30))
    assert due.last == date(2025, 7, 31)
    assert due.explanation == "7月1日受理，次日起算30日。"


def test_limits_in_months_and_years_end_on_the_same_day() -> None:
    three_months = CALENDAR.due(date(2025, 6, 10), Period(3, Unit.MONTH))
    assert three_months.last == date(2025, 9, 10)
    assert three_months.explanation == "6月10日受理，次日起算3个月。"
    assert CALENDAR.due(date(2024, 5, 10), Period(2, Unit.YEAR)).last == date(2026, 5, 11)


def test_a_year_not_announced_counts_weekends_only_and_says_so() -> None:
    coming = max(CALENDAR.announced_years) + 1
    due = CALENDAR.due(date(coming - 1, 12, 25), working_days(20))
    assert not CALENDAR.announced(coming)
    assert f"{coming}年放假安排尚未公布" in due.explanation
    assert CALENDAR.notice(coming) is None


def test_an_administrator_loads_the_notice_of_a_year() -> None:
    notice = parse_notice("日期,类别,名称\n2031-01-01,放假,元旦\n2031年1月4日,上班,元旦\n", 2031)
    loaded = CALENDAR.with_notice(notice)
    assert loaded.announced(2031)
    assert not CALENDAR.announced(2031)
    assert not loaded.is_working_day(date(2031, 1, 1))
    assert loaded.is_working_day(date(2031, 1, 4))
    assert loaded.why_off(date(2031, 1, 1)) == "元旦"
    assert loaded.due(date(2030, 12, 31), working_days(2)).last == date(2031, 1, 3)
    assert "尚未公布" not in loaded.due(date(2031, 1, 1), working_days(2)).explanation


def test_a_year_given_as_days_replaces_the_one_known() -> None:
    changed = CALENDAR.with_year(2025, holidays=[date(2025, 6, 9)], workdays=[])
    assert not changed.is_working_day(date(2025, 6, 9))
    assert changed.why_off(date(2025, 6, 9)) == "放假"
    assert changed.is_working_day(date(2025, 10, 1))
    assert CALENDAR.is_working_day(date(2025, 6, 9))


def test_a_day_off_has_its_reason() -> None:
    assert CALENDAR.why_off(date(2025, 10, 1)) == "国庆节"
    assert CALENDAR.why_off(date(2025, 7, 5)) == "周末"
    assert CALENDAR.why_off(date(2025, 7, 4)) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2027-01-01,放假\n2027-13-01,放假", "第2行：日期“2027-13-01”读不懂"),
        ("2027-01-01,过节", "第1行：类别“过节”读不懂"),
        ("2027-01-01", "第1行：类别“”读不懂"),
        ("2027-01-01,放假\n2027-01-01,上班", "第2行：2027-01-01与第1行重复"),
        ("2028-01-01,放假", "2028-01-01不在2027年内"),
        ("2027-01-04,上班", "2027-01-04不是周六或周日"),
        ("日期,类别", "没有2027年的任何一天"),
        ("", "没有2027年的任何一天"),
        ("x" * 200_000, "不是逗号分隔的文本"),
    ],
)
def test_a_notice_that_cannot_be_read_says_where(text: str, words: str) -> None:
    with pytest.raises(NoticeError, match=words):
        parse_notice(text, 2027)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_notice_is_read_as_office_software_saves_it(encoding: str) -> None:
    content = "日期,类别,名称\r\n2031/1/1,放假,元旦\r\n".encode(encoding)
    assert parse_notice(content, 2031).holidays == {date(2031, 1, 1): "元旦"}


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_breaks_the_reading_of_a_notice(content: bytes) -> None:
    with contextlib.suppress(NoticeError):
        assert parse_notice(content, 2031).year == 2031


def test_all_faults_of_a_notice_are_told_at_once() -> None:
    with pytest.raises(NoticeError) as refused:
        parse_notice("\ufeffdate,kind\nx,off\n2027-01-02,y\n", 2027)
    assert len(refused.value.problems) == 2


def test_a_day_cannot_be_off_and_worked() -> None:
    with pytest.raises(NoticeError, match="既写放假又写上班"):
        CALENDAR.with_year(2027, holidays=[date(2027, 1, 2)], workdays=[date(2027, 1, 2)])


@given(DAYS, st.integers(1, 60), st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 15)), max_size=3))
def test_due_dates_agree_with_counting_day_by_day(start: date, count: int, held: list[tuple[int, int]]) -> None:
    pauses = [Pause(start + timedelta(days=offset), start + timedelta(days=offset + length)) for offset, length in held]
    assert CALENDAR.add_working_days(start, count, pauses) == naive_due(start, count, pauses)


@given(DAYS, st.integers(0, 250))
def test_days_added_are_days_between(start: date, count: int) -> None:
    last = CALENDAR.add_working_days(start, count)
    assert CALENDAR.working_days_between(start, last) == count
    assert CALENDAR.working_days_between(last, start) == -count


@given(DAYS)
def test_the_next_working_day_is_the_first_one_to_come(day: date) -> None:
    following = CALENDAR.next_working_day(day)
    assert following == next(later for later in days_from(day) if CALENDAR.is_working_day(later))
    inclusive = CALENDAR.next_working_day(day, inclusive=True)
    assert inclusive == (day if CALENDAR.is_working_day(day) else following)


@given(DAYS, st.integers(1, 60))
def test_every_due_date_is_a_working_day_and_can_be_explained(start: date, count: int) -> None:
    for period in (
        working_days(count),
        *(Period(count, unit) for unit in (Unit.DAY, Unit.MONTH)),
        Period(count % 5 + 1, Unit.YEAR),
    ):
        due = CALENDAR.due(start, period)
        assert CALENDAR.is_working_day(due.last)
        assert str(period) in due.explanation
        assert due.explanation.endswith("。")


def test_counting_outside_the_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="超出日历范围"):
        CALENDAR.add_working_days(date(1949, 10, 1), 1)
    with pytest.raises(ValueError, match="超出日历范围"):
        CALENDAR.add_working_days(date(2099, 12, 1), 100)
    with pytest.raises(ValueError, match="不能为负数"):
        CALENDAR.add_working_days(date(2025, 1, 1), -1)


def test_an_empty_calendar_knows_weekends() -> None:
    empty = Calendar({})
    assert empty.is_working_day(date(2025, 10, 1))
    assert not empty.is_working_day(date(2025, 10, 4))
