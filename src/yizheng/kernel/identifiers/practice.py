"""Numbers of the practice certificate (医师执业证书编码): level, category, area of first issue, serial; 15 digits, no check.

The number is fixed at first registration, so its area may since have been abolished and is not held against anyone.
"""

import re

from yizheng.kernel import codes
from yizheng.kernel.identifiers.areas import area_known, area_name
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.identifiers.qualification import category_name, category_segments, level_and_category_problems
from yizheng.kernel.signs import normalise_number

_SHAPE = re.compile(r"[0-9]{15}")


def check_practice_number(text: str) -> Identified:
    """Read a practice number of 15 digits."""
    number = normalise_number(text)
    if not _SHAPE.fullmatch(number):
        problem = (
            f"医师执业证书编码应为15位，现为{len(number)}位，请核对是否漏填或多填"
            if len(number) != 15
            else "医师执业证书编码应全部为数字，请核对有无误填的字母或符号"
        )
        return Identified(Kind.PRACTICE_NUMBER, {"number": number}, (problem,))
    return Identified(Kind.PRACTICE_NUMBER, _parts(number), tuple(_problems(number)))


def _parts(number: str) -> dict[str, str]:
    level = codes.table("practice_level").get(number[0])
    return {
        "number": number,
        "level": number[0],
        "level_name": level.name if level and number[0] in "12" else "",
        "category": category_segments().get(number[1:3], ""),
        "category_name": category_name(number[1:3]),
        "region": number[3:9],
        "region_name": area_name(number[3:9]),
        "serial": number[9:],
    }


def _problems(number: str) -> list[str]:
    problems = level_and_category_problems(Kind.PRACTICE_NUMBER, number[0], number[1:3], "第2—3位")
    if not area_known(number[3:9]):
        problems.append(f"医师执业证书编码第4—9位“{number[3:9]}”不是现行或曾用的行政区划代码，请核对第4—9位")
    return problems
