"""Travel permits and residence permits of Hong Kong, Macau and Taiwan residents, and passports.

回乡证: H or M and 8 digits (10 in older ones). 台胞证: 8 digits (10 digits and a letter in older ones). 居住证: 18 characters
built like a resident identity number, region 810000, 820000 or 830000. Passports have no check; only their shape is read.
"""

import re
from datetime import date

from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.identifiers.resident import birth_date_of, birth_problems, check_character, sex_code_of
from yizheng.kernel.signs import normalise_number

RESIDENCE_REGIONS = {"810000": "香港", "820000": "澳门", "830000": "台湾"}
_HOME_RETURN = re.compile(r"([HM])([0-9]{8})([0-9]{2})?")
_TAIWAN = re.compile(r"[0-9]{8}")
_TAIWAN_OLD = re.compile(r"([0-9]{10})\(?([A-Z])\)?")
_RESIDENCE = re.compile(r"(?:81|82|83)0000[0-9]{11}[0-9X]")
_CHINESE_PASSPORT = re.compile(
    r"(?:[EG][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|(?:DE|SE|PE)[0-9]{7}|[DSP][0-9]{8}|1[45][0-9]{7})"
)
_FOREIGN_PASSPORT = re.compile(r"(?:[A-Z]{1,3}[0-9]{5,9}[A-Z]?|[A-Z][0-9A-Z]{6,8}|[0-9]{9}|[0-9]{2}[A-Z]{2}[0-9]{5})")
_DIGITS_IN_PASSPORT = 4


def looks_like_residence_permit(number: str) -> bool:
    """Whether a normalised number has the shape of a residence permit of a Hong Kong, Macau or Taiwan resident."""
    return bool(_RESIDENCE.fullmatch(number))


def check_hmt_permit(text: str, today: date | None = None) -> Identified:
    """Read a permit of a resident of Hong Kong, Macau or Taiwan."""
    number = normalise_number(text)
    if match := _HOME_RETURN.fullmatch(number):
        parts = {
            "number": number,
            "document": "港澳居民来往内地通行证",
            "origin": "香港" if match[1] == "H" else "澳门",
            "holder": match[2],
        }
        return Identified(Kind.HMT_PERMIT, parts | ({"issue": match[3]} if match[3] else {}))
    if _TAIWAN.fullmatch(number):
        parts = {"number": number, "document": "台湾居民来往大陆通行证", "origin": "台湾", "holder": number}
        return Identified(Kind.HMT_PERMIT, parts)
    if match := _TAIWAN_OLD.fullmatch(number):
        parts = {"number": match[1] + match[2], "document": "台湾居民来往大陆通行证（旧版）", "origin": "台湾"}
        return Identified(Kind.HMT_PERMIT, parts | {"holder": match[1]})
    if looks_like_residence_permit(number):
        return _residence(number, today or beijing_today())
    problem = "不是港澳台居民证件号码：回乡证为H或M加8位数字，台胞证为8位数字，居住证为18位，请对照证件核对"
    return Identified(Kind.HMT_PERMIT, {"number": number}, (problem,))


def _residence(number: str, today: date) -> Identified:
    birth = birth_date_of(number)
    problems = [problem.replace("身份证号码", "居住证号码") for problem in birth_problems(number, today)]
    if check_character(number[:17]) != number[17]:
        problems.append("居住证号码第18位校验码不符，号码中至少有一位填错，请对照证件逐位核对")
    sex = sex_code_of(number)
    parts = {
        "number": number,
        "document": "港澳台居民居住证",
        "origin": RESIDENCE_REGIONS[number[:6]],
        "birth_date": birth.isoformat() if birth else "",
        "sex": "男" if sex == "1" else "女",
        "sex_code": sex,
    }
    return Identified(Kind.HMT_PERMIT, parts, tuple(problems))


def check_passport(text: str) -> Identified:
    """Read a passport number: a Chinese one by its series, any other by its general shape."""
    number = normalise_number(text)
    if _CHINESE_PASSPORT.fullmatch(number):
        return Identified(Kind.PASSPORT, {"number": number, "issuer": "中国"})
    if _FOREIGN_PASSPORT.fullmatch(number) and sum(map(str.isdecimal, number)) >= _DIGITS_IN_PASSPORT:
        return Identified(Kind.PASSPORT, {"number": number, "issuer": "其他国家（地区）"})
    return Identified(Kind.PASSPORT, {"number": number}, ("护照号码一般为6—9位字母和数字，请对照护照资料页核对",))
