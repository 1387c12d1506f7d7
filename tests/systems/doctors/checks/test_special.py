"""Rules of special qualifications and of village doctors, on both sides of every edge."""

from dataclasses import replace
from datetime import date

import pytest

from yizheng.kernel.statutes import cosmetic_rules
from yizheng.systems.doctors.checks.applicant import Bar
from yizheng.systems.doctors.checks.periods import Periods
from yizheng.systems.doctors.registration.tcm_specialist import SpecialistApplicant, scope_as_assessed
from yizheng.systems.doctors.special import rules
from yizheng.systems.doctors.special.ending import Holder, idle_long_enough
from yizheng.systems.doctors.special.rules import SpecialApplicant, not_held_yet, practises_there, titled_at_least
from yizheng.systems.doctors.village import rules as village
from yizheng.systems.doctors.village.rules import VillageParty
from yizheng.systems.practitioners.employer import Employer

ON = date(2026, 3, 2)
HOUSE = Employer(name="北京安和医院", category="A100", in_force=True, status="执业", subjects=frozenset({"04.04.01"}))


def codes(check, applicant, on=ON):
    return [finding.code for finding in check(applicant, on)]


COSMETIC = SpecialApplicant(
    level="1",
    category="clinical",
    scopes=("16",),
    employer=HOUSE,
    practises_there=True,
    type="cosmetic_lead",
    detail="dermatology",
    title="233",
    years=3,
    trained_from=date(2025, 1, 1),
    trained_to=date(2025, 12, 31),
    passed=True,
)


@pytest.mark.parametrize(("specialty", "years"), [("surgery", 6), ("dentistry", 5), ("dermatology", 3), ("tcm", 3)])
def test_a_cosmetic_lead_needs_the_years_of_her_specialty(specialty, years):
    asked = replace(COSMETIC, detail=specialty, years=years)
    assert codes(rules.enough_clinical_years, asked) == []
    assert codes(rules.enough_clinical_years, replace(asked, years=years - 1)) == ["D-Y10"]


def test_a_surgeon_is_no_lead_of_dermatology():
    assert codes(rules.scope_suits_specialty, COSMETIC) == []
    assert codes(rules.scope_suits_specialty, replace(COSMETIC, scopes=("12",))) == ["D-Y12"]
    assert codes(rules.scope_suits_specialty, replace(COSMETIC, detail="tcm")) == ["D-Y12"]


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({"trained_to": date(2025, 12, 30)}, ["D-Y11"]),
        ({"passed": False}, ["D-Y11"]),
        ({"trained_from": None, "trained_to": None, "passed": None, "cosmetic_months": 12}, []),
        ({"trained_from": None, "trained_to": None, "passed": None, "cosmetic_months": 11}, ["D-Y11"]),
        ({"trained_from": None, "trained_to": None, "passed": None}, []),
    ],
)
def test_a_year_of_cosmetic_medicine_is_training_or_work(change, found):
    assert codes(rules.a_year_of_cosmetic_medicine, replace(COSMETIC, **change)) == found


@pytest.mark.parametrize(
    ("title", "found"), [("233", []), ("232", []), ("231", []), ("234", ["D-X05"]), ("000", ["D-X05"])]
)
def test_the_title_is_of_the_rank_or_above(title, found):
    assert codes(titled_at_least("中级", cosmetic_rules(11)), replace(COSMETIC, title=title)) == found


def test_nobody_is_granted_where_she_does_not_practise_or_what_she_holds():
    assert codes(practises_there, COSMETIC) == []
    assert codes(practises_there, replace(COSMETIC, practises_there=False)) == ["D-X01"]
    assert codes(not_held_yet, replace(COSMETIC, held_already=True)) == ["D-X03"]


TRANSPLANT = replace(COSMETIC, type="organ_transplant", detail="kidney", title="232")


