"""Unified social credit codes and organisation codes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizheng.kernel.identifiers import check_uscc, is_organisation_code, make_organisation_code, make_uscc
from yizheng.kernel.identifiers.uscc import ALPHABET

ORGANISATIONS = st.text("0123456789ABCDEFGH", min_size=8, max_size=8).map(make_organisation_code)
CODES = st.builds(
    make_uscc,
    st.sampled_from(["11", "12", "52", "91", "92", "A1"]),
    st.sampled_from(["110105", "110000", "310101"]),
    ORGANISATIONS,
)


@pytest.mark.parametrize("code", ["12110105E99990017X", "52110108E999900175", "91110101E99990017Y"])
def test_synthetic_codes_with_right_checks_are_valid(code: str) -> None:
    found = check_uscc(code)
    assert found.valid
    assert found.parts["organisation_code"] == "E99990017"


def test_parts_are_named() -> None:
    parts = check_uscc("52110108e999900175").parts
    assert (parts["authority"], parts["kind"], parts["region_name"]) == ("民政", "民办非企业单位", "北京市海淀区")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("12110105E999900170", "第18位校验码不符"),
        (make_uscc("12", "110105", "E99990018"), "第9—17位主体标识码的校验码不符"),
        (make_uscc("99", "110105", "E99990017"), "第1—2位“99”"),
        (make_uscc("12", "990105", "E99990017"), "第3—8位“990105”"),
        ("12110105E99990O17X", "不会出现“O”"),
        ("12110105", "现为8位"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(code: str, words: str) -> None:
    assert any(words in problem for problem in check_uscc(code).problems)


@given(CODES)
def test_a_composed_code_is_read_back(code: str) -> None:
    assert check_uscc(code).valid
    assert is_organisation_code(code[8:17])


@given(CODES, st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_one_changed_character_is_noticed(code: str, place: int, character: str) -> None:
    changed = code[:place] + character + code[place + 1 :]
    assert check_uscc(changed).valid == (changed == code)


@given(st.text(max_size=30))
def test_no_text_breaks_the_check(text: str) -> None:
    check_uscc(text)
    assert is_organisation_code(text) in (True, False)
