"""Two records of institutions: the same, different, or for a person to look at."""

import csv
from pathlib import Path

import pytest

from tests.calculating import ask
from yizheng.kernel.identifiers import make_institution_number, make_organisation_code, make_uscc
from yizheng.systems.institutions import calculators as _declares  # noqa: F401 — declares institutions.linkage

CASES = Path(__file__).with_name("linked_names.csv")
FIRST, SECOND = make_organisation_code("C7Q2WM4D"), make_organisation_code("E2T2Y8FN")
USCC = make_uscc("91", "110105", FIRST)
BROKEN = USCC[:17] + ("0" if USCC[17] != "0" else "1")
SAME, DIFFERENT, REVIEW = "same", "different", "review"


def number(organisation: str, category: str = "D151") -> str:
    return make_institution_number(organisation, "110106", "17", category, "2")


def linkage(one: dict[str, str], other: dict[str, str]) -> str:
    sides = (("a", one), ("b", other))
    return ask("institutions.linkage", **{f"{name}_{side}": cell for side, row in sides for name, cell in row.items()})[
        "answer"
    ]


def record(name: str = "澄怀诊所", address: str = "", **codes: str) -> dict[str, str]:
    return {"name": name, "address": address, **codes}


def test_names_at_other_addresses_are_told_apart_as_a_reviewer_would():
    with CASES.open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    wrong = [
        case
        for case in cases
        if (
            linkage(record(case["name_a"]), record(case["name_b"])),
            linkage(record(case["name_b"]), record(case["name_a"])),
        )
        != (case["answer"], case["answer"])
    ]
    assert len(wrong) <= len(cases) * 0.03, wrong


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [
        (record(uscc=USCC), record("北京澄怀诊所有限公司", reg_no=number(FIRST)), SAME),
        (record(uscc=USCC), record("安澜诊所", uscc=USCC), REVIEW),
        (record(uscc=USCC, reg_no=number(FIRST), address="甲路1号"), record("安澜诊所", "甲路1号", reg_no=number(FIRST)), SAME),
        (record(uscc=USCC, reg_no=number(FIRST), address="甲路1号"), record("安澜诊所", "甲路2号", reg_no=number(FIRST)), REVIEW),
        (record(reg_no=number(FIRST), address="甲路1号"), record("安澜诊所", "甲路1号", reg_no=number(FIRST, "D152")), REVIEW),
        (record(uscc=USCC, address="甲路1号"), record("澄怀诊所望京分院", "乙路9号", uscc=USCC), REVIEW),
        (record(uscc=USCC, address="甲路1号"), record(address="甲路1号", reg_no=number(SECOND)), REVIEW),
        (record(uscc=USCC, address="甲路1号"), record(address="乙路1号", reg_no=number(SECOND)), DIFFERENT),
        (record(uscc=USCC, address="甲路1号"), record("安澜诊所", "甲路1号", reg_no=number(SECOND)), DIFFERENT),
        (record(uscc=USCC), record(reg_no=number(SECOND)), DIFFERENT),
    ],
)  # fmt: skip
def test_codes_decide_first(one, other, answer):
    assert linkage(one, other) == linkage(other, one) == answer


@pytest.mark.parametrize(
    ("ours", "theirs", "answer"),
    [
        ({"uscc": BROKEN}, {"uscc": USCC}, REVIEW),
        ({"uscc": BROKEN, "reg_no": number(FIRST)}, {"uscc": USCC}, SAME),
        ({"reg_no": "110106000123"}, {"reg_no": "110106000123"}, REVIEW),
        ({"reg_no": "110106000123456"}, {"uscc": USCC}, REVIEW),
        ({"reg_no": "110106000123456789"}, {"reg_no": number(SECOND)}, REVIEW),
        ({"reg_no": number("PDY012345")}, {"reg_no": number("PDY012345")}, SAME),
        ({"reg_no": number("PDY01234") [:8] + "-" + number("PDY012345")[8:]}, {"reg_no": number("PDY012345")}, SAME),
        ({"reg_no": number("PDY012345")}, {"reg_no": number("PDY012346")}, REVIEW),
        ({"reg_no": number("PDY012345")}, {"uscc": USCC}, REVIEW),
        ({"reg_no": number("PDY012345"), "uscc": USCC}, {"reg_no": number(SECOND)}, DIFFERENT),
        ({"reg_no": number("C7Q2WM4D0")}, {"uscc": USCC}, REVIEW),
    ],
)  # fmt: skip
def test_broken_legacy_and_temporary_numbers_are_no_code(ours, theirs, answer):
    assert linkage(record(**ours), record(**theirs)) == answer


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("丰台区安澜路3号", "丰台区安澜路３号", True),
        ("北京市丰台区安澜路3号", "丰台区安澜路三号", True),
        ("安澜路十二号", "安澜路12号", True),
        ("安澜路一百零五号院", "安澜路105号院", True),
        ("安澜路二〇三号", "安澜路203号", True),
        ("安澜路二十号3层", "安澜路20号三层", True),
        ("崇文区甲路1号", "东城区甲路1号", True),
        ("丰臺區安瀾路3號", "丰台区安澜路3号", True),
        ("安澜路3号 1层", "安澜路3号1层", True),
        ("安澜路3号", "安澜路4号", False),
        ("安澜路十三号", "安澜路30号", False),
        ("安澜路3号", "安澜路3号1层", False),
        ("", "", False),
    ],
)
def test_addresses_agree_in_any_writing(one, other, agree):
    assert linkage(record(address=one), record(address=other)) == (SAME if agree else REVIEW)
    assert linkage(record("仁和医院", one), record("同济医院", other)) == (REVIEW if agree else DIFFERENT)


@pytest.mark.parametrize(
    ("ours", "theirs", "agree"),
    [
        ("110106", "110106", True), ("110106", "110112", False), ("110103", "110101", True),
        ("110228", "110118", True), ("110106", "", True), ("", "", True),
    ],
)  # fmt: skip
def test_addresses_of_two_districts_do_not_agree(ours, theirs, agree):
    one, other = record(address="安澜路3号", district=ours), record(address="安澜路3号", district=theirs)
    assert linkage(one, other) == (SAME if agree else REVIEW)
