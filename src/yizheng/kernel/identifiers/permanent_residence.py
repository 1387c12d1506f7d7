"""Foreign permanent residence cards (外国人永久居留身份证).

Since 2023-12-01: 9, two digits of the province, three of the nationality (ISO 3166-1), eight of the birth, three of a serial,
and a check by ISO 7064 MOD 11-2. Before: three letters of the nationality, four digits of the area, six of the birth, one of
the sex and a check whose rule is not published; there the birth alone is judged.
"""

import re
from datetime import date

from yizheng.kernel import codes
from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.identifiers.areas import province_names
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.identifiers.resident import birth_date_of, birth_problems, check_character, sex_code_of

_NEW = re.compile(r"9[0-9]{16}[0-9X]")
_OLD = re.compile(r"[A-Z]{3}[0-9]{12}")


def looks_like_permanent_residence(number: str) -> bool:
    """Whether a normalised number has the shape of a card, and, where it is all digits, begins as one."""
    if _OLD.fullmatch(number):
        return True
    return (
        bool(_NEW.fullmatch(number)) and number[1:3] in province_names() and number[3:6] in codes.table("nationality")
    )


def check_permanent_residence(number: str, today: date | None = None) -> Identified:
    """Read a normalised number of that shape."""
    on = today or beijing_today()
    problems = [one.replace("身份证号码", "永久居留身份证号码") for one in birth_problems(_as_resident(number, on), on)]
    if number[0] == "9" and check_character(number[:17]) != number[17]:
        problems.append("永久居留身份证号码第18位校验码不符，号码中至少有一位填错，请对照证件逐位核对")
    return Identified(Kind.FOREIGN_PERMANENT_RESIDENCE, {"number": number} | _parts(number, on), tuple(problems))


def _as_resident(number: str, today: date) -> str:
    """The number with its birth where a resident identity number has it; of two digits the year that is over."""
    if number[0] == "9":
        return number
    century = "19" if int(number[7:9]) > today.year % 100 else "20"
    return f"000000{century}{number[7:13]}0000"


def _parts(number: str, today: date) -> dict[str, str]:
    birth = birth_date_of(_as_resident(number, today))
    born = {"birth_date": birth.isoformat() if birth else ""}
    if number[0] != "9":
        return {"document": "外国人永久居留身份证（旧版）", "nationality": number[:3], "region": number[3:7]} | born
    sex = sex_code_of(number)
    country = codes.table("nationality").get(number[3:6])
    return {
        "document": "外国人永久居留身份证",
        "nationality": country.name if country else "",
        "region": number[1:3],
        **born,
        "sex": "男" if sex == "1" else "女",
        "sex_code": sex,
    }
