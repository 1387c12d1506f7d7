"""Grounds of refusal: the day before the bar ends, the day, the day after; what an order names; what has no end."""

from datetime import date, timedelta

import pytest

from yizheng.kernel.codes import table
from yizheng.licensing.findings import Severity
from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.grounds import (
    LASTS,
    assessed_after_bar,
    ground,
    no_refusal_ground,
    of_full_capacity,
)

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("code", "since", "last"),
    [
        ("R02", date(2024, 3, 15), date(2026, 3, 15)),
        ("R04", date(2024, 6, 1), date(2026, 6, 1)),
        ("R05", date(2025, 2, 10), date(2026, 2, 10)),
        ("R11", date(2023, 5, 5), date(2026, 5, 5)),
        ("R17", date(2025, 9, 1), date(2026, 9, 1)),
    ],
)
def test_a_bar_of_years_ends_with_its_anniversary(but, ask, code, since, last):
    barred = but(bars=(Bar(ground=code, since=since),))
    assert ask(no_refusal_ground, barred, last - DAY) == [code]
    assert ask(no_refusal_ground, barred, last) == [code]
    assert ask(no_refusal_ground, barred, last + DAY) == []


@pytest.mark.parametrize("code", ["R03", "R06", "R12"])
def test_a_bar_to_a_named_day_ends_with_that_day(but, ask, code):
    barred = but(bars=(Bar(ground=code, since=date(2020, 1, 1), until=date(2026, 5, 5)),))
    assert ask(no_refusal_ground, barred, date(2026, 5, 5)) == [code]
    assert ask(no_refusal_ground, barred, date(2026, 5, 6)) == []


def test_a_bar_for_life_has_no_end(but):
    (found,) = no_refusal_ground(but(bars=(Bar(ground="R12", since=date(2020, 1, 1)),)), date(2090, 1, 1))
    assert found.severity is Severity.BLOCK
    assert found.message.endswith("（终身）")


@pytest.mark.parametrize("code", ["R01", "R07", "R08"])
def test_a_condition_bars_while_it_lasts(but, ask, code):
    lasting = Bar(ground=code, since=date(2025, 1, 1))
    over = Bar(ground=code, since=date(2025, 1, 1), ceased_on=date(2026, 1, 9))
    assert ask(no_refusal_ground, but(bars=(lasting,)), date(2030, 1, 1)) == [code]
    assert ask(no_refusal_ground, but(bars=(over,)), date(2026, 1, 9)) == [code]
    assert ask(no_refusal_ground, but(bars=(over,)), date(2026, 1, 10)) == []


@pytest.mark.parametrize("code", ["R09", "R10"])
def test_a_ground_without_an_end_in_the_text_goes_to_a_person(but, code):
    (found,) = no_refusal_ground(but(bars=(Bar(ground=code, since=date(2010, 1, 1)),)), date(2026, 1, 1))
    assert found.code == code
    assert found.severity is Severity.ADVISE


def test_a_bar_does_not_work_backwards(but, ask):
    assert (
        ask(no_refusal_ground, but(bars=(Bar(ground="R04", since=date(2026, 6, 2)),)), date(2026, 6, 1)) == []
    )


def test_every_bar_that_stands_is_named_with_its_own_articles(but):
    bars = (Bar(ground="R02", since=date(2025, 1, 1)), Bar(ground="R11", since=date(2025, 1, 1)))
    found = no_refusal_ground(but(bars=bars), date(2026, 1, 1))
    assert [each.code for each in found] == ["R02", "R11"]
    assert [str(article) for article in found[1].articles] == [
        "《中华人民共和国医师法》第五十四条",
        "《中华人民共和国行政许可法》第七十九条",
    ]
    assert "不受理" in found[1].message


def test_the_sentence_says_until_when(but):
    (found,) = no_refusal_ground(but(bars=(Bar(ground="R02", since=date(2024, 3, 15)),)), date(2026, 3, 1))
    assert found.message == "受刑事处罚，刑罚执行完毕不满二年，到2026年3月15日止"


def test_nobody_without_bars_is_barred(applicant, ask):
    assert ask(no_refusal_ground, applicant, date(2026, 1, 1)) == []


def test_every_ground_of_the_table_is_asked_here_or_by_a_check_of_its_own():
    asked_elsewhere = {"R13", "R14", "R15", "R16"}
    here = {code for code in table("doctor_refusal_reason") if ground(code, date(2026, 1, 1)) is not None}
    assert here | asked_elsewhere == set(table("doctor_refusal_reason"))
    assert here & asked_elsewhere == set()
    assert LASTS


def test_after_a_bar_has_ended_an_assessment_is_asked_for(but, ask):
    served = Bar(ground="R02", since=date(2024, 3, 15))
    on = date(2026, 3, 16)
    assert ask(assessed_after_bar, but(bars=(served,)), date(2026, 3, 15)) == []
    assert ask(assessed_after_bar, but(bars=(served,)), on) == ["R19"]
    assert ask(assessed_after_bar, but(bars=(served,), assessed_on=date(2026, 3, 15)), on) == ["R19"]
    assert ask(assessed_after_bar, but(bars=(served,), assessed_on=date(2026, 3, 16)), on) == []


@pytest.mark.parametrize(
    ("on", "severity"),
    [
        (date(2012, 4, 25), Severity.BLOCK),
        (date(2012, 4, 26), Severity.ADVISE),
        (date(2014, 4, 25), Severity.ADVISE),
        (date(2014, 4, 26), None),
    ],
)
def test_capacity_comes_with_age(applicant, on, severity):
    found = of_full_capacity(applicant, on)
    assert [each.severity for each in found] == ([severity] if severity else [])
