"""What the statutes say word for word: cycles, articles cited, laws that know a penalty, and grounds that are entered and ended."""

from datetime import date, timedelta

import pytest

from yizheng.kernel.codes import table
from yizheng.kernel.statutes import Article, organ_regulation, registration_rules, scope_provisions, transplant_rules
from yizheng.licensing.catalogue import items
from yizheng.licensing.findings import declared_checks
from yizheng.licensing.rules import declaration
from yizheng.systems.doctors.changes.location import AddLocationRegistration
from yizheng.systems.doctors.checks.grounds import ON_THE_PERSON, assessed_after_bar
from yizheng.systems.doctors.conduct.assessing import cycle_of, end_of_cycles
from yizheng.systems.doctors.forms import AssessmentStep, DeclarationStep, TrainingStep
from yizheng.systems.doctors.registration.first_registration import FirstRegistration
from yizheng.systems.doctors.registration.residency import ResidencyRegistration
from yizheng.systems.practitioners.conduct.grounds import recorded

DAY = timedelta(days=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("last", "before", "after"),
    [
        (date(2020, 12, 31), "2019—2020", "2021—2022"),
        (date(2022, 12, 31), "2021—2022", "2023—2025"),
        (date(2025, 12, 31), "2023—2025", "2026—2028"),
    ],
)
def test_cycles_of_three_years_begin_after_the_law_and_those_before_had_two(last, before, after):
    assert [cycle_of(on).code for on in (last - DAY, last, last + DAY)] == [before, before, after]


@pytest.mark.django_db
def test_two_cycles_across_the_law_end_with_the_second():
    assert end_of_cycles(date(2021, 1, 1), 2) == date(2025, 12, 31)


def test_no_city_announces_three_years_before_the_law():
    assert declaration("doctors.assessment_first_year").limits[0] == 2022


@pytest.mark.parametrize(
    ("law", "numbers"),
    [
        ("organ_regulation", {36, 37, 38, 39, 40, 41, 42, 43}),
        ("tcm_law", {55}),
        ("maternal_law", {37}),
        ("maternal_measures", {40, 41, 42}),
        ("mental_health_law", {73, 74, 75, 76}),
        ("dispute_regulation", {45, 46, 47}),
        ("accident_regulation", {55, 57, 58}),
        ("drug_law", {119, 124, 142}),
        ("narcotics_regulation", {73}),
        ("aids_regulation", {55, 56}),
        ("insurance_fund_regulation", {40}),
        ("population_law", {40}),
        ("infectious_law", {68, 69, 74}),
        ("physicians_law", {54, 55, 56, 57, 58, 59}),
    ],
)
def test_every_law_that_knows_a_penalty_on_doctors_is_a_basis(law, numbers):
    cited = [
        row.attributes["article"].split(":") for row in table("penalty_basis").items() if "doctor" in row.many("of")
    ]
    assert {int(number.split(".")[0]) for key, number in cited if key == law} == numbers


def test_each_ground_is_entered_and_ended_or_read_from_the_register():
    read = {row.code for row in table("doctor_refusal_reason").items() if not recorded(row)}
    assert read == {"R13", "R14", "R15", "R16"}
    assert {"doctor_refusal_ground_record", "doctor_refusal_ground_end"} <= {
        each.code for each in items(date(2026, 6, 1))
    }


def test_a_resident_declares_health_sentence_and_ban_and_shows_her_assessment():
    assert {DeclarationStep, AssessmentStep, TrainingStep} <= set(ResidencyRegistration.steps)
    assert set(ON_THE_PERSON) <= set(ResidencyRegistration.checks)


def test_who_never_practised_and_was_barred_has_a_part_of_the_form_for_her_assessment(but):
    assert AssessmentStep in FirstRegistration.steps
    assert assessed_after_bar in FirstRegistration.checks
    assert not AssessmentStep.applies(but(), date(2026, 1, 1))


def cited_by(code: str) -> set[Article]:
    return {each for check in declared_checks() if check.code == code for each in check.articles}


@pytest.mark.parametrize(
    ("code", "article"),
    [
        ("D-R13", registration_rules(12)), ("D-R14", registration_rules(12)), ("D-A04", registration_rules(17)),
        ("D-N02", registration_rules(17)), ("D-S01", scope_provisions(2)), ("D-LN02", scope_provisions(2)),
    ],
)  # fmt: skip
def test_a_rule_cites_the_article_it_stands_in(code, article):
    assert article in cited_by(code)


def test_adding_a_place_cites_article_17_and_idle_transplanting_the_rules_of_the_ministry():
    assert registration_rules(17) in AddLocationRegistration.articles
    assert declaration("doctors.clock_transplant_years").article == transplant_rules(29, item=1)
    assert not any(
        organ_regulation(27) in cited_by(check.code) and "三年" in check.title for check in declared_checks()
    )
