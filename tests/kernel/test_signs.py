"""One folding of signs for names, numbers, codes and verification codes."""

import pytest

from yizheng.documents.codes import grouped, new_code, read
from yizheng.kernel import codes
from yizheng.kernel.identifiers import normalise_number
from yizheng.kernel.names import fault_of_name, fold_name, same_name, tidy_name
from yizheng.kernel.signs import PRIVATE_USE, half_width, is_formula_like, neutralised, visible

UNSEEN = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u2060\ufe0f\ufeff\xad\x1f\x7f\U000e0100"
)


@pytest.mark.parametrize("sign", UNSEEN)
def test_what_nobody_sees_is_never_kept(sign: str) -> None:
    assert tidy_name(f"云{sign}中雀{sign}") == "云中雀"
    assert normalise_number(f"{sign}1101{sign}08x") == "110108X"
    assert half_width(f"（{sign}甲）") == "(甲)"
    code = new_code()
    assert read(sign.join(code)) == code


@pytest.mark.parametrize("between", ["-", "–", "—", "－", "\xa0", "\u200b", "　", " ", "\u2009", "\t"])
def test_a_verification_code_is_found_however_it_is_typed(between: str) -> None:
    code = new_code()
    typed = "".join(chr(ord(one) + 0xFEE0) for one in code.lower())
    assert read(between.join([typed[:5], typed[5:13], typed[13:]])) == code
    assert read(grouped(code).replace("-", between)) == code


def test_characters_that_gbk_had_for_itself_are_those_of_unicode() -> None:
    assert tidy_name("李\ue863") == "李\u4dae" == tidy_name(b"\xc0\xee\xfe\x9f".decode("gb18030"))
    assert same_name("李\ue863", "李䶮")
    assert fold_name("\ue831") == fold_name("\U000215d7")
    assert not [one for one in PRIVATE_USE.values() if "\ue000" <= one <= "\uf8ff"]


def test_a_character_of_the_senders_own_fonts_is_told() -> None:
    assert "自造的字" in fault_of_name("李\ue000")
    assert fault_of_name("李\ue863") == fault_of_name("林知夏") == fault_of_name("O'Neil-Smith") == ""


@pytest.mark.parametrize("name", ["=1+1", "+甲", "-甲", "@甲", "＝甲", "＠SUM", " =甲", "\u200e=甲"])
def test_a_name_that_a_spreadsheet_would_run_is_refused_and_neutralised(name: str) -> None:
    assert "不能以" in fault_of_name(name)
    assert neutralised(name).startswith("'")


@pytest.mark.parametrize("text", ["-5", "+3.5", "林知夏", "", "1-2", "-12%"])
def test_numbers_and_plain_texts_are_left_as_they_are(text: str) -> None:
    assert neutralised(text) == text == visible(text)


def test_a_code_is_found_by_its_name_in_either_width_and_an_unknown_one_by_its_neighbours() -> None:
    table = codes.table("exam_category")
    for code in table.items():
        wide = code.name.replace("(", "（").replace(")", "）")
        for written in (wide, half_width(wide), f" {wide}\u200b"):
            assert (found := table.find_by_name(written)) is not None
            assert half_width(found.name) == half_width(code.name)
    assert any("中医执业医师" in name for name in table.nearest_names("中医执业医生"))
    assert table.nearest_names("完全无关的文字") == []


def test_only_the_first_sign_makes_a_formula() -> None:
    assert is_formula_like("@x")
    assert not is_formula_like("x@y")
