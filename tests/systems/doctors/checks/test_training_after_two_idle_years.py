"""R13: who qualified over two years ago and never registered shows six months' training, passed."""

from dataclasses import replace
from datetime import date

import pytest

from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.checks.training import trained_after_two_idle_years
from yizheng.systems.practitioners.checks import Training

LATE = date(2026, 8, 3)


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2025, 11, 30), []), (date(2025, 12, 1), []), (date(2025, 12, 2), ["D-R13"])],
    ids=["the day before", "the anniversary", "the day after"],
)
def test_two_years_end_on_the_anniversary(applicant, ask, on, expected):
    assert ask(trained_after_two_idle_years, applicant, on) == expected


def test_the_anniversary_may_be_read_the_other_way(but, ask):
    strict = but(periods=Periods(anniversary_inside=False))
    assert ask(trained_after_two_idle_years, strict, date(2025, 11, 30)) == []
    assert ask(trained_after_two_idle_years, strict, date(2025, 12, 1)) == ["D-R13"]


@pytest.mark.parametrize(
    ("ended_on", "expected"), [(date(2026, 7, 3), ["D-R13"]), (date(2026, 7, 4), []), (date(2026, 7, 5), [])]
)
def test_six_months_count_both_days(but, ask, ended_on, expected):
    training = Training(started_on=date(2026, 1, 5), ended_on=ended_on, passed=True)
    assert ask(trained_after_two_idle_years, but(training=training), LATE) == expected


def test_a_short_training_says_what_is_missing(but):
    training = Training(started_on=date(2024, 9, 2), ended_on=date(2025, 2, 27), passed=True)
    (found,) = trained_after_two_idle_years(but(training=training), LATE)
    assert found.message == ("培训只有 5 个月 26 天。连续培训须满 6 个月，结束日期不能早于2025年3月1日")
    assert found.field == "training.ended_on"
    assert [str(article) for article in found.articles] == ["《医师执业注册管理办法》第十二条"]


def test_a_failed_training_blocks(but, ask):
    training = Training(started_on=date(2026, 1, 5), ended_on=date(2026, 7, 4), passed=False)
    assert ask(trained_after_two_idle_years, but(training=training), LATE) == ["D-R13"]


def test_training_that_has_not_ended_blocks(but, ask):
    training = Training(started_on=date(2026, 7, 5), ended_on=date(2027, 1, 20), passed=True)
    assert ask(trained_after_two_idle_years, but(training=training), LATE) == ["D-R13"]


def test_dates_the_wrong_way_round_are_told(but):
    training = Training(started_on=date(2026, 7, 5), ended_on=date(2026, 1, 5), passed=True)
    (found,) = trained_after_two_idle_years(but(training=training), LATE)
    assert found.message == "培训结束日期早于开始日期，按证明核对后改正"


def test_who_was_registered_before_needs_no_training_here(but, ask):
    assert ask(trained_after_two_idle_years, but(ever_registered=True), LATE) == []


def test_a_leap_day_has_its_anniversary_on_28_february(but, ask, qualification):
    born = but(qualification=replace(qualification, qualified_on=date(2024, 2, 29)))
    assert ask(trained_after_two_idle_years, born, date(2026, 2, 28)) == []
    assert ask(trained_after_two_idle_years, born, date(2026, 3, 1)) == ["D-R13"]
