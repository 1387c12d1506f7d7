"""Numbers of institutions as they are typed: what they are, their parts, and where they disagree with the register."""

import pytest

from tests.calculating import ask
from yizheng.kernel.identifiers import make_organisation_code, make_uscc
from yizheng.systems.institutions import calculators as _declares  # noqa: F401 — declares institutions.number

ORGANISATION = make_organisation_code("C7Q2WM4D")
USCC = make_uscc("91", "110105", ORGANISATION)
WRONG_CHECK = USCC[:17] + ("0" if USCC[17] != "0" else "1")


def number(text: str, **cells: str) -> dict[str, str]:
    return ask("institutions.number", text=text, **{"declared": "reg_no", **cells})


def problems(text: str, **cells: str) -> str:
    return number(text, **cells)["problems"]


def registration(region: str = "110112", rest: str = "17D2122", organisation: str = ORGANISATION) -> str:
    return organisation + region + rest


def test_a_number_as_printed_is_read_into_its_parts():
    printed = "c7q2wm4d－" + registration()[8:].lower() + " "
    assert number(printed, nature="3", uscc=USCC) == {
        "kind": "reg_no", "valid": "yes", "normal": registration(), "org_code": ORGANISATION, "region": "110112",
        "economic": "17", "category": "D212", "classification": "2", "problems": "",
    }  # fmt: skip


def test_a_uscc_holds_region_and_organisation_code():
    found = number(USCC, declared="uscc", nature="3")
    assert (found["valid"], found["org_code"], found["region"], found["economic"]) == (
        "yes",
        ORGANISATION,
        "110105",
        "",
    )


def test_an_organisation_code_is_its_own_part():
    found = number(ORGANISATION[:8] + "-" + ORGANISATION[8], declared="org_code")
    assert (found["valid"], found["normal"], found["org_code"]) == ("yes", ORGANISATION, ORGANISATION)


@pytest.mark.parametrize(
    ("text", "declared", "expected"),
    [
        (registration()[:8] + "—" + registration()[8:], "reg_no", ""),
        (registration()[:8] + "--" + registration()[8:], "reg_no", ""),
        (registration()[:9] + "-" + registration()[9:], "reg_no", "hyphen"),
        ("-" + registration(), "reg_no", "hyphen"),
        (USCC[:8] + "-" + USCC[8:], "uscc", "hyphen"),
        (registration() + "-1", "reg_no", "hyphen;length"),
    ],
)
def test_a_hyphen_stands_before_the_ninth_character_alone(text, declared, expected):
    assert problems(text, declared=declared) == expected


@pytest.mark.parametrize(
    ("text", "region"), [("110105000123", "110105"), ("110103000123", "110103"), ("120105000123", "")]
)
def test_twelve_digits_are_a_legacy_number_and_name_a_beijing_area(text, region):
    found = number(text)
    assert (found["kind"], found["valid"], found["region"], found["normal"]) == ("legacy", "yes", region, text)


@pytest.mark.parametrize("digits", [15, 18])
def test_fifteen_and_eighteen_digits_are_legacy_and_nothing_more_is_judged(digits):
    found = number("1" * digits, uscc=USCC, nature="1", issued="2026-01-01")
    assert (found["kind"], found["valid"], found["region"], found["problems"]) == ("legacy", "yes", "", "")


@pytest.mark.parametrize(
    ("text", "declared", "problem"),
    [
        ("1" * 12, "org_code", "length"),
        ("1" * 13, "reg_no", "length"),
        (registration() + "1", "reg_no", "length"),
        ("", "uscc", "length"),
        (registration()[:-1] + "A", "reg_no", "chars"),
        (registration(rest="171212A"), "reg_no", "chars"),
        (USCC[:17] + "I", "uscc", "chars"),
        ("1234567A9", "org_code", ""),
        ("C7Q2WM4DA", "org_code", "chars"),
    ],
)
def test_what_has_the_wrong_shape_is_invalid_and_has_no_parts(text, declared, problem):
    found = number(text, declared=declared)
    if problem:
        expected = {"kind": "invalid", "valid": "no", "problems": problem}
        assert found == dict.fromkeys(found, "") | expected
    else:
        assert found["kind"] == declared


