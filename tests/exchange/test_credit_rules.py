"""The eleven rules of 双公示, each on both sides of its edge (发改办财金〔2018〕424号)."""

import pytest

from yizheng.exchange.credit import calculators as _declares  # noqa: F401 — declares disclosure.sgs
from yizheng.kernel.calculators import BadInput, find

ORGAN, PARTY, RESIDENT = "11110000E2T2Y8FN5D", "91110105MA71QK7B16", "110101199003070011"
LICENSE = {
    "XK_XDR_MC": "北京安和里口腔门诊部有限公司", "XK_XDR_LB": "法人及非法人组织", "XK_XDR_SHXYM": PARTY, "XK_FRDB": "魏知行",
    "XK_XKWS": "医疗广告审查证明", "XK_WSH": "(京)医广〔2026〕第06-10-71号", "XK_XKLB": "核准", "XK_NR": "同意发布",
    "XK_JDRQ": "2026/06/10", "XK_YXQZ": "2026/06/10", "XK_YXQZI": "2027/06/09", "XK_XKJG": "北京市卫生健康委员会",
    "XK_XKJGDM": ORGAN, "XK_ZT": "1", "XK_LYDW": "北京市卫生健康委员会", "XK_LYDWDM": ORGAN,
}  # fmt: skip
PENALTY = {
    "CF_XDR_MC": "北京清晏中医诊所", "CF_XDR_LB": "法人及非法人组织", "CF_XDR_SHXYM": PARTY, "CF_FRDB": "陆怀谷",
    "CF_WSH": "京丰卫医罚〔2026〕171号", "CF_WFXW": "超范围", "CF_SY": "超出备案科目", "CF_YJ": "中医药法第五十四条",
    "CF_CFLB": "罚款", "CF_NR": "罚款壹万元", "CF_NR_FK": "1", "CF_JDRQ": "2026/06/15", "CF_YXQ": "2099/12/31",
    "CF_CFJG": "北京市丰台区卫生健康委员会", "CF_CFJGDM": ORGAN, "CF_SJLY": "北京市丰台区卫生健康委员会", "CF_SJLYDM": ORGAN,
}  # fmt: skip
PERSON = {"XK_XDR_LB": "自然人", "XK_XDR_SHXYM": "", "XK_FRDB": "", "XK_XDR_ZJLX": "身份证", "XK_XDR_ZJHM": RESIDENT}


def ask(table: str, *rows: dict[str, str], today: str = "2026-06-16") -> list[tuple[str, str]]:
    names = [column.name for column in find("disclosure.sgs").tables[table]]
    lines = [[row.get(name, "") for name in names] for row in rows]
    _, answers = find("disclosure.sgs").answer(names, lines, {"table": table, "today": today})
    return [(rules, workdays) for rules, workdays in answers]


def license_(today: str = "2026-06-16", **cells: str) -> str:
    return ask("license", {**LICENSE, **cells}, today=today)[0][0]


def penalty(**cells: str) -> str:
    return ask("penalty", {**PENALTY, **cells})[0][0]


def test_records_without_a_fault_break_nothing():
    assert license_() == penalty() == license_(**PERSON) == ""
    assert license_(XK_XDR_LB="个体工商户") == ""


@pytest.mark.parametrize("name", [*LICENSE])
def test_each_required_field_breaks_only_the_first_rule(name):
    assert license_(**{name: ""}) == "1"


@pytest.mark.parametrize("name", ["XK_XDR_ZJLX", "XK_XDR_ZJHM"])
def test_a_person_has_a_paper_and_its_number(name):
    assert license_(**{**PERSON, name: ""}) == "1"


def test_what_is_given_asks_for_what_belongs_to_it():
    assert license_(XK_XKZS="证明") == "1"
    assert license_(XK_XKZS="证明", XK_XKBH="1") == ""
    assert license_(XK_FR_ZJLX="身份证") == penalty(CF_FR_ZJLX="身份证") == "1"
    assert license_(XK_FR_ZJLX="身份证", XK_FR_ZJHM="1") == ""
    assert penalty(CF_CFLB="吊销许可证件", CF_NR_FK="") == penalty(CF_CFLB="暂扣许可证件", CF_NR_FK="") == "1"
    assert penalty(CF_CFLB="吊销许可证件", CF_NR_FK="", CF_NR_ZKDX="执业许可证") == ""


@pytest.mark.parametrize(
    "value", ["无", "/", "-", "NULL", "null", "测试", " 同意", "同意\u3000", "同\n意", "同\r意", "同\ufffd意"]
)
def test_placeholders_blanks_and_lost_characters_are_no_value(value):
    assert license_(XK_NR=value) == license_(BZ=value) == "2"


@pytest.mark.parametrize("value", ["无异议", "a/b", "测试用房", "--"])
def test_a_placeholder_is_a_whole_value(value):
    assert license_(XK_NR=value) == ""


