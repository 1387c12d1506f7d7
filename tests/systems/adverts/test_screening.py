"""The screening of adverts: the labelled corpus, and each rule on both sides of its edge (医疗广告管理办法 第五条至第七条、第十六条)."""

from collections import Counter
from datetime import date

import pytest

from benchmarks.advert_texts import corpus
from benchmarks.screening import right, screened
from yizheng.kernel.calculators import BadInput, find
from yizheng.kernel.codes import table
from yizheng.systems.adverts import calculators as _declares  # noqa: F401 — declares adverts.screen
from yizheng.systems.adverts.screening.licence import AdvertLicence
from yizheng.systems.adverts.screening.screen import screen
from yizheng.systems.adverts.screening.vocabulary import ban, holds

LICENCE = AdvertLicence(
    "北京澄怀眼科门诊部", ("澄怀视光",), "北京市西城区澄怀胡同8号", "私人", "眼科门诊部", ("眼科", "小儿眼科专业"), 0
)
NAME = LICENCE.name


def codes(text: str, outlet: str = "ad") -> str:
    return ";".join(screen(text, outlet, LICENCE).codes)


def test_the_corpus_is_large_and_half_of_it_is_clean():
    verdicts = Counter(each.verdict for each in corpus())
    assert len(corpus()) >= 1000
    assert verdicts["violation"] / len(corpus()) < 0.6


def test_the_corpus_is_read_as_labelled():
    answers = screened()
    wrong = [(each.text, found.codes, found.items) for each, found in answers if not right(each, found)]
    assert len(wrong) / len(answers) < 0.01, wrong[:10]


@pytest.mark.parametrize(
    ("clean", "violating", "code"),
    [
        ("地址：北京市西城区澄怀胡同8号", "地址：北京市西城区澄怀胡同18号", "A2"),
        ("所有制形式：私人", "所有制形式：集体", "A3"),
        ("机构类别：眼科门诊部", "机构类别：眼科医院", "A4"),
        ("诊疗科目：小儿眼科专业", "诊疗科目：儿科", "A5"),
        ("床位：0张", "床位：1张", "A6"),
        ("24小时", "24小时见效", "F3"),
        ("最后接诊时间17:00", "最好17:00", "F8"),
        ("电话010-60551208", "比别家好 电话010-60551208", "F5"),
    ],
)
def test_an_allowed_item_passes_and_its_neighbour_is_hit(clean, violating, code):
    assert codes(f"{NAME} {clean}") == ""
    assert codes(f"{NAME} {violating}") == code


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("白内障", "F1"), ("根治", "F2"), ("有效率", "F3"), ("神医", "F4"), ("优于同行", "F5"), ("教授", "F6"), ("武警", "F7"),
        ("唯一", "F8"), ("无痛", "F9"), ("视光中心", "F10"), ("澄怀视光", "F11"), ("欢迎光临", "OUT"),
    ],
)  # fmt: skip
def test_each_ban_is_hit_and_cites_its_articles(words, code):
    found = screen(f"{NAME} {words}", "ad", LICENCE)
    assert found.codes == (code,)
    assert found.hits[0].words in words
    assert found.hits[0].ban.articles


@pytest.mark.parametrize(
    "hidden", ["根*治", "根\u200b治", "根　治", "gēn zhì", "根zhi", "跟治", "冶愈", "治癒", "ｇｅｎｚｈｉ", "包治"]
)
def test_a_word_is_read_through_its_disguise(hidden):
    assert codes(f"{NAME} {hidden}") == "F2"


@pytest.mark.parametrize(
    "quoted", ["不得保证治愈", "依据《医疗广告管理办法》第七条，禁止宣传治愈率", "不保证疗效", "疗效因人而异"]
)
def test_quoted_law_and_disclaimers_trip_no_ban(quoted):
    assert codes(f"{NAME}。{quoted}") == "OUT"


def test_a_disclaimer_frees_only_its_own_clause():
    assert codes(f"{NAME}。保证治愈，疗效因人而异") == "F2"


def test_a_hit_stands_where_it_was_typed():
    text = f"<b>{NAME}</b> 根 * 治"
    (hit,) = screen(text, "ad", LICENCE).hits
    assert text[hit.first : hit.last] == hit.words == "根 * 治"


@pytest.mark.parametrize(
    ("outlet", "words", "verdict", "hits"),
    [
        ("news", "电话010-60551208", "violation", "F12"),
        ("health", "9:00-17:00", "violation", "F12"),
        ("news", "", "review", ""),
        ("recruitment", "根治 010-60551208", "review", ""),
        ("own_site_table", "根治", "review", ""),
        ("ad", "■■■", "review", ""),
        ("ad", "■■■ 根治", "violation", "F2"),
    ],
)
def test_the_outlet_decides_what_a_text_is(outlet, words, verdict, hits):
    found = screen(f"{NAME} {words}", outlet, LICENCE)
    assert (found.verdict, ";".join(found.codes)) == (verdict, hits)


def test_every_rule_of_the_screening_cites_statutes_that_exist():
    assert all(ban(code).articles for code in table("advert_ban"))
    assert holds("F1", date(2007, 1, 1))
    assert not holds("F1", date(2006, 12, 31))


def test_the_calculator_answers_with_verdict_rules_and_items():
    names = [column.name for column in find("adverts.screen").input]
    row = [f"{NAME} 最好", "ad", NAME, "", LICENCE.address, "私人", "眼科门诊部", "眼科", "0", "0"]
    assert find("adverts.screen").answer(names, [row])[1] == [["violation", "F8", "1"]]
    with pytest.raises(BadInput, match="beds"):
        find("adverts.screen").answer(names, [[*row[:8], "二", "0"]])
