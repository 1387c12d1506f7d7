"""Grounds of refusal: the day before the bar ends, the day, the day after; what an order names; what has no end."""

from datetime import date, timedelta

import pytest

from yizheng.kernel.codes import table
from yizheng.kernel.statutes import article
from yizheng.licensing.catalogue import items
from yizheng.licensing.findings import Severity
from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.employer import practised_long_enough
from yizheng.systems.doctors.checks.grounds import (
    assessed_after_bar,
    fit_to_practise,
    ground,
    no_refusal_ground,
    of_full_capacity,
)
from yizheng.systems.doctors.checks.qualification import as_qualified
from yizheng.systems.doctors.checks.training import trained_after_two_idle_years
from yizheng.systems.doctors.registration.reregistration import assessed_after_interruption, assessment_not_failed
from yizheng.systems.doctors.short_term import foreign
from yizheng.systems.doctors.village import rules as village
from yizheng.systems.practitioners.bars import LASTS

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
    barred = but(bars=(Bar(ground=code, since=since, until=since if code == "R02" else None),))
    assert ask(no_refusal_ground, barred, last - DAY) == [f"D-{code}"]
    assert ask(no_refusal_ground, barred, last) == [f"D-{code}"]
    assert ask(no_refusal_ground, barred, last + DAY) == []


@pytest.mark.parametrize("code", ["R03", "R06", "R12"])
def test_a_bar_to_a_named_day_ends_with_that_day(but, ask, code):
    barred = but(bars=(Bar(ground=code, since=date(2020, 1, 1), until=date(2026, 5, 5)),))
    assert ask(no_refusal_ground, barred, date(2026, 5, 4)) == [f"D-{code}"]
    assert ask(no_refusal_ground, barred, date(2026, 5, 5)) == [f"D-{code}"]
    assert ask(no_refusal_ground, barred, date(2026, 5, 6)) == []


def test_a_bar_for_life_has_no_end(but):
    (found,) = no_refusal_ground(but(bars=(Bar(ground="R12", since=date(2020, 1, 1)),)), date(2090, 1, 1))
    assert found.severity is Severity.BLOCK
    assert found.message.endswith("（终身）")


@pytest.mark.parametrize("code", ["R01", "R07", "R08"])
def test_a_condition_bars_while_it_lasts(but, ask, code):
    lasting = Bar(ground=code, since=date(2025, 1, 1))
    over = Bar(ground=code, since=date(2025, 1, 1), ceased_on=date(2026, 1, 9))
    assert ask(no_refusal_ground, but(bars=(lasting,)), date(2030, 1, 1)) == [f"D-{code}"]
    assert ask(no_refusal_ground, but(bars=(over,)), date(2026, 1, 9)) == [f"D-{code}"]
    assert ask(no_refusal_ground, but(bars=(over,)), date(2026, 1, 10)) == []


@pytest.mark.parametrize("code", ["R09", "R10"])
def test_a_ground_without_an_end_in_the_text_goes_to_a_person(but, code):
    barred = but(bars=(Bar(ground=code, since=date(2010, 1, 1)),))
    assert list(no_refusal_ground(barred, date(2009, 12, 31))) == []
    assert [each.code for each in no_refusal_ground(barred, date(2010, 1, 1))] == [f"D-{code}"]
    (found,) = no_refusal_ground(barred, date(2026, 1, 1))
    assert found.code == f"D-{code}"
    assert found.severity is Severity.ADVISE


def test_a_bar_does_not_work_backwards(but, ask):
    assert ask(no_refusal_ground, but(bars=(Bar(ground="R04", since=date(2026, 6, 2)),)), date(2026, 6, 1)) == []


def test_every_bar_that_stands_is_named_with_its_own_articles(but):
    bars = (
        Bar(ground="R02", since=date(2025, 1, 1), until=date(2025, 1, 1)),
        Bar(ground="R11", since=date(2025, 1, 1)),
    )
    found = no_refusal_ground(but(bars=bars), date(2026, 1, 1))
    assert [each.code for each in found] == ["D-R02", "D-R11"]
    assert [str(article) for article in found[1].articles] == [
        "《中华人民共和国医师法》第五十四条",
        "《中华人民共和国行政许可法》第七十九条",
    ]
    assert "不受理" in found[1].message


