"""Names wanted for institutions: what is wrong with them, and who must approve them (细则第四十条至第四十四条).

The labels of ``wanted_names.csv`` were thought through from the articles, those of 栖霞 before any program judged them; those of
云岫 were agreed on afterwards and hold what was reached.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.calculating import ask
from yizheng.systems.institutions import calculators as _declares  # noqa: F401 — declares institutions.name
from yizheng.systems.institutions.naming.rules import WantedName

CASES = Path(__file__).with_name("wanted_names.csv")
PRECISION = 0.98


def name(wanted: str, **cells: str) -> dict[str, str]:
    return ask("institutions.name", name=wanted, **{"category": "A100", "founder_kind": "unit", **cells})


def cases() -> Iterator[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def judged(case: dict[str, str]) -> tuple[str, str]:
    found = name(
        case["name"], category=case["category"], founder_kind=case["kind"], founder_name=case["founder"],
        subjects=case["subjects"],
    )  # fmt: skip
    return found["codes"], found["approval"]


def test_names_are_judged_as_a_reviewer_would():
    labelled = list(cases())
    wrong = [
        (case["name"], judged(case), (case["codes"], case["approval"]))
        for case in labelled
        if judged(case) != (case["codes"], case["approval"])
    ]
    assert len(labelled) >= 300
    assert len(wrong) <= len(labelled) * (1 - PRECISION), wrong


@pytest.mark.parametrize(
    ("wanted", "generic"),
    [
        ("栖霞中心卫生院", "中心卫生院"), ("栖霞卫生院", "卫生院"), ("栖霞急救中心", "急救中心"), ("栖霞医学中心", "中心"),
        ("栖霞社区卫生服务中心", "社区卫生服务中心"), ("栖霞临床检验中心", "临床检验中心"), ("栖霞第二分院", "分院"),
        ("栖霞互联网医院", "互联网医院"), ("栖霞妇幼保健院", "妇幼保健院"), ("栖霞诊 所", "诊所"), ("栖霞诊室", ""),
    ],
)  # fmt: skip
def test_the_generic_name_is_the_longest_of_the_list_at_the_end(wanted, generic):
    assert name(wanted, founder_name="栖霞")["generic"] == generic


def test_a_taken_name_is_told_whatever_its_width_and_blanks():
    asked = {"founder_name": "栖霞", "subjects": "内科", "existing": "和平医院;栖霞 １２０ 医院"}
    assert name("栖霞120医院", **asked)["codes"] == "U1"
    assert name("栖霞121医院", **asked)["codes"] == ""


@pytest.mark.parametrize(
    ("wanted", "cells", "codes"),
    [
        ("通州区医院互联网医院", {"internet": "second", "host_name": "通州区医院"}, ""),
        ("通州区医院 互联网医院", {"internet": "second", "host_name": "通州区医院"}, ""),
        ("通州区互联网医院", {"internet": "second", "host_name": "通州区医院"}, "I1"),
        ("通州区医院栖霞互联网医院", {"internet": "second", "host_name": "通州区医院", "partner_name": "栖霞"}, "I1"),
        ("通州区医院栖霞互联网医院", {"internet": "partner", "host_name": "通州区医院", "partner_name": "栖霞"}, ""),
        ("栖霞通州区医院互联网医院", {"internet": "partner", "host_name": "通州区医院", "partner_name": "栖霞"}, "I1"),
        ("栖霞互联网医院", {"internet": "independent", "founder_name": "栖霞"}, ""),
        ("栖霞口腔互联网医院", {"internet": "independent", "founder_name": "栖霞"}, "I1"),
        ("栖霞国际互联网医院", {"internet": "independent", "founder_name": "栖霞"}, "I1;N1"),
        ("栖霞国际互联网医院", {"internet": "independent", "founder_name": "栖霞国际"}, ""),
        ("通州区中心医院互联网医院", {"internet": "second", "host_name": "通州区中心医院"}, "C1"),
        ("栖霞医院网上医院", {"internet": "second", "host_name": "栖霞医院"}, "I1"),
    ],
)
def test_an_internet_hospital_is_named_after_its_institution_partner_or_founder(wanted, cells, codes):
    assert name(wanted, **{"founder_kind": "government", **cells})["codes"] == codes


def test_every_fault_is_a_sentence_with_its_word_and_its_article():
    wanted = WantedName("朝阳区安和激光诊所", "D211", "person", "陆云帆", subjects=("内科",))
    told = {fault.code: (fault.sentence, str(fault.article)) for fault in wanted.faults}
    assert set(told) == {"R1", "P1", "F2"}
    assert told["R1"][0] == "非政府设置的机构不得含有行政区划名称“朝阳区”"
    assert told["F2"][1] == "《医疗机构管理条例实施细则》第四十二条"
