"""Resident identity numbers: what stands up, what does not, and what is said about it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.kernel.identifiers import canonical_resident_id, check_resident_id, is_resident_id, make_resident_id
from yizheng.kernel.identifiers.areas import area_names

TODAY = date(2026, 1, 15)
REGIONS = st.sampled_from([*area_names(), "130102", "310101", "440305", "650101"])
BIRTHS = st.dates(date(1900, 1, 1), TODAY)
NUMBERS = st.builds(make_resident_id, REGIONS, BIRTHS, st.integers(0, 999))


@pytest.mark.parametrize(
    "text",
    [
        "11010519491231002X",
        "11010519491231002x",
        " 110105 19491231 002X ",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105491231002",
    ],
)
def test_one_person_written_five_ways_is_one_number(text: str) -> None:
    found = check_resident_id(text, TODAY)
    assert found.valid
    assert found.number == "11010519491231002X"
    assert found.parts["birth_date"] == "1949-12-31"
    assert found.parts["sex"] == "女"
    assert found.parts["region_name"] == "北京市朝阳区"


@pytest.mark.parametrize("region", ["110103", "110104", "110228", "110229", "110224"])
def test_regions_abolished_since_birth_stay_valid(region: str) -> None:
    assert is_resident_id(make_resident_id(region, date(1970, 5, 1), 11), TODAY)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("110105194912310021", "第18位校验码不符"),
        (make_resident_id("110199", date(1980, 1, 1), 1), "第1—6位“110199”不是现行或曾用的行政区划代码"),
        (make_resident_id("319901", date(1980, 1, 1), 1), "第1—6位“319901”"),
        (make_resident_id("990101", date(1980, 1, 1), 1), "第1—6位“990101”"),
        (make_resident_id("660101", date(1980, 1, 1), 1), "第1—6位“660101”"),
        ("110105194902300026", "第7—14位“19490230”不是真实存在的日期"),
        (make_resident_id("110105", date(2026, 1, 16), 2), "2026年1月16日晚于今天"),
        (make_resident_id("110105", date(1849, 12, 31), 2), "1849年过早"),
        ("1101051949123100", "应为18位（旧号15位），现为16位"),
        ("11010519491231A02X", "应全部为数字"),
        ("", "现为0位"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(number: str, words: str) -> None:
    found = check_resident_id(number, TODAY)
    assert not found.valid
    assert not is_resident_id(number, TODAY)
    assert any(words in problem for problem in found.problems)


@pytest.mark.parametrize(
    ("region", "name"),
    [
        ("110105", "北京市朝阳区"),
        ("110224", "北京市大兴县"),
        ("110000", "北京市"),
        ("130102", "河北省石家庄市长安区"),
        ("310230", "上海市崇明县"),
        ("429004", "湖北省仙桃市"),
        ("330199", "浙江省杭州市"),
    ],
)
def test_a_region_is_named_as_it_was(region: str, name: str) -> None:
    found = check_resident_id(make_resident_id(region, date(1970, 1, 1), 1), TODAY)
    assert found.valid
    assert found.parts["region_name"] == name


def test_a_child_born_today_has_a_valid_number() -> None:
    assert is_resident_id(make_resident_id("110105", TODAY, 1), TODAY)


@given(NUMBERS)
def test_a_composed_number_is_read_back(number: str) -> None:
    found = check_resident_id(number, TODAY)
    assert found.valid, found.problems
    assert (
        make_resident_id(
            found.parts["region"], date.fromisoformat(found.parts["birth_date"]), int(found.parts["serial"])
        )
        == number
    )
    assert (found.parts["sex"] == "男") == (int(found.parts["serial"]) % 2 == 1)


@given(NUMBERS, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_one_changed_character_is_noticed(number: str, place: int, character: str) -> None:
    changed = number[:place] + character + number[place + 1 :]
    assert is_resident_id(changed, TODAY) == (changed == number)


@given(NUMBERS, st.integers(0, 16))
def test_any_two_neighbours_swapped_are_noticed(number: str, place: int) -> None:
    changed = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    assert is_resident_id(changed, TODAY) == (changed == number)


@given(REGIONS, st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 999))
def test_fifteen_and_eighteen_digits_meet_in_one_form(region: str, birth: date, serial: int) -> None:
    old = f"{region}{birth:%y%m%d}{serial:03d}"
    assert canonical_resident_id(old) == make_resident_id(region, birth, serial)


@given(st.text(max_size=40))
def test_no_text_breaks_the_check(text: str) -> None:
    assert check_resident_id(text, TODAY).valid == is_resident_id(text, TODAY)