def test_the_sentence_says_until_when(but):
    (found,) = no_refusal_ground(
        but(bars=(Bar(ground="R02", since=date(2024, 3, 15), until=date(2024, 3, 15)),)), date(2026, 3, 1)
    )
    assert found.message == "受刑事处罚，刑罚执行完毕不满二年，到2026年3月15日止"


def test_nobody_without_bars_is_barred(applicant, ask):
    assert ask(no_refusal_ground, applicant, date(2026, 1, 1)) == []


OF_THEIR_OWN = {
    "R07": fit_to_practise, "R08": assessment_not_failed, "R13": trained_after_two_idle_years,
    "R14": assessed_after_interruption, "R15": as_qualified, "R16": practised_long_enough,
}  # fmt: skip
"""Grounds that have a check of their own, two of them beside what is recorded."""


def test_every_ground_of_the_table_is_asked_under_the_articles_of_the_table():
    on = date(2026, 1, 1)
    here = {code for code in table("doctor_refusal_reason") if ground(code, on) is not None}
    assert here | set(OF_THEIR_OWN) == set(table("doctor_refusal_reason"))
    assert here & set(OF_THEIR_OWN) == {"R07", "R08"}
    assert LASTS
    for code, asked in OF_THEIR_OWN.items():
        assert asked.code == f"D-{code}"
        cited = set(map(article, table("doctor_refusal_reason")[code].many("articles")))
        assert {each.statute for each in cited} <= {each.statute for each in asked.articles}, code


ASKING = {
    no_refusal_ground: {
        "doctor_first_registration", "doctor_residency_registration", "doctor_reregistration",
        "military_to_local_registration", "tcm_specialist_registration", "hmt_short_term_registration",
        "doctor_change_main_institution", "doctor_change_location", "doctor_change_category", "doctor_change_scope",
        "doctor_add_scope", "doctor_add_location_registration", "doctor_assistant_upgrade",
        "doctor_residency_completion",
    },
    village.not_barred: {"rural_doctor_registration", "rural_doctor_renewal", "rural_doctor_change"},
    foreign.not_barred: {"foreign_short_term_permit", "foreign_short_term_renewal"},
}  # fmt: skip


def test_every_registration_asks_for_the_recorded_grounds():
    declared = {each.code: each for each in items(date(2026, 6, 1), system="doctors")}
    for asked, codes in ASKING.items():
        assert {code for code in codes if asked not in declared[code].checks} == set()


@pytest.mark.parametrize(("code", "expected"), [("R12", ["D-R12"]), ("R02", ["D-R02"]), ("R04", []), ("R17", [])])
def test_a_ban_bars_the_village_doctor_and_what_concerns_physicians_alone_does_not(code, expected):
    last = date(2026, 5, 5)
    since = date(2024, 5, 5) if code == "R02" else date(2026, 1, 1)
    until = {"R12": last, "R02": since}.get(code)
    party = village.VillageParty(bars=(Bar(ground=code, since=since, until=until),))
    days = (last - DAY, last, last + DAY)
    assert [[each.code for each in village.not_barred(party, on)] for on in days] == [expected, expected, []]


def test_a_recorded_ground_keeps_a_foreign_doctor_out_and_says_so_in_both_languages():
    asked = foreign.ForeignApplicant(bars=(Bar(ground="R17", since=date(2025, 9, 1)),))
    days = (date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2))
    assert [[each.code for each in foreign.not_barred(asked, on)] for on in days] == [["D-R17"], ["D-R17"], []]
    (found,) = foreign.not_barred(asked, days[0])
    assert "不受理" in found.message
    assert found.english


def test_after_a_bar_has_ended_an_assessment_is_asked_for(but, ask):
    served = Bar(ground="R02", since=date(2024, 3, 15), until=date(2024, 3, 15))
    on = date(2026, 3, 16)
    assert ask(assessed_after_bar, but(bars=(served,)), date(2026, 3, 15)) == []
    assert ask(assessed_after_bar, but(bars=(served,)), on) == ["D-R19"]
    assert ask(assessed_after_bar, but(bars=(served,), assessed_on=date(2026, 3, 15)), on) == ["D-R19"]
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