def test_the_institution_transplants_this_organ():
    assert codes(rules.institution_transplants, TRANSPLANT) == []
    assert codes(rules.institution_transplants, replace(TRANSPLANT, detail="liver")) == ["D-Y01"]


@pytest.mark.parametrize(
    ("worked", "trained", "found"),
    [
        (None, date(2025, 12, 31), []),
        (date(2023, 3, 3), date(2020, 1, 1), []),
        (date(2023, 3, 2), date(2020, 1, 1), []),
        (date(2023, 3, 1), date(2020, 1, 1), ["D-Y03"]),
        (date(2023, 3, 1), date(2026, 3, 1), ["D-Y03"]),
        (date(2023, 3, 1), date(2026, 3, 2), []),
        (date(2023, 3, 1), None, ["D-Y03"]),
    ],
)
def test_three_years_without_transplants_need_a_training_since(worked, trained, found):
    assert codes(rules.works_still, replace(TRANSPLANT, last_work_on=worked, trained_to=trained)) == found


UNTRAINED = {"passed": None, "trained_from": None, "trained_to": None}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        (UNTRAINED, ["D-Y02"]),
        ({**UNTRAINED, "title": "231"}, ["D-Y02"]),
        ({**UNTRAINED, "title": "233"}, ["D-Y02"]),
        ({**UNTRAINED, "title": ""}, []),
        ({"passed": False}, ["D-Y02"]),
        ({"trained_to": ON}, []),
        ({"trained_to": date(2026, 3, 3)}, ["D-Y02"]),
        ({"lapsed_on": date(2025, 12, 30)}, []),
        ({"lapsed_on": date(2025, 12, 31)}, ["D-Y02"]),
        ({"lapsed_on": date(2026, 1, 1)}, ["D-Y02"]),
    ],
)
def test_nobody_transplants_without_training_however_experienced(change, found):
    asked = replace(TRANSPLANT, **change)
    assert codes(rules.trained_to_transplant, asked) == found
    assert all(each.severity == "block" for each in rules.trained_to_transplant(asked, ON))


@pytest.mark.parametrize(
    ("worked", "found"), [(date(2023, 3, 3), ["D-S31"]), (date(2023, 3, 2), ["D-S31"]), (date(2023, 3, 1), [])]
)
def test_three_idle_years_are_over_the_day_after_the_anniversary(worked, found):
    holder = Holder(register_status="REG", holds=True, idle=True, worked_on=worked, years=3, periods=Periods())
    assert codes(idle_long_enough, holder) == found


@pytest.mark.parametrize(
    ("title", "wanted", "found"),
    [
        ("231", "special", []), ("232", "special", []), ("233", "special", ["D-Y20"]), ("233", "restricted", []),
        ("234", "restricted", ["D-Y20"]), ("234", "unrestricted", []), ("235", "unrestricted", []),
    ],
)  # fmt: skip
def test_a_class_of_antibiotics_goes_with_the_title(title, wanted, found):
    assert codes(rules.class_suits_title, replace(COSMETIC, title=title, detail=wanted)) == found


@pytest.mark.parametrize(("born", "found"), [(date(2008, 3, 2), []), (date(2008, 3, 3), ["D-Y30"])])
def test_nobody_under_eighteen_works_with_radiation(born, found):
    assert codes(rules.of_age_for_radiation, SpecialApplicant(birth_date=born)) == found


@pytest.mark.parametrize(("ended", "found"), [(date(2024, 3, 2), []), (date(2024, 3, 1), ["D-Y31"])])
def test_radiation_training_is_two_years_old_at_most(ended, found):
    assert codes(rules.trained_within_two_years, SpecialApplicant(trained_to=ended)) == found


@pytest.mark.parametrize(("checked", "found"), [(date(2024, 3, 2), []), (date(2024, 3, 1), ["D-Y32"])])
def test_the_occupational_check_is_two_years_old_at_most(checked, found):
    assert codes(rules.examined_within_two_years, SpecialApplicant(health_checked_on=checked)) == found


