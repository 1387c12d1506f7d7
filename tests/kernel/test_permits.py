"""Permits of Hong Kong, Macau and Taiwan residents, and passports."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.kernel.identifiers import check_hmt_permit, check_passport, make_resident_id

TODAY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("text", "number", "origin"),
    [
        ("H12345678", "H12345678", "香港"),
        ("m1234567801", "M1234567801", "澳门"),
        ("01234567", "01234567", "台湾"),
        ("0123456789（B）", "0123456789B", "台湾"),
        ("830000199201300022", "830000199201300022", "台湾"),
    ],
)
def test_every_permit_tells_where_its_holder_comes_from(text: str, number: str, origin: str) -> None:
    found = check_hmt_permit(text, TODAY)
    assert found.valid
    assert found.number == number
    assert found.parts["origin"] == origin


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("830000199201300023", "第18位校验码不符"),
        ("810000199213300022", "不是真实存在的日期"),
        (make_resident_id("820000", date(2026, 1, 16), 1), "晚于今天"),
        ("X12345678", "回乡证为H或M加8位数字"),
        ("H1234567", "回乡证为H或M加8位数字"),
    ],
)
def test_a_wrong_permit_is_told_why(number: str, words: str) -> None:
    assert any(words in problem for problem in check_hmt_permit(number, TODAY).problems)


@given(st.sampled_from(["810000", "820000", "830000"]), st.dates(date(1930, 1, 1), TODAY), st.integers(0, 999))
def test_composed_permits_are_valid(region: str, birth: date, serial: int) -> None:
    assert check_hmt_permit(make_resident_id(region, birth, serial), TODAY).valid
    assert check_hmt_permit(f"H{serial:08d}", TODAY).valid
    assert check_hmt_permit(f"{serial:08d}", TODAY).valid


@pytest.mark.parametrize(
    ("number", "issuer"),
    [
        ("E12345678", "中国"),
        ("EA1234567", "中国"),
        ("G12345678", "中国"),
        ("123456789", "其他国家（地区）"),
        ("C01X00T47", "其他国家（地区）"),
    ],
)
def test_passports_are_told_by_their_series(number: str, issuer: str) -> None:
    found = check_passport(number)
    assert found.valid
    assert found.parts["issuer"] == issuer


@pytest.mark.parametrize("text", ["", "ABC", "ABCDEFGH", "12", "护照123456789", "A1" * 9])
def test_what_is_no_passport_is_refused(text: str) -> None:
    assert not check_passport(text).valid
