"""Code tables: every file is in order, and a lookup that fails says so in Chinese."""

import csv
from datetime import date

import pytest

from yizheng.kernel import codes, scopes
from yizheng.kernel.scopes import Fit
from yizheng.kernel.statutes import article

TABLES = sorted(path.stem for path in (codes.DATA / "codes").iterdir())


@pytest.mark.parametrize("name", TABLES)
def test_every_table_is_well_formed(name: str) -> None:
    table = codes.table(name)
    assert len(table) == table.info.rows > 0
    for code in table.items():
        assert code.code == code.code.strip() != ""
        assert code.name == code.name.strip() != ""
        assert code.parent is None or code.parent in codes.table(table.info.parent_table)
        assert code.valid_from is None or code.valid_to is None or code.valid_from < code.valid_to
        assert not any("(" in value or "[?]" in value for value in (code.name, *code.attributes.values()))


def test_every_file_is_on_the_list_of_tables_and_the_other_way_round() -> None:
    with (codes.DATA / "tables.csv").open(encoding="utf-8", newline="") as file:
        assert sorted(row["table"] for row in csv.DictReader(file)) == TABLES


def test_a_code_is_found_by_code_and_by_name() -> None:
    table = codes.table("practice_category")
    assert table["clinical"].name == "临床"
    assert str(table["clinical"]) == "临床"
    found = table.find_by_name(" 公共卫生 ")
    assert found is not None
    assert found.code == "public_health"
    assert table.find_by_name("兽医") is None
    assert table.get("vet") is None
    assert table.get(None) is None
    assert codes.name_of("gender", "2") == "女性"
    assert codes.name_of("gender", "7") == "7"


def test_an_unknown_code_says_which_table_and_what_to_do() -> None:
    with pytest.raises(codes.CodeError, match=r"“性别”代码表中没有代码“7”，请核对后重新填写"):
        codes.table("gender").require("7")


def test_an_unknown_table_is_refused() -> None:
    with pytest.raises(codes.CodeError, match="没有名为“sex”的代码表"):
        codes.table("sex")


def test_an_abolished_district_is_known_but_not_in_force() -> None:
    districts = codes.table("district")
    assert districts["110103"].name == "崇文区"
    assert districts["110103"].attributes["merged_into"] == "110101"
    assert districts.require("110103", on=date(2010, 6, 30)).name == "崇文区"
    with pytest.raises(codes.CodeError, match="不在使用期内，请改用现行代码"):
        districts.require("110103", on=date(2010, 7, 1))


def test_today_the_city_has_sixteen_districts_and_the_development_area() -> None:
    children = [code for code in codes.table("district").items(date(2026, 1, 1)) if code.parent == "110000"]
    assert len(children) == 17
    assert children[-1].code == "BDA"


def test_every_scope_belongs_to_a_category_and_reaches_it_as_root() -> None:
    categories = codes.table("practice_category")
    for scope in codes.table("practice_scope").items():
        assert scope.parent in categories
    assert categories.root("tcm_ethnic").code == "tcm"
    assert categories.root("clinical").code == "clinical"


def test_choices_are_pairs_for_a_form() -> None:
    assert codes.table("practice_level").choices()[0] == ("1", "执业医师")


@pytest.mark.parametrize("name", ["doctor_refusal_reason", "doctor_deregistration_reason", "doctor_leave_reason"])
def test_every_article_a_reason_refers_to_can_be_cited(name: str) -> None:
    for code in codes.table(name).items():
        for reference in code.many("articles"):
            assert str(article(reference)).startswith("《")


def test_every_pair_of_scope_and_subject_is_of_known_codes() -> None:
    with (codes.DATA / "scope_subject.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            assert row["scope"] in codes.table("practice_scope")
            assert row["subject"] in codes.table("clinical_subject")


@pytest.mark.parametrize(
    ("scope", "subjects", "expected"),
    [
        ("11", ["03"], Fit.FULL),
        ("11", ["03.04"], Fit.FULL),
        ("12", ["14.03", "04.03"], Fit.FULL),
        ("12", ["03"], Fit.NONE),
        ("21", ["03"], Fit.REVIEW),
        ("21", ["03", "02"], Fit.REVIEW),
        ("26", ["05.03"], Fit.FULL),
        ("26", ["05"], Fit.NONE),
        ("11", [], Fit.NONE),
        ("99", ["03"], Fit.NONE),
    ],
)
def test_a_scope_fits_the_subjects_of_an_institution(scope: str, subjects: list[str], expected: Fit) -> None:
    assert scopes.fit(scope, subjects) is expected


def test_scopes_and_subjects_lead_to_each_other() -> None:
    assert "03" in scopes.subjects_of("11")
    assert "11" in scopes.scopes_of("03.04")
