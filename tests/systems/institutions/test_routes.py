"""Which items a change needs, and who decides (条例第九条至第二十条, 细则第二十九条至第三十四条)."""

import pytest

from tests.calculating import ask
from yizheng.systems.institutions import calculators as _declares  # noqa: F401 — declares the calculator
from yizheng.systems.institutions.routes.routes import LICENSED


def route(**cells: str) -> dict[str, str]:
    return ask("institutions.authority_and_route", **cells)


def items(regime: str, change: str, **cells: str) -> tuple[str, str]:
    found = route(regime=regime, change=change, **cells)
    return found["items"], found["limits"]


@pytest.mark.parametrize("regime", LICENSED)
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        *(
            (change, ("inst_change", "20w"))
            for change in (
                "name", "address", "legal_rep", "principal", "ownership", "service_object", "service_mode",
                "reg_capital", "subject_add", "subject_remove", "beds", "chairs", "category", "merge_survivor",
            )
        ),
        ("suspend", ("inst_suspend", "20w")),
        ("resume", ("inst_resume", "20w")),
        ("close", ("inst_deregister", "20w")),
        ("merge_ended", ("inst_deregister", "20w")),
        ("licence_lost", ("inst_reissue", "20w")),
        ("term_end", ("inst_renew", "before_expiry")),
        ("restricted_technology", ("tech_file", "15w")),
        ("health_exam", ("health_exam_register", "20w")),
        ("technologies", ("", "")),
        ("phone", ("", "")),
        ("establish", ("", "")),
    ],
)  # fmt: skip
def test_a_licensed_institution_changes_its_licence(regime, change, expected):
    assert items(regime, change) == expected


@pytest.mark.parametrize(
    ("organ", "district_from", "district_to", "moves"),
    [
        ("district", "110105", "110105", False),
        ("district", "110105", "110108", True),
        ("city", "110105", "110108", False),
        ("city", "110105", "131002", True),
        ("district", "110105", "", False),
        ("city", "110105", "", False),
    ],
)
def test_leaving_the_area_of_the_organ_is_an_end_and_a_new_registration(organ, district_from, district_to, moves):
    asked = {"organ": organ, "district_from": district_from, "district_to": district_to}
    expected = ("inst_deregister;inst_register", "20w;45d") if moves else ("inst_change", "20w")
    assert items("licensed", "address", **asked) == expected


@pytest.mark.parametrize(
    ("regime", "longer", "shorter"),
    [
        ("licensed", "inst_deregister", "inst_suspend"),
        ("clinic_filed", "clinic_file_cancel", ""),
        ("tcm_clinic_filed", "tcm_clinic_cancel", ""),
    ],
)
def test_a_stop_of_more_than_a_year_is_an_end_unless_it_serves_building_or_moving(regime, longer, shorter):
    assert items(regime, "suspend", months="13", reason="other")[0] == longer
    assert items(regime, "suspend", months="12", reason="other")[0] == shorter
    assert items(regime, "suspend", months="16", reason="expand")[0] == shorter
    assert items(regime, "suspend", months="16")[0] == shorter


def test_internet_practice_depends_on_whose_doctors_they_are():
    assert items("licensed", "internet", doctors="own") == ("internet_mode_add", "20w")
    assert items("licensed", "internet", doctors="others") == ("internet_hosp_second_name", "45d")
    assert items("licensed", "internet") == ("", "")
    for regime in ("licensed", "new", "clinic_filed", "preparing"):
        asked = items(regime, "internet", doctors="own", scope="independent")
        assert asked == ("internet_hosp_independent", "30d+45d")
    assert items("clinic_filed", "internet", doctors="own") == ("", "")


@pytest.mark.parametrize(
    ("regime", "item", "changes", "others"),
    [
        (
            "clinic_filed",
            "clinic_file_change",
            "name address legal_rep principal ownership service_mode subject_add subject_remove",
            "beds technologies reg_capital service_object licence_lost",
        ),
        (
            "tcm_clinic_filed",
            "tcm_clinic_refile",
            "name address principal subject_add subject_remove technologies",
            "legal_rep ownership service_mode beds",
        ),
    ],
)
def test_a_filed_clinic_files_its_changes_on_the_spot(regime, item, changes, others):
    assert {items(regime, change) for change in changes.split()} == {(item, "0")}
    assert {items(regime, change) for change in others.split()} == {("", "")}


def test_a_filed_clinic_files_its_end():
    assert items("clinic_filed", "close") == ("clinic_file_cancel", "0")
    assert items("tcm_clinic_filed", "close") == ("tcm_clinic_cancel", "0")
    asked = {"organ": "district", "district_from": "110105", "district_to": "110108"}
    assert items("clinic_filed", "address", **asked) == ("clinic_file_change", "0")


def test_an_approved_setting_that_changes_is_approved_again():
    for change in ("address", "beds", "category", "subject_add", "subject_remove"):
        assert items("preparing", change) == ("inst_setup_approve", "30d")
    assert items("preparing", "name") == ("", "")