@pytest.mark.parametrize("declared", ["reg_no", "org_code"])
def test_a_wrong_check_of_the_organisation_code_is_told(declared):
    wrong = ORGANISATION[:8] + str((int(ORGANISATION[8].replace("X", "1")) + 1) % 10)
    text = registration(organisation=wrong) if declared == "reg_no" else wrong
    assert "org_check" in problems(text, declared=declared).split(";")


def test_a_temporary_code_needs_no_check_and_no_uscc():
    found = number(registration(organisation="PDY012345"), uscc=USCC)
    assert (found["valid"], found["problems"]) == ("yes", "temp_org")
    assert problems("PDY012345", declared="org_code") == "org_check"


@pytest.mark.parametrize(
    ("region", "issued", "problem"),
    [
        ("119999", "", "region_unknown"),
        ("120101", "", "region_unknown"),
        ("110110", "", "region_unknown"),
        ("110225", "2001-01-01", "region_unknown"),
        ("110000", "2026-01-01", ""),
        ("110103", "", ""),
        ("110103", "2010-06-30", ""),
        ("110104", "2010-07-01", "region_abolished"),
        ("110228", "2015-10-31", ""),
        ("110229", "2015-11-01", "region_abolished"),
        ("110118", "2015-10-31", "region_not_yet"),
        ("110119", "2015-11-01", ""),
        ("110221", "2001-12-31", ""),
        ("110227", "2002-01-01", "region_abolished"),
        ("110116", "1990-01-01", ""),
    ],
)
def test_a_number_keeps_the_area_of_the_day_it_was_issued(region, issued, problem):
    assert problems(registration(region), issued=issued) == problem


@pytest.mark.parametrize(
    ("rest", "nature", "problem", "valid"),
    [
        ("18D2122", "", "economic", "no"),
        ("30D2122", "", "", "yes"),
        ("17D9992", "", "category", "no"),
        ("17D2123", "3", "class_legacy", "yes"),
        ("17D2123", "1", "class_legacy", "yes"),
        ("17D2124", "", "class", "no"),
        ("17D2121", "1", "", "yes"),
        ("17D2121", "2", "", "yes"),
        ("17D2121", "3", "nature_mismatch", "no"),
        ("17D2122", "1", "nature_mismatch", "no"),
        ("17D2129", "9", "", "yes"),
    ],
)
def test_economic_type_category_and_class_stand_in_their_tables(rest, nature, problem, valid):
    found = number(registration(rest=rest), nature=nature)
    assert (found["problems"], found["valid"]) == (problem, valid)


def test_the_check_of_a_uscc_and_its_organisation_code_are_held_against_the_register():
    assert problems(WRONG_CHECK, declared="uscc") == "uscc_check"
    other = make_uscc("91", "110105", make_organisation_code("E2T2Y8FN"))
    assert problems(registration(), uscc=other) == "uscc_mismatch"
    assert problems(registration(), uscc=WRONG_CHECK) == ""


@pytest.mark.parametrize(
    ("kind", "nature", "problem"),
    [
        ("12", "3", "prefix_nature"), ("91", "3", ""), ("92", "3", ""), ("93", "3", ""), ("91", "2", "prefix_nature"),
        ("92", "1", "prefix_nature"), ("93", "1", ""), ("52", "2", ""), ("91", "9", ""),
    ],
)  # fmt: skip
def test_the_beginning_of_a_uscc_goes_with_the_nature(kind, nature, problem):
    uscc = make_uscc(kind, "110105", ORGANISATION)
    classification = {"1": "1", "2": "1", "3": "2", "9": "9"}[nature]
    assert problems(registration(rest=f"17D212{classification}"), uscc=uscc, nature=nature) == problem
    assert problems(uscc, declared="uscc", nature=nature) == problem


def test_an_abolished_area_and_a_nature_that_does_not_fit_are_both_told():
    text = "C7Q2WM4D9" + "11022811B1001"
    assert problems(text, issued="2016-03-01", nature="2", uscc=USCC) == "prefix_nature;region_abolished"
