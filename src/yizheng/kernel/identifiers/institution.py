"""Registration numbers of medical institutions (医疗机构登记号, WS 218): organisation code, area, economic type, category, class.

22 characters. Where there is no organisation code the health authority gives a temporary one, printed with a hyphen
before its last character; it need not satisfy GB 11714. The number is kept without the hyphen.
"""

import re

from yizheng.kernel import codes
from yizheng.kernel.identifiers.areas import area_known, area_name
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.identifiers.uscc import is_organisation_code
from yizheng.kernel.signs import normalise_number

_SHAPE = re.compile(r"[0-9A-Z]{9}[0-9]{6}[0-9]{2}[A-Z][0-9]{3}[0-9]")
_HYPHENS = frozenset("-－‐‑‒–—−")
_TEMPORARY = "PDY"


def check_institution_number(text: str) -> Identified:
    """Read a registration number of 22 characters, or 23 as printed with the hyphen."""
    number = normalise_number(text)
    if not _SHAPE.fullmatch(number):
        problem = (
            f"医疗机构登记号应为22位（含连字符23位），现为{len(number)}位，请核对是否漏填或多填"
            if len(number) != 22
            else "医疗机构登记号应由9位机构代码、6位区划、2位经济类型、4位类别（字母加3位数字）、1位分类管理组成，请逐段核对"
        )
        return Identified(Kind.INSTITUTION_NUMBER, {"number": number}, (problem,))
    temporary = number.startswith(_TEMPORARY) or not _HYPHENS.isdisjoint(text)
    return Identified(Kind.INSTITUTION_NUMBER, _parts(number, temporary), tuple(_problems(number, temporary)))


def _parts(number: str, temporary: bool) -> dict[str, str]:
    return {
        "number": number,
        "organisation_code": number[:9],
        "organisation_code_kind": "临时代码" if temporary and not is_organisation_code(number[:9]) else "组织机构代码",
        "region": number[9:15],
        "region_name": area_name(number[9:15]),
        "economic_type": number[15:17],
        "economic_type_name": _name("economic_type", number[15:17]),
        "category": number[17:21],
        "category_name": _name("institution_category", number[17:21]) or _name("institution_category", number[17]),
        "classification": number[21],
        "classification_name": _name("institution_classification", number[21]),
    }


def _name(table: str, code: str) -> str:
    found = codes.table(table).get(code)
    return found.name if found else ""


def _problems(number: str, temporary: bool) -> list[str]:
    problems = []
    if not temporary and not is_organisation_code(number[:9]):
        problems.append("医疗机构登记号第1—9位组织机构代码校验码不符，请核对；如为临时代码，请按证上印样带连字符填写")
    if not area_known(number[9:15]):
        problems.append(f"医疗机构登记号第10—15位“{number[9:15]}”不是现行或曾用的行政区划代码，请核对")
    if number[15:17] not in codes.table("economic_type"):
        problems.append(f"医疗机构登记号第16—17位经济类型“{number[15:17]}”不存在，请核对")
    # the leaves of the standard are not all published, so only the group is held against a number
    if number[17] not in codes.table("institution_category"):
        problems.append(f"医疗机构登记号第18—21位机构类别“{number[17:21]}”不存在，请核对")
    if number[21] not in codes.table("institution_classification"):
        problems.append(f"医疗机构登记号第22位分类管理代码“{number[21]}”应为1、2或9，请核对")
    return problems


def make_institution_number(
    organisation_code: str, area: str, economic_type: str, category: str, classification: str
) -> str:
    """A number from its five segments, as registration composes it."""
    return organisation_code + area + economic_type + category + classification