def test_check_ups_are_led_from_internal_medicine_or_surgery():
    assert codes(rules.of_internal_medicine_or_surgery, replace(COSMETIC, scopes=("11",))) == []
    assert codes(rules.of_internal_medicine_or_surgery, COSMETIC) == ["D-Y40"]


def test_who_crosses_over_comes_from_the_other_side():
    assert codes(rules.crosses_over, replace(COSMETIC, detail="west_to_tcm")) == []
    assert codes(rules.crosses_over, replace(COSMETIC, detail="tcm_to_west")) == ["D-Y50"]
    assert codes(rules.crosses_over, replace(COSMETIC, category="tcm_integrated", detail="tcm_to_west")) == []


VILLAGE = VillageParty(
    birth_date=date(1980, 1, 1),
    employer=Employer(name="密云区石城村卫生室", category="D600", in_force=True, status="执业"),
)
STANDING = replace(VILLAGE, stands=True, valid_until=date(2026, 6, 2))
AGAIN = replace(STANDING, repeated=True, failed_on=date(2025, 9, 1), repeat_by=ON)


@pytest.mark.parametrize(
    ("check", "party", "found"),
    [
        (village.in_a_village, VILLAGE, []),
        (village.in_a_village, replace(VILLAGE, employer=HOUSE), ["D-V01"]),
        (village.no_physician, replace(VILLAGE, qualified=True), ["D-V02"]),
        (village.not_registered_yet, STANDING, ["D-V03"]),
        (village.of_full_capacity, replace(VILLAGE, birth_date=date(2008, 3, 2)), []),
        (village.of_full_capacity, replace(VILLAGE, birth_date=date(2008, 3, 3)), ["D-V04"]),
        (village.not_revoked_lately, replace(VILLAGE, revoked_on=date(2024, 2, 29)), []),
        (village.not_revoked_lately, replace(VILLAGE, revoked_on=date(2024, 3, 1)), []),
        (village.not_revoked_lately, replace(VILLAGE, revoked_on=date(2024, 3, 2)), ["D-V06"]),
        (village.trained_every_two_years, replace(VILLAGE, trained_on=date(2024, 3, 2)), []),
        (village.trained_every_two_years, replace(VILLAGE, trained_on=date(2024, 3, 1)), ["D-V07"]),
        (village.registration_stands, VILLAGE, ["D-V08"]),
        (village.in_time_to_renew, STANDING, []),
        (village.in_time_to_renew, replace(STANDING, valid_until=date(2026, 6, 1)), ["D-V09"]),
        (village.passed_lately, replace(STANDING, failed_on=date(2026, 1, 1)), ["D-V10"]),
        (village.another_institution, replace(STANDING, practises_there=True), ["D-V12"]),
        (village.repeated_in_time, replace(STANDING, repeated=True), ["D-V13"]),
        (village.repeated_in_time, replace(AGAIN, examined_on=date(2026, 3, 1)), []),
        (village.repeated_in_time, replace(AGAIN, examined_on=ON), []),
        (village.repeated_in_time, replace(AGAIN, examined_on=date(2026, 3, 3)), ["D-V13"]),
        (village.assessed_already, replace(STANDING, examined_on=ON), []),
        (village.assessed_already, replace(STANDING, examined_on=date(2026, 3, 3)), ["D-V14"]),
    ],
)
def test_village_doctors(check, party, found):
    assert codes(check, party) == found


@pytest.mark.parametrize(
    ("entry", "entered", "found"),
    [
        ("education", date(2003, 8, 4), []),
        ("education", date(2003, 8, 5), ["block"]),
        ("training", date(2003, 8, 6), ["block"]),
        ("secondary", date(2003, 8, 4), ["block"]),
        ("secondary", date(2003, 8, 5), ["advise"]),
        ("equivalent", date(2026, 3, 2), ["advise"]),
        ("service", date(2003, 8, 4), []),
        ("", date(2026, 3, 2), []),
        ("service", None, []),
    ],
)
def test_who_enters_since_the_regulation_comes_under_its_article_12(entry, entered, found):
    asked = replace(VILLAGE, entry=entry, entered_on=entered)
    assert [each.severity for each in village.may_enter(asked, ON)] == found


