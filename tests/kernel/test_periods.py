"""Years and months: bars, terms and trainings, with the cases the register's rules were agreed on."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.kernel.calendar import (
    BEIJING,
    Period,
    Unit,
    add_months,
    add_years,
    bar_lifted_on,
    full_months,
    full_years,
    natural_days,
    parse_moment,
    term_end,
    working_days,
)

DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))


def test_two_idle_years_are_full_only_after_the_anniversary() -> None:
    qualified = date(2023, 12, 1)
    assert date(2025, 12, 1) <= add_years(qualified, 2)
    assert date(2025, 12, 2) > add_years(qualified, 2)


def test_a_training_of_six_months_is_full_on_the_day_before_the_same_day() -> None:
    assert full_months(date(2026, 1, 5), date(2026, 7, 4)) == 6
    assert full_months(date(2026, 1, 5), date(2026, 7, 3)) == 5


@pytest.mark.parametrize(
    ("event", "count", "first_free_day"),
    [
        pytest.param(date(2024, 3, 15), 2, date(2026, 3, 16), id="sentence served"),
        pytest.param(date(2024, 6, 1), 2, date(2026, 6, 2), id="certificate revoked, counted from the decision"),
        pytest.param(date(2025, 2, 10), 1, date(2026, 2, 11), id="failed assessment"),
        pytest.param(date(2023, 5, 5), 3, date(2026, 5, 6), id="annulled for deceit"),
        pytest.param(date(2024, 5, 10), 2, date(2026, 5, 11), id="leave filing"),
        pytest.param(date(2025, 4, 1), 2, date(2027, 4, 2), id="short-term certificate revoked"),
        pytest.param(date(2023, 6, 30), 2, date(2025, 7, 1), id="nurse's certificate revoked"),
        pytest.param(date(2024, 2, 29), 1, date(2025, 3, 1), id="an event on 29 February"),
    ],
)
def test_a_bar_still_holds_on_its_anniversary(event: date, count: int, first_free_day: date) -> None:
    assert bar_lifted_on(event, count) == first_free_day


@pytest.mark.parametrize(
    ("first_day", "count", "last_day"),
    [
        pytest.param(date(2020, 5, 12), 5, date(2025, 5, 11), id="nurse, five years"),
        pytest.param(date(2025, 1, 10), 3, date(2028, 1, 9), id="Hong Kong doctor, at most three years"),
        pytest.param(date(2025, 3, 1), 1, date(2026, 2, 28), id="foreign doctor, at most one year"),
        pytest.param(date(2024, 2, 29), 1, date(2025, 2, 27), id="from 29 February"),
    ],
)
def test_a_term_ends_on_the_day_before_its_anniversary(first_day: date, count: int, last_day: date) -> None:
    assert term_end(first_day, count) == last_day


def test_a_short_term_ends_with_the_earlier_of_term_and_papers() -> None:
    assert min(date(2029, 12, 31), term_end(date(2025, 1, 10), 3)) == date(2028, 1, 9)
    assert min(date(2026, 6, 30), date(2025, 8, 1), term_end(date(2025, 3, 1), 1)) == date(2025, 8, 1)


def test_the_anniversary_of_29_february_is_28_february_and_29_in_leap_years() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


def test_a_month_too_short_ends_on_its_last_day() -> None:
    assert add_months(date(2025, 8, 31), 6) == date(2026, 2, 28)
    assert add_months(date(2025, 1, 31), -2) == date(2024, 11, 30)
    assert full_months(date(2025, 8, 31), date(2026, 2, 28)) == 6
    assert full_months(date(2025, 8, 31), date(2026, 2, 27)) == 5


def test_nothing_is_full_before_it_begins() -> None:
    assert full_months(date(2025, 5, 1), date(2025, 4, 1)) == 0


def test_experience_is_counted_in_full_years() -> None:
    assert full_years(date(2020, 6, 1), date(2025, 5, 31)) == 5
    assert full_years(date(2020, 6, 1), date(2025, 5, 30)) == 4


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (working_days(20), "20个工作日"),
        (natural_days(30), "30日"),
        (Period(6, Unit.MONTH), "6个月"),
        (Period(2, Unit.YEAR), "2年"),
    ],
)
def test_a_period_reads_as_chinese(period: Period, text: str) -> None:
    assert str(period) == text


@pytest.mark.parametrize("unit", Unit)
def test_a_period_is_never_negative(unit: Unit) -> None:
    assert unit.measure
    with pytest.raises(ValueError, match="不能为负数"):
        Period(-1, unit)


@given(DAYS, st.integers(0, 240))
def test_months_added_keep_their_order_and_their_length(day: date, count: int) -> None:
    later = add_months(day, count)
    assert (later.year - day.year) * 12 + later.month - day.month == count
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)
    assert full_months(day, later) >= count
    assert add_months(day + timedelta(days=1), count) >= later


@given(DAYS, DAYS)
def test_full_months_agree_with_counting_one_by_one(first: date, last: date) -> None:
    counted = 0
    while add_months(first, counted + 1) <= last + timedelta(days=1) and first.day <= 28:
        counted += 1
    if first.day <= 28:
        assert full_months(first, last) == counted


@pytest.mark.parametrize("text", ["2026-03-01 08:05", "2026-3-1 8:05", "2026-03-01T08:05", "2026-03-01T00:05Z"])
def test_a_moment_is_one_of_beijing_unless_it_names_its_zone(text: str) -> None:
    assert parse_moment(text) == datetime(2026, 3, 1, 8, 5, tzinfo=BEIJING)


def test_a_fraction_of_a_second_is_read_and_what_is_no_moment_is_not() -> None:
    assert parse_moment("2026-03-01 08:05:00.5") == datetime(2026, 3, 1, 8, 5, 0, 500_000, BEIJING)
    assert parse_moment("前天") is None
