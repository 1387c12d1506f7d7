"""Numbers of doctors', nurses' and institutions' certificates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.kernel.identifiers import (
    Identified,
    check_institution_number,
    check_nurse_number,
    check_practice_number,
    check_qualification_number,
    make_institution_number,
    make_nurse_number,
    make_organisation_code,
    make_qualification_number,
    make_resident_id,
)

TODAY = date(2026, 1, 15)
HOLDER = "11010519491231002X"


def says(found: Identified, words: str) -> bool:
    return not found.valid and any(words in problem for problem in found.problems)


def test_a_qualification_number_tells_year_province_level_category_and_holder() -> None:
    found = check_qualification_number(make_qualification_number(2010, "11", "1", "clinical", HOLDER), TODAY)
    assert found.valid
    assert found.number == "201011110" + HOLDER
    assert found.parts["year"] == "2010"
    assert found.parts["province_name"] == "北京市"
    assert found.parts["level_name"] == "执业医师"
    assert found.parts["category"] == "clinical"
    assert found.parts["resident_id"] == HOLDER


def test_an_early_number_of_24_digits_is_valid_and_keeps_its_own_form() -> None:
    found = check_qualification_number("199911110110105491231002", TODAY)
    assert found.valid
    assert found.number == "199911110110105491231002"
    assert found.parts["resident_id"] == HOLDER


@pytest.mark.parametrize("segment", ["41", "42", "43", "49"])
def test_all_segments_of_chinese_medicine_are_read(segment: str) -> None:
    assert check_qualification_number(f"2010111{segment}{HOLDER}", TODAY).valid


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (f"199711110{HOLDER}", "年份“1997”应在1998年至2026年之间"),
        (f"202711110{HOLDER}", "年份“2027”"),
        (f"201099110{HOLDER}", "省级代码“99”不存在"),
        (f"201011310{HOLDER}", "级别位“3”"),
        (f"201011150{HOLDER}", "第8—9位类别代码“50”不存在"),
        ("201011110110105194912310021", "所含身份证号有误"),
        ("2010111101101051949", "应为27位（早期24位），现为19位"),
        (f"20101111O{HOLDER}", "应全部为数字"),
    ],
)
def test_a_wrong_qualification_number_is_told_why(number: str, words: str) -> None:
    assert says(check_qualification_number(number, TODAY), words)


def test_a_practice_number_tells_where_it_was_first_issued() -> None:
    found = check_practice_number("110110105000123")
    assert found.valid
    assert found.parts["region_name"] == "北京市朝阳区"
    assert found.parts["serial"] == "000123"


@pytest.mark.parametrize("area", ["110103", "110104", "110228", "110229", "110000", "320571"])
def test_old_districts_and_areas_of_other_provinces_stay_valid_in_practice_numbers(area: str) -> None:
    assert check_practice_number(f"241{area}000001").valid


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("310110105000123", "级别位“3”"),
        ("150110105000123", "第2—3位类别代码“50”"),
        ("110119905000123", "第4—9位“119905”"),
        ("110990105000123", "第4—9位“990105”"),
        ("11011010500012", "应为15位，现为14位"),
        ("11011010500012A", "应全部为数字"),
    ],
)
def test_a_wrong_practice_number_is_told_why(number: str, words: str) -> None:
    assert says(check_practice_number(number), words)


def test_a_nurse_number_tells_year_and_province() -> None:
    found = check_nurse_number(make_nurse_number(2025, "13", 42), TODAY)
    assert found.valid
    assert found.number == "202513000042"
    assert found.parts["province_name"] == "河北省"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("202711000001", "年份“2027”"),
        ("189911000001", "年份“1899”"),
        ("202599000001", "省级代码“99”"),
        ("20251100001", "12位"),
    ],
)
def test_a_wrong_nurse_number_is_told_why(number: str, words: str) -> None:
    assert says(check_nurse_number(number, TODAY), words)


def test_an_institution_number_is_read_in_its_segments() -> None:
    parts = check_institution_number("E9999001711010511A1001").parts
    assert parts["organisation_code"] == "E99990017"
    assert parts["region_name"] == "北京市朝阳区"
    assert parts["economic_type_name"] == "国有全资"
    assert parts["category_name"] == "综合医院"
    assert parts["classification_name"] == "非营利性医疗机构"


@pytest.mark.parametrize("text", ["E9999001-711010511A1001", "E9999001－7110105 11A1001", "e9999001711010511a1001"])
def test_the_printed_hyphen_is_accepted_and_not_kept(text: str) -> None:
    found = check_institution_number(text)
    assert found.valid
    assert found.number == "E9999001711010511A1001"


def test_a_category_not_listed_is_read_by_its_group() -> None:
    found = check_institution_number("E9999001711010511A9991")
    assert found.valid
    assert found.parts["category_name"] == "医院"


@pytest.mark.parametrize("text", ["PDY00123411010517D2112", "PDY00123-411010517D2112", "AB123456-011010517D2112"])
def test_a_temporary_organisation_code_need_not_check(text: str) -> None:
    found = check_institution_number(text)
    assert found.valid
    assert found.parts["organisation_code_kind"] == "临时代码"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("E9999001811010511A1001", "第1—9位组织机构代码校验码不符"),
        ("E9999001799010511A1001", "第10—15位“990105”"),
        ("E9999001711010599A1001", "经济类型“99”"),
        ("E9999001711010511Z1001", "机构类别“Z100”"),
        ("E9999001711010511A1005", "分类管理代码“5”"),
        ("E9999001711010511A100", "现为21位"),
        ("E99990017110105111A100", "请逐段核对"),
    ],
)
def test_a_wrong_institution_number_is_told_why(number: str, words: str) -> None:
    assert says(check_institution_number(number), words)


@given(st.text("0123456789ABCDEFGH", min_size=8, max_size=8))
def test_a_composed_institution_number_is_read_back(first8: str) -> None:
    number = make_institution_number(make_organisation_code(first8), "110108", "17", "D212", "2")
    assert check_institution_number(number).valid


@given(st.dates(date(1940, 1, 1), date(2000, 1, 1)), st.integers(0, 999), st.integers(1999, 2026))
def test_a_composed_qualification_number_is_read_back(birth: date, serial: int, year: int) -> None:
    holder = make_resident_id("110101", birth, serial)
    found = check_qualification_number(make_qualification_number(year, "11", "2", "stomatology", holder), TODAY)
    assert found.valid
    assert found.parts["resident_id"] == holder


@given(st.text(max_size=30))
def test_no_text_breaks_a_check(text: str) -> None:
    for check in (check_qualification_number, check_practice_number, check_nurse_number, check_institution_number):
        assert check(text).problems or check(text).valid