@pytest.mark.parametrize(
    ("change", "cells", "expected"),
    [
        ("establish", {"category": "D211", "beds_to": "0"}, ("clinic_file", "0")),
        ("establish", {"category": "D211"}, ("clinic_file", "0")),
        ("establish", {"category": "D211", "beds_to": "5"}, ("inst_register", "45d")),
        ("establish", {"category": "D212", "scope": "tcm_only"}, ("tcm_clinic_file", "0")),
        ("establish", {"category": "D212", "scope": "beyond"}, ("clinic_file", "0")),
        ("establish", {"category": "D213", "scope": "tcm_only"}, ("clinic_file", "0")),
        ("establish", {"category": "D110"}, ("inst_register", "45d")),
        ("establish", {"category": "A100", "grade": "2"}, ("inst_register", "45d")),
        ("establish", {"category": "A100", "grade": "3"}, ("inst_setup_approve;inst_register", "30d;45d")),
        ("establish", {"category": "D400"}, ("inst_register", "45d")),
        ("establish_in_old_age_home", {"category": "D400"}, ("elderly_inner_file", "10w")),
        ("establish_in_old_age_home", {"category": "D211"}, ("elderly_inner_file", "10w")),
        ("establish_in_old_age_home", {"category": "D300"}, ("elderly_inner_file", "10w")),
        ("establish_in_old_age_home", {"category": "A720"}, ("elderly_inner_file", "10w")),
        ("establish_in_old_age_home", {"category": "D600"}, ("inst_register", "45d")),
        ("establish_in_old_age_home", {"category": "A710"}, ("inst_register", "45d")),
        ("split_new", {"category": "D211"}, ("inst_register", "45d")),
        ("split_new", {"category": "A100", "grade": "3"}, ("inst_setup_approve;inst_register", "30d;45d")),
    ],
)
def test_what_is_founded_is_filed_or_registered(change, cells, expected):
    assert items("new", change, **cells) == expected


@pytest.mark.parametrize(
    ("cells", "approval"),
    [
        ({"category": "A100", "grade": "2", "investor": "domestic"}, "no"),
        ({"category": "A100", "grade": "3"}, "yes"),
        ({"category": "E300"}, "yes"),
        ({"category": "P100"}, "yes"),
        ({"category": "P900"}, "no"),
        ({"category": "A100", "investor": "sino_foreign_jv"}, "yes"),
        ({"category": "A100", "investor": "hmt_sole"}, "yes"),
    ],
)
def test_few_settings_still_need_an_approval(cells, approval):
    for change in ("establish", "establish_in_old_age_home", "split_new"):
        assert route(regime="new", change=change, **cells)["setup_approval"] == approval
    assert route(regime="licensed", change="name", **cells)["setup_approval"] == ""


@pytest.mark.parametrize(
    ("category", "beds", "level"),
    [
        ("A100", "99", "district"),
        ("A100", "100", "by_rule"),
        ("A511", "20", "by_rule"),
        ("A600", "20", "district"),
        ("A100", "", ""),
        ("E100", "0", "district"),
    ],
)
def test_a_hundred_beds_and_special_hospitals_are_decided_by_the_rule_of_the_province(category, beds, level):
    assert route(regime="new", change="establish", category=category, beds_to=beds)["level"] == level


@pytest.mark.parametrize(
    ("category", "branch"),
    [
        ("A100", "health"), ("A210", "tcm"), ("A300", "tcm"), ("A419", "tcm"), ("A511", "health"), ("D110", "health"),
        ("D121", "tcm"), ("D130", "tcm"), ("D140", "tcm"), ("D151", "health"), ("D211", "health"), ("D212", "tcm"),
        ("D213", "tcm"), ("D214", "tcm"), ("D215", "health"), ("", "health"),
    ],
)  # fmt: skip
def test_chinese_medicine_is_decided_by_its_own_administration(category, branch):
    assert route(regime="licensed", change="name", category=category)["branch"] == branch


@pytest.mark.parametrize(
    ("cells", "changes"),
    [
        ({"category": "A100", "beds_from": "60", "beds_to": "130"}, "yes"),
        ({"category": "A511", "beds_from": "110", "beds_to": "90"}, "yes"),
        ({"category": "A100", "beds_from": "99", "beds_to": "98"}, "no"),
        ({"category": "A100", "beds_from": "100", "beds_to": "500"}, "no"),
        ({"category": "A710", "beds_from": "60", "beds_to": "130"}, "no"),
        ({"category": "A100", "beds_from": "60", "beds_to": "130", "investor": "sino_foreign_jv"}, "no"),
        ({"category": "A100", "beds_from": "60", "beds_to": "130", "investor": "hmt_sole"}, "yes"),
    ],
)
def test_another_number_of_beds_may_change_the_pace_of_verification(cells, changes):
    assert route(regime="licensed", change="beds", **cells)["period_change"] == changes
    assert route(regime="elderly_inner", change="beds", **cells)["period_change"] == "no"
    assert route(regime="licensed", change="name", **cells)["period_change"] == ""