@pytest.mark.parametrize(("day", "found"), [(date(2021, 6, 1), ["D-V05"]), (date(2021, 6, 2), []), (date(2021, 6, 3), [])])  # fmt: skip
def test_twenty_years_of_service_are_counted_to_the_day(day, found):
    asked = replace(VILLAGE, entry="service", entered_on=date(2001, 6, 2))
    assert codes(village.may_enter, asked, day) == found


@pytest.mark.parametrize(
    ("born", "severities"),
    [
        (date(2010, 3, 3), ["block"]),
        (date(2010, 3, 2), ["advise"]),
        (date(2008, 3, 3), ["advise"]),
        (date(2008, 3, 2), []),
    ],
)
def test_at_sixteen_and_seventeen_somebody_looks_at_who_lives_on_own_work(born, severities):
    asked = replace(VILLAGE, birth_date=born)
    assert [each.severity for each in village.of_full_capacity(asked, ON)] == severities


def test_a_ban_bars_a_village_doctor_and_a_revoked_physician_s_licence_is_no_ground_of_hers():
    banned = Bar(ground="R03", since=date(2025, 1, 1), until=ON)
    revoked = Bar(ground="R04", since=date(2026, 1, 1))
    asked = replace(VILLAGE, bars=(banned, revoked))
    assert codes(village.not_barred, asked, date(2026, 3, 1)) == ["D-R03"]
    assert codes(village.not_barred, asked) == ["D-R03"]
    assert codes(village.not_barred, asked, date(2026, 3, 3)) == []


def test_a_condition_of_the_village_doctors_regulation_is_cited_by_its_own_article():
    asked = replace(VILLAGE, bars=(Bar(ground="R01", since=date(2025, 1, 1)),))
    (finding,) = village.not_barred(asked, ON)
    assert str(finding.articles[0]) == str(village.OWN_ARTICLES["D-R01"])


ENDING = replace(STANDING, ground="V4", failed_on=date(2025, 9, 1), repeat_by=ON)


@pytest.mark.parametrize(
    ("party", "day", "found"),
    [
        (ENDING, date(2026, 3, 1), ["D-V17"]),
        (ENDING, ON, ["D-V17"]),
        (ENDING, date(2026, 3, 3), []),
        (replace(ENDING, failed_again=True), date(2026, 3, 1), []),
        (replace(ENDING, failed_on=None, repeat_by=None), date(2026, 3, 3), ["D-V17"]),
        (replace(STANDING, ground="V3", happened_on=date(2024, 3, 2)), date(2026, 3, 1), ["D-V17"]),
        (replace(STANDING, ground="V3", happened_on=date(2024, 3, 2)), ON, ["D-V17"]),
        (replace(STANDING, ground="V3", happened_on=date(2024, 3, 2)), date(2026, 3, 3), []),
        (replace(STANDING, ground="V1", happened_on=ON), ON, []),
        (replace(STANDING, ground="V1", happened_on=ON), date(2026, 3, 1), ["D-V17"]),
    ],
)
def test_a_village_registration_ends_when_its_ground_has_come(party, day, found):
    assert codes(village.ground_has_come, party, day) == found


def test_a_specialist_is_registered_for_what_was_assessed():
    asked = SpecialistApplicant(assessed_scope="针刺疗法：腰腿痛", scope_text="针刺疗法：腰腿痛")
    assert codes(scope_as_assessed, asked) == []
    assert codes(scope_as_assessed, replace(asked, scope_text="针刺疗法：各科")) == ["D-TC02"]
