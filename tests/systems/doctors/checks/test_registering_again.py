"""Sentences that run, suspensions, what follows a bar, scopes and periods: the day before, the day and the day after."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from yizheng.kernel.codes import table
from yizheng.licensing.findings import Severity
from yizheng.people.scopes import jurisdiction
from yizheng.systems.doctors.changes.learning import _months
from yizheng.systems.doctors.checks.applicant import Bar, StandingRegistration
from yizheng.systems.doctors.checks.employer import practised_long_enough
from yizheng.systems.doctors.checks.grounds import assessed_after_bar, no_refusal_ground, suspension_over
from yizheng.systems.doctors.checks.scope import most_scopes
from yizheng.systems.doctors.checks.training import needs_training, trained_after_two_idle_years
from yizheng.systems.doctors.registration.deregistration import (
    Party,
    missed_two_cycles,
    not_during_a_suspension,
    reason_fits_initiator,
    sentence_has_an_end,
)
from yizheng.systems.institutions.models import InstitutionLicence
from yizheng.systems.practitioners.checks import Training
from yizheng.systems.practitioners.levels import registering_office
from yizheng.systems.practitioners.models.bar import licence_of

DAY = timedelta(days=1)
SENTENCED = Bar(ground="R02", since=date(2024, 5, 6), until=date(2027, 5, 5))


def around(edge):
    """The day before, the day itself, the day after."""
    return edge - DAY, edge, edge + DAY


def test_a_sentence_bars_from_the_conviction(but, ask):
    sentenced = but(bars=(SENTENCED,))
    assert [ask(no_refusal_ground, sentenced, on) for on in around(date(2024, 5, 6))] == [[], ["D-R02"], ["D-R02"]]


def test_a_sentence_bars_while_it_runs_and_for_two_years_after(but, ask):
    sentenced = but(bars=(SENTENCED,))
    assert ask(no_refusal_ground, sentenced, date(2027, 5, 5)) == ["D-R02"]
    assert [ask(no_refusal_ground, sentenced, on) for on in around(date(2029, 5, 5))] == [["D-R02"], ["D-R02"], []]


def test_a_sentence_without_an_end_bars_without_one(but):
    (found,) = no_refusal_ground(but(bars=(replace(SENTENCED, until=None),)), date(2060, 1, 1))
    assert found.severity is Severity.BLOCK
    assert found.message.endswith("刑罚尚未执行完毕")


@pytest.mark.parametrize(
    ("served", "last"), [(date(2024, 2, 29), date(2026, 2, 28)), (date(2024, 8, 31), date(2026, 8, 31))]
)
def test_the_two_years_end_with_the_anniversary_also_of_the_last_day_of_a_month(but, ask, served, last):
    sentenced = but(bars=(replace(SENTENCED, since=date(2020, 1, 1), until=served),))
    assert [ask(no_refusal_ground, sentenced, on) for on in around(last)] == [["D-R02"], ["D-R02"], []]


def test_the_bar_after_a_failed_assessment_begins_with_the_law(but, ask):
    failed = but(bars=(Bar(ground="R05", since=date(2021, 10, 1)),))
    assert [ask(no_refusal_ground, failed, on) for on in around(date(2022, 3, 1))] == [[], ["D-R05"], ["D-R05"]]


def test_false_particulars_bar_the_licence_they_were_given_for(but, ask):
    lied = Bar(ground="R17", since=date(2026, 1, 5), licence=licence_of("foreign_short_term_permit"))
    on = date(2026, 2, 1)
    assert ask(no_refusal_ground, but(bars=(lied,)), on) == []
    assert ask(no_refusal_ground, but(bars=(lied,), licence="foreign"), on) == ["D-R17"]
    assert ask(no_refusal_ground, but(bars=(replace(lied, licence=""),)), on) == ["D-R17"]
    assert licence_of("doctor_first_registration") == "doctor"


def test_nobody_is_registered_anew_while_a_suspension_runs(but, ask):
    last = date(2026, 6, 30)
    stopped = but(suspended_until=last, register_status="DEREG")
    assert ask(suspension_over, stopped, last) == ["D-R20"]
    assert ask(suspension_over, replace(stopped, suspended_until=None), last + DAY) == []
    assert ask(suspension_over, replace(stopped, register_status="SUSP_PENAL"), last) == []


def test_nobody_gives_a_registration_up_while_a_suspension_runs():
    party = Party(registered=True, cause="D11", initiator="person", suspended_until=date(2026, 6, 30))
    on = date(2026, 6, 1)
    assert [each.code for each in not_during_a_suspension(party, on)] == ["D-D25"]
    assert not list(not_during_a_suspension(replace(party, cause="D01"), on))
    assert not list(not_during_a_suspension(replace(party, suspended_until=None), on))


def test_who_was_registered_since_the_bar_needs_no_further_assessment(but, ask):
    over = Bar(ground="R04", since=date(2020, 1, 10))
    last, on = date(2022, 1, 10), date(2026, 1, 1)

    def registered(since):
        standing = StandingRegistration(level="1", place="110000", place_name="北京市", since=since)
        return but(bars=(over,), ever_registered=True, registrations=(standing,))

    assert [ask(assessed_after_bar, registered(since), on) for since in around(last)] == [["D-R19"], ["D-R19"], []]


def test_of_who_never_practised_a_person_decides_and_her_assessment_counts(but):
    never = but(bars=(Bar(ground="R02", since=date(2018, 1, 1), until=date(2020, 1, 10)),))
    (found,) = assessed_after_bar(never, date(2026, 1, 1))
    assert found.severity is Severity.ADVISE
    assert not assessed_after_bar(replace(never, assessed_on=date(2025, 1, 1)), date(2026, 1, 1))
    (again,) = assessed_after_bar(replace(never, ever_registered=True), date(2026, 1, 1))
    assert again.severity is Severity.BLOCK


def test_after_a_bar_training_is_proved(but, ask):
    once = but(bars=(Bar(ground="R04", since=date(2022, 6, 1)),))
    edge = date(2024, 6, 1)
    assert [needs_training(once, on) for on in around(edge)] == [False, False, True]
    assert ask(trained_after_two_idle_years, once, edge + DAY) == ["D-R13"]
    trained = replace(
        once,
        training=Training(institution="医院", started_on=date(2023, 7, 1), ended_on=date(2023, 12, 31), passed=True),
    )
    assert ask(trained_after_two_idle_years, trained, edge + DAY) == []


@pytest.mark.parametrize(
    ("category", "place", "most"),
    [
        ("clinical", "B100", 3), ("clinical", "D600", 3), ("clinical", "A100", 1), ("clinical", "D110", 1),
        ("tcm", "B100", 1), ("stomatology", "C220", 1), ("public_health", "C100", 1),
    ],
)  # fmt: skip
def test_three_scopes_are_for_clinical_doctors_at_the_grass_roots(but, employer, category, place, most):
    assert most_scopes(but(category=category, employer=replace(employer, category=place))) == most


@pytest.mark.parametrize(
    ("last", "months"), [(date(2024, 2, 12), 23), (date(2024, 2, 13), 24), (date(2024, 2, 14), 24)]
)
def test_periods_of_training_add_before_they_are_rounded(last, months):
    first, second = (date(2022, 1, 1), date(2023, 1, 15)), (date(2023, 3, 1), last)
    assert _months(first) + _months(second) == 23
    assert _months(first, second) == months


def test_a_day_in_two_trainings_counts_once():
    year = (date(2022, 1, 1), date(2022, 12, 31))
    assert _months(year, (date(2022, 6, 1), date(2022, 12, 31))) == 12
    assert _months((None, None), (date(2023, 1, 2), date(2023, 1, 1))) == 0


def test_days_without_practice_do_not_count_for_practising_on_ones_own(but, ask):
    began = but(individual=True, first_practised_on=date(2021, 3, 1))
    assert [ask(practised_long_enough, began, on) for on in around(date(2026, 3, 1))] == [["D-R16"], ["D-R16"], []]
    away = replace(began, days_away=100)
    edge = date(2026, 3, 1) + timedelta(days=100)
    assert [ask(practised_long_enough, away, on) for on in around(edge)] == [["D-R16"], ["D-R16"], []]


@pytest.mark.parametrize(
    ("reasons", "by"),
    [
        (("D01", "D02", "D15"), {"institution", "authority"}),
        (("D03", "D04", "D05", "D06", "D07", "D08", "D09", "D10"), {"person", "institution", "authority"}),
        (("D11",), {"person"}),
        (("D12", "D13"), {"authority"}),
    ],
)
def test_doctor_institution_and_authority_bring_what_the_rules_let_them(reasons, by):
    for reason in reasons:
        assert set(table("doctor_deregistration_reason")[reason].many("initiators")) == by
        for initiator in ("person", "institution", "authority"):
            found = reason_fits_initiator(Party(registered=True, cause=reason, initiator=initiator), date(2026, 1, 1))
            assert bool(list(found)) == (initiator not in by)


def test_a_sentence_without_an_end_does_not_keep_the_registration():
    (found,) = sentence_has_an_end(Party(registered=True, cause="D03"), date(2026, 1, 1))
    assert found.severity is Severity.ADVISE


def test_two_missed_cycles_end_with_the_last_day_of_the_second():
    party = Party(registered=True, cause="D06", second_cycle_ends=date(2028, 12, 31))
    found = [bool(list(missed_two_cycles(party, on))) for on in around(date(2028, 12, 31))]
    assert found == [True, True, False]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("licensor", "category", "decides"),
    [
        ("110000", "clinical", "110000"), ("110000", "tcm", "TCM"), ("110000", "tcm_integrated", "TCM"),
        ("TCM", "tcm", "TCM"), ("TCM", "clinical", "110000"), ("TCM", "", "TCM"), ("110108", "tcm", "110108"),
    ],
)  # fmt: skip
def test_in_the_city_the_category_says_who_registers(licensor, category, decides):
    licence = InstitutionLicence(authority_scope=jurisdiction(licensor).pk, district="110108")
    assert registering_office(licence, category) == jurisdiction(decides).pk