def test_codes_have_their_check_character_and_organs_begin_with_one():
    assert license_(XK_XDR_SHXYM=PARTY[:-1] + "7") == license_(XK_LYDWDM=ORGAN.lower()) == "3"
    assert license_(XK_XKJGDM=PARTY) == license_(XK_LYDWDM=PARTY) == penalty(CF_SJLYDM=PARTY) == "3"


def test_the_party_and_its_codes_are_of_one_kind():
    assert license_(XK_XDR_LB="企业") == "4"
    for name in ("XK_XDR_SHXYM", "XK_XDR_GSZC", "XK_XDR_ZZJG", "XK_XDR_SWDJ", "XK_XDR_SYDW", "XK_XDR_SHZZ"):
        assert license_(**{**PERSON, name: PARTY if name.endswith("SHXYM") else "1"}) == "4"
    assert license_(XK_XDR_ZJLX="护照号") == license_(XK_XDR_ZJHM="E1") == "4"
    assert license_(**{**PERSON, "XK_XDR_ZJHM": RESIDENT[:-1] + "2"}) == "4"
    assert license_(**{**PERSON, "XK_XDR_ZJLX": "护照号", "XK_XDR_ZJHM": "E1"}) == ""


def test_days_are_real_and_in_order():
    for wrong in ("2026-06-10", "2026/6/10", "2026/06/31"):
        assert license_(XK_YXQZ=wrong) == "5"
    assert license_(XK_JDRQ="2026/06/17") == "5"
    assert license_(XK_YXQZ="2027/06/10") == "5"
    assert license_(XK_YXQZ="2027/06/09") == ""
    assert penalty(CF_YXQ="2026/06/14") == penalty(CF_GSJZQ="2026/06/14") == "5"
    assert penalty(CF_YXQ="2026/06/15", CF_GSJZQ="2026/06/15") == ""


def test_lengths_are_counted_in_characters():
    assert license_(XK_XDR_MC="京" * 200) == ""
    assert license_(XK_XDR_MC="京" * 201) == license_(XK_ZT="10") == "6"
    assert license_(XK_XDR_SHXYM=PARTY * 2) == "3"


def test_categories_are_those_of_the_list():
    assert (
        license_(XK_XKLB="普通;其他-审查") == penalty(CF_CFLB="罚款;没收违法所得、没收非法财物", CF_NR_WFFF="0") == ""
    )
    for wrong in ("审查", "普通；核准", "普通;", "其他", "其他-", "其他- "):
        assert "7" in license_(XK_XKLB=wrong).split(";")
    assert penalty(CF_CFLB="罚款;没收违法所得", CF_NR_WFFF="0") == "7"


def test_of_two_rows_about_one_decision_the_later_is_the_fault():
    assert [rules for rules, _ in ask("license", LICENSE, LICENSE, {**LICENSE, "XK_XKJG": "另一机关"})] == ["", "8", ""]
    nameless = {**LICENSE, "XK_WSH": ""}
    assert [rules for rules, _ in ask("license", nameless, nameless)] == ["1", "1"]


@pytest.mark.parametrize("amount", ["", "2万", "-1", "1.", ".5", "0.1234567", "1,000", "１"])
def test_a_fine_is_a_plain_amount(amount):
    assert penalty(CF_NR_FK=amount) == "9"


@pytest.mark.parametrize("amount", ["0", "1.5", "0.123456"])
def test_a_fine_has_up_to_six_decimals(amount):
    assert penalty(CF_NR_FK=amount) == ""


def test_an_amount_is_asked_for_by_its_kind_of_penalty():
    assert penalty(CF_CFLB="警告", CF_NR_FK="") == ""
    assert penalty(CF_CFLB="没收违法所得、没收非法财物", CF_NR_FK="") == "9"


def test_the_register_of_codes_knows_the_name():
    assert license_(register_name="另一公司") == "10"
    assert license_(register_name=LICENSE["XK_XDR_MC"]) == ""


@pytest.mark.parametrize(("today", "answer"), [("2026-06-22", ("", "7")), ("2026-06-23", ("11", "8"))])
def test_seven_working_days_are_in_time(today, answer):
    # Dragon Boat Festival: 19 to 21 June 2026
    assert ask("license", LICENSE, today=today) == [answer]


def test_days_count_until_it_was_first_sent():
    assert ask("license", {**LICENSE, "first_sent": "2026-06-12"}, today="2026-12-01") == [("", "2")]
    assert ask("license", {**LICENSE, "XK_JDRQ": "2026/06/17"}) == [("5", "")]


@pytest.mark.parametrize(
    "parameters", [{}, {"table": "x", "today": "2026-01-01"}, {"table": "license"}, {"table": "license", "today": "x"}]
)
def test_table_and_day_are_asked_for(parameters):
    names = [column.name for column in find("disclosure.sgs").tables["license"]]
    with pytest.raises(BadInput, match="参数“"):
        find("disclosure.sgs").answer(names, [[LICENSE.get(name, "") for name in names]], parameters)
