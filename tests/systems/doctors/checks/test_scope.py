"""The scope belongs to the category, is one unless at the grass roots, and the institution can offer it."""

from dataclasses import replace
from datetime import date

import pytest

from yizheng.kernel.codes import table
from yizheng.licensing.findings import Severity
from yizheng.systems.doctors.checks.scope import scope_fits_subjects, scope_within_category

TODAY = date(2025, 6, 2)


@pytest.mark.parametrize("scope", [code.code for code in table("practice_scope").items()])
def test_a_scope_belongs_to_one_category_only(but, ask, scope):
    home = table("practice_scope")[scope].parent
    for category in ("clinical", "stomatology", "public_health", "tcm"):
        expected = [] if category == home else ["D-S01"]
        assert ask(scope_within_category, but(category=category, scopes=(scope,)), TODAY) == expected


def test_an_unknown_scope_is_refused(but, ask):
    assert ask(scope_within_category, but(scopes=("99",)), TODAY) == ["D-S01"]


def test_hospitals_take_one_scope_and_the_grass_roots_three(but, ask, employer):
    hospital = replace(employer, category="A100")
    assert ask(scope_within_category, but(employer=hospital, scopes=("11", "21")), TODAY) == ["D-S01"]
    assert ask(scope_within_category, but(scopes=("11", "14", "21")), TODAY) == []
    assert ask(scope_within_category, but(scopes=("11", "14", "21", "12")), TODAY) == ["D-S01"]


def test_a_section_counts_for_its_subject(but, ask, employer):
    only_heart = replace(employer, subjects=frozenset({"03.04"}))
    assert ask(scope_fits_subjects, but(employer=only_heart), TODAY) == []


def test_no_subject_for_the_scope_blocks_and_names_what_is_needed(but):
    (found,) = scope_fits_subjects(but(scopes=("15",)), TODAY)
    assert found.severity is Severity.BLOCK
    assert found.evidence == "对应的诊疗科目：眼科、耳鼻咽喉科"


@pytest.mark.parametrize("scopes", [("21",), ("29",)])
def test_general_practice_and_unmapped_scopes_go_to_a_person(but, scopes):
    (found,) = scope_fits_subjects(but(scopes=scopes), TODAY)
    assert found.severity is Severity.ADVISE


def test_an_institution_without_subjects_goes_to_a_person(but, employer):
    prevention = but(employer=replace(employer, category="J100", subjects=frozenset()), scopes=("41",))
    (found,) = scope_fits_subjects(prevention, TODAY)
    assert found.severity is Severity.ADVISE


def test_a_closed_institution_is_not_asked_for_subjects(but, ask, employer):
    closed = replace(employer, in_force=False, status="注销", subjects=frozenset())
    assert ask(scope_fits_subjects, but(employer=closed), TODAY) == []


def test_a_half_filled_form_is_not_scolded(but, ask):
    assert ask(scope_fits_subjects, but(employer=None), TODAY) == []
    assert ask(scope_within_category, but(employer=None, category=""), TODAY) == []


@pytest.mark.parametrize(("category", "found"), [("C100", []), ("D600", []), ("D212", ["D-S01"]), ("A100", ["D-S01"])])
def test_a_village_clinic_belongs_to_the_grass_roots(category, found, but, ask, employer):
    asked = but(employer=replace(employer, category=category), scopes=("11", "14", "21"))
    assert ask(scope_within_category, asked, TODAY) == found
