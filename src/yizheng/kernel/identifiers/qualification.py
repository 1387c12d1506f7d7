"""Numbers of the qualification certificate (医师资格证书编码): year, province, level, category and the identity number.

27 characters, 24 in certificates issued on a 15-digit identity number. The number contains the identity number and is
protected like one.
"""

import re
from datetime import date
from functools import cache

from yizheng.kernel import codes
from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.identifiers.areas import province_names
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.identifiers.resident import check_resident_id
from yizheng.kernel.signs import normalise_number

FIRST_YEAR = 1998
_SHAPE = re.compile(r"[0-9]{24}|[0-9]{26}[0-9X]")


@cache
def category_segments() -> dict[str, str]:
    """The two digits of a certificate number to the code of the practice category."""
    table = codes.table("practice_category")
    return {segment: code.code for code in table.items() for segment in code.many("certificate_segments")}


def level_and_category_problems(kind: Kind, level: str, segment: str, where: str) -> list[str]:
    """What is wrong with the level digit and the category digits of a certificate number; ``where`` names the category's place."""
    problems = []
    if level not in ("1", "2"):
        problems.append(f"{kind.label}的级别位“{level}”应为1（执业医师）或2（执业助理医师），请核对")
    if segment not in category_segments():
        problems.append(
            f"{kind.label}{where}类别代码“{segment}”不存在（10临床、20口腔、30公共卫生、41—49中医），请核对"
        )
    return problems


def category_name(segment: str) -> str:
    """The Chinese name of the category of two certificate digits, empty when there is none."""
    code = category_segments().get(segment)
    return codes.table("practice_category")[code].name if code else ""


def check_qualification_number(text: str, today: date | None = None) -> Identified:
    """Read a qualification number of 27 or 24 characters."""
    number = normalise_number(text)
    if not _SHAPE.fullmatch(number):
        problem = (
            f"医师资格证书编码应为27位（早期24位），现为{len(number)}位，请核对是否漏填或多填"
            if len(number) not in (24, 27)
            else "医师资格证书编码除末位可为X外应全部为数字，请核对有无误填的字母或符号"
        )
        return Identified(Kind.QUALIFICATION_NUMBER, {"number": number}, (problem,))
    on = today or beijing_today()
    holder = check_resident_id(number[9:], on)
    problems = [*_own_problems(number, on), *(f"所含身份证号有误：{problem}" for problem in holder.problems)]
    return Identified(Kind.QUALIFICATION_NUMBER, _parts(number, holder), tuple(problems))


def _parts(number: str, holder: Identified) -> dict[str, str]:
    level = codes.table("practice_level").get(number[6])
    return {
        "number": number,
        "year": number[:4],
        "province": number[4:6],
        "province_name": province_names().get(number[4:6], ""),
        "level": number[6],
        "level_name": level.name if level and number[6] in "12" else "",
        "category": category_segments().get(number[7:9], ""),
        "category_name": category_name(number[7:9]),
        "resident_id": holder.number,
        "birth_date": holder.parts.get("birth_date", ""),
        "sex": holder.parts.get("sex", ""),
    }


def _own_problems(number: str, today: date) -> list[str]:
    problems = []
    if not FIRST_YEAR <= int(number[:4]) <= today.year:
        problems.append(f"医师资格证书编码第1—4位年份“{number[:4]}”应在{FIRST_YEAR}年至{today.year}年之间，请核对")
    if number[4:6] not in province_names():
        problems.append(f"医师资格证书编码第5—6位省级代码“{number[4:6]}”不存在，请核对")
    return problems + level_and_category_problems(Kind.QUALIFICATION_NUMBER, number[6], number[7:9], "第8—9位")


def make_qualification_number(year: int, province: str, level: str, category: str, resident_id: str) -> str:
    """A synthetic number; ``category`` is a code of ``practice_category`` and stands by its first certificate digits."""
    segment = codes.table("practice_category").require(category).many("certificate_segments")[0]
    return f"{year}{province}{level}{segment}{resident_id}"


def same_qualification(one: str, other: str) -> bool:
    """Whether two certificate numbers, masked or whole, name the same level and category; a category has several digits."""
    segments = category_segments()
    return one[6:7] == other[6:7] and segments.get(one[7:9]) == segments.get(other[7:9])
