"""Numbers of certificates: the doctor's qualification and practice (医师资格证书编码、医师执业证书编码), the nurse's practice.

A qualification number holds year, province, level, category and the identity number: 27 characters, 24 in certificates
issued on a 15-digit identity number; it is protected like the identity number. A practice number holds level, category, area
of first issue and serial in 15 digits, without a check; it is fixed at first registration, so its area may since have been
abolished and is not held against anyone. A nurse's number (护士执业证书编号) holds year of first registration, province and
serial in 12 digits, without a check.
"""

import re
from datetime import date
from functools import cache

from yizheng.kernel import codes
from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.identifiers.areas import area_known, area_name, province_names
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.identifiers.resident import check_resident_id
from yizheng.kernel.signs import normalise_number

FIRST_YEAR = 1998
_QUALIFICATION = re.compile(r"[0-9]{24}|[0-9]{26}[0-9X]")
_PRACTICE = re.compile(r"[0-9]{15}")
_NURSE = re.compile(r"[0-9]{12}")


@cache
def category_segments() -> dict[str, str]:
    """The two digits of a certificate number to the code of the practice category."""
    table = codes.table("practice_category")
    return {segment: code.code for code in table.items() for segment in code.many("certificate_segments")}


def _level_name(level: str) -> str:
    return codes.table("practice_level")[level].name if level in ("1", "2") else ""


def _level_and_category_problems(kind: Kind, level: str, segment: str, where: str) -> list[str]:
    """What is wrong with the level digit and the category digits of a certificate number; ``where`` names the category's place."""
    problems = []
    if level not in ("1", "2"):
        problems.append(f"{kind.label}的级别位“{level}”应为1（执业医师）或2（执业助理医师），请核对")
    if segment not in category_segments():
        problems.append(
            f"{kind.label}{where}类别代码“{segment}”不存在（10临床、20口腔、30公共卫生、41—49中医），请核对"
        )
    return problems


def _category_name(segment: str) -> str:
    """The Chinese name of the category of two certificate digits, empty when there is none."""
    code = category_segments().get(segment)
    return codes.table("practice_category")[code].name if code else ""


def check_qualification_number(text: str, today: date | None = None) -> Identified:
    """Read a qualification number of 27 or 24 characters."""
    number = normalise_number(text)
    if not _QUALIFICATION.fullmatch(number):
        problem = (
            f"医师资格证书编码应为27位（早期24位），现为{len(number)}位，请核对是否漏填或多填"
            if len(number) not in (24, 27)
            else "医师资格证书编码除末位可为X外应全部为数字，请核对有无误填的字母或符号"
        )
        return Identified(Kind.QUALIFICATION_NUMBER, {"number": number}, (problem,))
    on = today or beijing_today()
    holder = check_resident_id(number[9:], on)
    problems = [*_qualification_problems(number, on), *(f"所含身份证号有误：{problem}" for problem in holder.problems)]
    return Identified(Kind.QUALIFICATION_NUMBER, _qualification_parts(number, holder), tuple(problems))


def _qualification_parts(number: str, holder: Identified) -> dict[str, str]:
    return {
        "number": number,
        "year": number[:4],
        "province": number[4:6],
        "province_name": province_names().get(number[4:6], ""),
        "level": number[6],
        "level_name": _level_name(number[6]),
        "category": category_segments().get(number[7:9], ""),
        "category_name": _category_name(number[7:9]),
        "resident_id": holder.number,
        "birth_date": holder.parts.get("birth_date", ""),
        "sex": holder.parts.get("sex", ""),
    }


def _qualification_problems(number: str, today: date) -> list[str]:
    problems = []
    if not FIRST_YEAR <= int(number[:4]) <= today.year:
        problems.append(f"医师资格证书编码第1—4位年份“{number[:4]}”应在{FIRST_YEAR}年至{today.year}年之间，请核对")
    if number[4:6] not in province_names():
        problems.append(f"医师资格证书编码第5—6位省级代码“{number[4:6]}”不存在，请核对")
    return problems + _level_and_category_problems(Kind.QUALIFICATION_NUMBER, number[6], number[7:9], "第8—9位")


def make_qualification_number(year: int, province: str, level: str, category: str, resident_id: str) -> str:
    """A synthetic number; ``category`` is a code of ``practice_category`` and stands by its first certificate digits."""
    segment = codes.table("practice_category").require(category).many("certificate_segments")[0]
    return f"{year}{province}{level}{segment}{resident_id}"


def same_qualification(one: str, other: str) -> bool:
    """Whether two certificate numbers, masked or whole, name the same level and category; a category has several digits."""
    segments = category_segments()
    return one[6:7] == other[6:7] and segments.get(one[7:9]) == segments.get(other[7:9])


def check_practice_number(text: str) -> Identified:
    """Read a practice number of 15 digits."""
    number = normalise_number(text)
    if not _PRACTICE.fullmatch(number):
        problem = (
            f"医师执业证书编码应为15位，现为{len(number)}位，请核对是否漏填或多填"
            if len(number) != 15
            else "医师执业证书编码应全部为数字，请核对有无误填的字母或符号"
        )
        return Identified(Kind.PRACTICE_NUMBER, {"number": number}, (problem,))
    return Identified(Kind.PRACTICE_NUMBER, _practice_parts(number), tuple(_practice_problems(number)))


def _practice_parts(number: str) -> dict[str, str]:
    return {
        "number": number,
        "level": number[0],
        "level_name": _level_name(number[0]),
        "category": category_segments().get(number[1:3], ""),
        "category_name": _category_name(number[1:3]),
        "region": number[3:9],
        "region_name": area_name(number[3:9]),
        "serial": number[9:],
    }


def _practice_problems(number: str) -> list[str]:
    problems = _level_and_category_problems(Kind.PRACTICE_NUMBER, number[0], number[1:3], "第2—3位")
    if not area_known(number[3:9]):
        problems.append(f"医师执业证书编码第4—9位“{number[3:9]}”不是现行或曾用的行政区划代码，请核对第4—9位")
    return problems


def check_nurse_number(text: str, today: date | None = None) -> Identified:
    """Read a nurse number of 12 digits."""
    number = normalise_number(text)
    if not _NURSE.fullmatch(number):
        problem = f"护士执业证书编号应为12位数字，现为{len(number)}位，请核对；2008年以前的旧编号请填入“原编号”"
        return Identified(Kind.NURSE_NUMBER, {"number": number}, (problem,))
    parts = {
        "number": number,
        "year": number[:4],
        "province": number[4:6],
        "province_name": province_names().get(number[4:6], ""),
        "serial": number[6:],
    }
    return Identified(Kind.NURSE_NUMBER, parts, tuple(_nurse_problems(number, today or beijing_today())))


def _nurse_problems(number: str, today: date) -> list[str]:
    problems = []
    if not 1900 <= int(number[:4]) <= today.year:
        problems.append(f"护士执业证书编号第1—4位年份“{number[:4]}”应在1900年至{today.year}年之间，请核对")
    if number[4:6] not in province_names():
        problems.append(f"护士执业证书编号第5—6位省级代码“{number[4:6]}”不存在，请核对")
    return problems


def make_nurse_number(year: int, province: str, serial: int) -> str:
    """A number from year, province and serial, as first registration composes it."""
    return f"{year}{province}{serial:06d}"
