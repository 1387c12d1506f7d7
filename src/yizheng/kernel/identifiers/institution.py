"""Registration numbers of medical institutions (医疗机构登记号, WS 218): organisation code, area, economic type, category, class.

22 characters. Where there is no organisation code the health authority gives a temporary one, printed with a hyphen
before its last character; it need not satisfy GB 11714. The number is kept without the hyphen.
"""

import re
from typing import NamedTuple

from yizheng.kernel import codes
from yizheng.kernel.identifiers.areas import area_known, area_name
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.identifiers.uscc import is_organisation_code
from yizheng.kernel.signs import normalise_number

SHAPE = re.compile(r"[0-9A-Z]{9}[0-9]{6}[0-9]{2}[A-Z][0-9]{3}[0-9]")
SEGMENTS = (9, 6, 2, 4, 1)
"""How many characters each part has."""
TEMPORARY = "PDY"
"""How a temporary organisation code begins."""
_HYPHENS = frozenset("-－‐‑‒–—−")


class Segments(NamedTuple):
    """The parts of a registration number."""

    organisation_code: str
    region: str
    economic_type: str
    category: str
    classification: str

    @classmethod
    def of(cls, number: str) -> "Segments":
        """Those of a number of 22 characters."""
        return cls(number[:9], number[9:15], number[15:17], number[17:21], number[21])


def check_institution_number(text: str) -> Identified:
    """Read a registration number of 22 characters, or 23 as printed with the hyphen."""
    number = normalise_number(text)
    if not SHAPE.fullmatch(number):
        problem = (
            f"医疗机构登记号应为22位（含连字符23位），现为{len(number)}位，请核对是否漏填或多填"
            if len(number) != 22
            else "医疗机构登记号应由9位机构代码、6位区划、2位经济类型、4位类别（字母加3位数字）、1位分类管理组成，请逐段核对"
        )
        return Identified(Kind.INSTITUTION_NUMBER, {"number": number}, (problem,))
    temporary = number.startswith(TEMPORARY) or not _HYPHENS.isdisjoint(text)
    return Identified(Kind.INSTITUTION_NUMBER, _parts(number, temporary), tuple(_problems(number, temporary)))


def _parts(number: str, temporary: bool) -> dict[str, str]:
    segments = Segments.of(number)
    organisation_code, region, economic_type, category, classification = segments
    return {
        "number": number,
        **segments._asdict(),
        "organisation_code_kind": "临时代码"
        if temporary and not is_organisation_code(organisation_code)
        else "组织机构代码",
        "region_name": area_name(region),
        "economic_type_name": _name("economic_type", economic_type),
        "category_name": _name("institution_category", category) or _name("institution_category", category[0]),
        "classification_name": _name("institution_classification", classification),
    }


def _name(table: str, code: str) -> str:
    found = codes.table(table).get(code)
    return found.name if found else ""


def _problems(number: str, temporary: bool) -> list[str]:
    organisation_code, region, economic_type, category, classification = Segments.of(number)
    problems = []
    if not temporary and not is_organisation_code(organisation_code):
        problems.append("医疗机构登记号第1—9位组织机构代码校验码不符，请核对；如为临时代码，请按证上印样带连字符填写")
    if not area_known(region):
        problems.append(f"医疗机构登记号第10—15位“{region}”不是现行或曾用的行政区划代码，请核对")
    if economic_type not in codes.table("economic_type"):
        problems.append(f"医疗机构登记号第16—17位经济类型“{economic_type}”不存在，请核对")
    # the leaves of the standard are not all published, so only the group is held against a number
    if category[0] not in codes.table("institution_category"):
        problems.append(f"医疗机构登记号第18—21位机构类别“{category}”不存在，请核对")
    if classification not in codes.table("institution_classification"):
        problems.append(f"医疗机构登记号第22位分类管理代码“{classification}”应为1、2或9，请核对")
    return problems


def make_institution_number(
    organisation_code: str, area: str, economic_type: str, category: str, classification: str
) -> str:
    """A number from its five segments, as registration composes it."""
    return organisation_code + area + economic_type + category + classification
