"""Names: read as people read them, folded as people mistype them, found by any part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from yizheng.kernel.names import (
    KeyKind,
    bigrams,
    fold_name,
    fold_pinyin,
    initials,
    pinyin,
    query_keys,
    same_name,
    search_keys,
    split_name,
    syllables,
    tidy_name,
)

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.characters(
    min_codepoint=0x20000, max_codepoint=0x2A6DF
)
NAMES = st.text(HAN, min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("name", "reading"),
    [
        ("曾小明", "zengxiaoming"),
        ("单小红", "shanxiaohong"),
        ("单于某", "chanyumou"),
        ("單于某", "chanyumou"),
        ("仇某", "qiumou"),
        ("解某", "xiemou"),
        ("查某", "zhamou"),
        ("朴某", "piaomou"),
        ("万俟某", "moqimou"),
        ("万某", "wanmou"),
        ("尉迟某", "yuchimou"),
        ("尉某", "weimou"),
        ("区某", "oumou"),
        ("盖某", "gemou"),
        ("任某", "renmou"),
        ("华某", "huamou"),
        ("翟某", "zhaimou"),
        ("覃某", "qinmou"),
        ("缪某", "miaomou"),
        ("乐某", "yuemou"),
        ("长孙某", "zhangsunmou"),
        ("長孫某", "zhangsunmou"),
        ("澹台某", "tantaimou"),
        ("令狐某", "linghumou"),
        ("吕某", "lvmou"),
        ("欧阳某某", "ouyangmoumou"),
        ("买买提·艾力", "maimaitiaili"),
        ("Émile Müller", "emilemuller"),
        ("李Anna", "lianna"),
        ("", ""),
        ("·—", ""),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, reading: str) -> None:
    assert pinyin(name) == reading


@given(st.lists(st.sampled_from(sorted(PHRASES_DICT)) | NAMES, min_size=1, max_size=3))
def test_what_is_read_character_by_character_the_dictionary_reads_no_otherwise(parts: list[str]) -> None:
    name = fold_name("".join(parts))
    read = [syllable.replace("ü", "v") for syllable in lazy_pinyin(name, errors="ignore")]
    assert list(syllables(name, person=False)) == read


def test_an_institution_has_no_surname() -> None:
    assert pinyin("解放医院", person=False) == "jiefangyiyuan"
    assert pinyin("解放") == "xiefang"
    assert pinyin("查某医院", person=False) == "chamouyiyuan"
    assert (KeyKind.PINYIN, "chamouyiyuan") in search_keys("查某医院", person=False)


def test_initials_are_of_every_syllable() -> None:
    assert initials("欧阳小明") == "oyxm"
    assert initials("曾小明") == "zxm"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("欧阳小明", ("欧阳", "小明")),
        ("张小明", ("张", "小明")),
        ("買買提·艾力", ("", "買買提·艾力")),
        ("John", ("", "John")),
        ("", ("", "")),
    ],
)
def test_a_name_is_split_into_surname_and_given_name(name: str, parts: tuple[str, str]) -> None:
    assert split_name(name) == parts


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 张 三 ", "张三"),
        ("张　三", "张三"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("Ｊｏｈｎ  Ｓｍｉｔｈ", "John Smith"),
        ("J. Smith", "J. Smith"),
        ("張麗華", "張麗華"),
        ("⽅⽂", "方文"),
        ("\u200b张三\ufeff", "张三"),
        ("𬭎某", "𬭎某"),
        ("某某医院（东院）", "某某医院（东院）"),
        ("J．Smith", "J.Smith"),
        ("买买提。艾力", "买买提·艾力"),
        ("\uf9b4某", "領某"),
    ],
)
def test_a_typed_name_is_kept_tidy_and_otherwise_as_it_is(typed: str, kept: str) -> None:
    assert tidy_name(typed) == kept


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("張麗華", "张丽华"),
        ("陳䶮", "陈龑"),
        ("黃某", "黄某"),
        ("買買提・艾力", "买买提艾力"),
        ("JOHN SMITH", "John Smith"),
        ("José", "jose"),
        ("某某医院（东院）", "某某医院东院"),
    ],
)
def test_writings_of_one_name_fold_to_the_same(one: str, other: str) -> None:
    assert same_name(one, other)


@pytest.mark.parametrize(("one", "other"), [("王琦", "王琪"), ("闫某", "阎某"), ("付某", "傅某"), ("萧某", "肖某")])
def test_look_alikes_are_different_names(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_the_keys_of_a_name() -> None:
    assert search_keys("曾小明") == {
        (KeyKind.NAME, "曾小明"),
        (KeyKind.BIGRAM, "曾小"),
        (KeyKind.BIGRAM, "小明"),
        (KeyKind.PINYIN, "zengxiaoming"),
        (KeyKind.INITIALS, "zxm"),
    }
    assert search_keys("") == set()


def test_a_character_beyond_the_basic_plane_counts_as_one() -> None:
    assert fold_name("\U00031350\U0002ebf0") == "\U00031350\U0002ebf0"
    assert bigrams("𠮷𬭎某") == ["𠮷𬭎", "𬭎某"]
    assert (KeyKind.BIGRAM, "𠮷𬭎") in search_keys("𠮷𬭎")


@pytest.mark.parametrize(
    ("typed", "folded"), [("Zeng Xiao-Ming", "zengxiaoming"), ("lü", "lv"), ("LYU", "lv"), ("nyu", "nv")]
)
def test_typed_pinyin_is_folded(typed: str, folded: str) -> None:
    assert fold_pinyin(typed) == folded


def test_a_question_in_chinese_looks_for_pairs_and_one_in_letters_for_pinyin() -> None:
    assert query_keys("小明").alternatives == ((KeyKind.BIGRAM, ("小明",)),)
    assert query_keys("王").alternatives == ((KeyKind.NAME, ("王",)),)
    assert (KeyKind.INITIALS, ("zxm",)) in query_keys("ZXM").alternatives
    assert query_keys("  ").alternatives == ()


@given(NAMES)
def test_every_name_is_found_by_itself_and_by_its_pinyin(name: str) -> None:
    keys = search_keys(name)
    for question in (name, pinyin(name)):
        if question:
            assert any(all((kind, key) in keys for key in wanted) for kind, wanted in query_keys(question).alternatives)


@given(NAMES)
def test_every_part_of_a_name_folds_as_in_the_whole(name: str) -> None:
    assert fold_name(name) == "".join(fold_name(character) for character in name)


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)
    assert fold_name(fold_name(text)) == fold_name(text)


@given(st.text(max_size=30))
def test_no_text_breaks_the_keys(text: str) -> None:
    assert all(key for _, key in search_keys(text))
    query_keys(text)
