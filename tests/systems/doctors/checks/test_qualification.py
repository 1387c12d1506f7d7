"""The qualification must be the applicant's own, and level and category those it was given for."""

from dataclasses import replace
from datetime import date

import pytest

from yizheng.systems.doctors.checks.qualification import as_qualified, holds_qualification

TODAY = date(2025, 6, 2)


def test_an_agreeing_qualification_passes(applicant, ask):
    assert ask(holds_qualification, applicant, TODAY) == []
    assert ask(as_qualified, applicant, TODAY) == []


def test_nobody_registers_without_a_qualification(but, ask):
    assert ask(holds_qualification, but(qualification=None), TODAY) == ["D-Q01"]
    assert ask(as_qualified, but(qualification=None), TODAY) == []


def test_name_identity_and_number_must_agree(but, qualification):
    other_name = holds_qualification(but(name="许南桥"), TODAY)
    other_person = holds_qualification(but(identity_agrees=False), TODAY)
    other_number = holds_qualification(but(qualification=replace(qualification, number_agrees=False)), TODAY)
    assert [found.field for found in (*other_name, *other_person, *other_number)] == [
        "person.name",
        "person.id_number",
        "qualification.qualification_number",
    ]


def test_what_is_not_typed_yet_is_not_held_against_anyone(but, ask, qualification):
    half = but(name="", identity_agrees=None, qualification=replace(qualification, number_agrees=None))
    assert ask(holds_qualification, half, TODAY) == []


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2023, 11, 30), ["D-Q01"]), (date(2023, 12, 1), []), (date(2023, 12, 2), [])]
)
def test_a_qualification_counts_from_its_day(applicant, ask, on, expected):
    assert ask(holds_qualification, applicant, on) == expected


@pytest.mark.parametrize(
    ("held", "wanted", "expected"),
    [
        ("clinical", "clinical", []),
        ("clinical", "tcm", ["D-R15"]),
        ("stomatology", "clinical", ["D-R15"]),
        ("tcm_integrated", "tcm", []),
        ("tcm", "tcm_ethnic", []),
        ("public_health", "clinical", ["D-R15"]),
    ],
)
def test_the_category_is_that_of_the_qualification(but, ask, qualification, held, wanted, expected):
    applicant = but(qualification=replace(qualification, category=held), category=wanted)
    assert ask(as_qualified, applicant, TODAY) == expected


def test_an_assistant_qualification_gives_no_physician(but, ask, qualification):
    assert ask(as_qualified, but(qualification=replace(qualification, level="2")), TODAY) == ["D-R15"]
