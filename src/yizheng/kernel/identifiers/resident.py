"""Resident identity numbers (公民身份号码, GB 11643): region, birth date, sex, serial and a check by ISO 7064 MOD 11-2.

Fifteen-digit numbers of the first generation are read as born in 19xx and brought to eighteen digits.
"""

import re
from datetime import date
from operator import mul

from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.chinese_dates import long_date
from yizheng.kernel.identifiers.areas import area_known, area_name, resident_provinces
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.signs import normalise_number

EARLIEST_BIRTH = 1850
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ASCII_ZERO = ord("0") * sum(_WEIGHTS)
_CHECKS = "10X98765432"
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")


def check_character(first17: str) -> str:
    """The check character over the first 17 digits."""
    return _CHECKS[(sum(map(mul, _WEIGHTS, first17.encode())) - _ASCII_ZERO) % 11]


def to_eighteen(fifteen: str) -> str:
    """The 18-character form of a 15-digit number (century 19)."""
    first17 = f"{fifteen[:6]}19{fifteen[6:]}"
    return first17 + check_character(first17)


def canonical_resident_id(text: str) -> str:
    """The one form to store and compare: 18 characters, X upper case. Only the shape is looked at."""
    number = normalise_number(text)
    return to_eighteen(number) if _FIFTEEN.fullmatch(number) else number


def birth_date_of(number: str) -> date | None:
    """The birth date in an 18-character number, or None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_code_of(number: str) -> str:
    """The sex in an 18-character number as a code of the ``gender`` table: 1 male, 2 female."""
    return "1" if int(number[16]) % 2 else "2"


def is_resident_id(text: str, today: date | None = None) -> bool:
    """Whether a text is a valid resident identity number: the quick question, for files of millions of rows."""
    number = canonical_resident_id(text)
    return bool(_EIGHTEEN.fullmatch(number)) and not _number_problems(number, today or beijing_today())


def check_resident_id(text: str, today: date | None = None) -> Identified:
    """Read a resident identity number of 15 or 18 characters."""
    number = canonical_resident_id(text)
    if not _EIGHTEEN.fullmatch(number):
        return Identified(Kind.RESIDENT_ID, {"number": number}, (_shape_problem(number),))
    problems = _number_problems(number, today or beijing_today())
    return Identified(Kind.RESIDENT_ID, _parts(number), tuple(problems))


def _shape_problem(number: str) -> str:
    if len(number) not in (15, 18):
        return f"身份证号码应为18位（旧号15位），现为{len(number)}位，请核对是否漏填或多填"
    return "身份证号码除第18位可为X外应全部为数字，请核对有无误填的字母或符号"


def _parts(number: str) -> dict[str, str]:
    birth = birth_date_of(number)
    sex = sex_code_of(number)
    return {
        "number": number,
        "region": number[:6],
        "region_name": area_name(number[:6]),
        "birth_date": birth.isoformat() if birth else "",
        "sex": "男" if sex == "1" else "女",
        "sex_code": sex,
        "serial": number[14:17],
        "check": number[17],
    }


def _number_problems(number: str, today: date) -> list[str]:
    problems = [*region_problems(number), *birth_problems(number, today)]
    if check_character(number[:17]) != number[17]:
        problems.append("身份证号码第18位校验码不符，号码中至少有一位填错，请对照证件逐位核对")
    return problems


def region_problems(number: str) -> list[str]:
    """What is wrong with digits 1-6."""
    if number[:2] in resident_provinces() and area_known(number[:6]):
        return []
    return [f"身份证号码第1—6位“{number[:6]}”不是现行或曾用的行政区划代码，请核对前6位"]


def birth_problems(number: str, today: date) -> list[str]:
    """What is wrong with digits 7-14."""
    birth = birth_date_of(number)
    if birth is None:
        return [f"身份证号码第7—14位“{number[6:14]}”不是真实存在的日期，请核对出生日期"]
    if birth > today:
        return [f"身份证号码中的出生日期{long_date(birth)}晚于今天，请核对第7—14位"]
    if birth.year < EARLIEST_BIRTH:
        return [f"身份证号码中的出生年份{birth.year}年过早，请核对第7—10位"]
    return []


def make_resident_id(region: str, birth: date, serial: int) -> str:
    """A synthetic number with a right check character. An odd serial is male."""
    first17 = f"{region}{birth:%Y%m%d}{serial:03d}"
    return first17 + check_character(first17)
