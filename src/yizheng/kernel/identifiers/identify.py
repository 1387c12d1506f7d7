"""Say what a number is, from its shape alone, and whether it stands up: the question behind ``./yizheng identify``."""

import re
from datetime import date

from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.identifiers.areas import resident_provinces
from yizheng.kernel.identifiers.certificates import (
    check_nurse_number,
    check_practice_number,
    check_qualification_number,
)
from yizheng.kernel.identifiers.institution import check_institution_number
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.identifiers.permanent_residence import check_permanent_residence, looks_like_permanent_residence
from yizheng.kernel.identifiers.permits import check_hmt_permit, check_passport, looks_like_residence_permit
from yizheng.kernel.identifiers.resident import birth_date_of, check_resident_id
from yizheng.kernel.identifiers.uscc import check_uscc
from yizheng.kernel.signs import normalise_number

LONGEST = 64
# The oldest holder of a 15-digit number still to be expected; beyond it a practice number is likelier.
_OLDEST_HOLDER = 105
_HMT = re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})|[0-9]{8}|[0-9]{10}\(?[A-Z]\)?")
_NUMBER_LIKE = re.compile(r"[0-9A-Z()]+")
_RESIDENT_SHAPE = re.compile(r"[0-9]{17}[0-9X]")


def identify(text: str, today: date | None = None) -> Identified:
    """What number a text is. Never raises; what is no number at all is ``unknown`` with a reason."""
    number = normalise_number(text)
    on = today or beijing_today()
    if not number:
        return _unknown(number, "没有内容，请输入一个证件或证书号码")
    if len(number) > LONGEST or not _NUMBER_LIKE.fullmatch(number):
        return _unknown(number[:LONGEST], "含有号码中不会出现的字符，或者太长，请只输入一个号码")
    return _by_length(text, number, on)


def _by_length(text: str, number: str, today: date) -> Identified:
    if len(number) in (24, 27) and number[:-1].isdecimal():
        return check_qualification_number(number, today)
    if len(number) == 22:
        return check_institution_number(text)
    if len(number) == 18:
        return _eighteen(number, today)
    if len(number) == 15:
        return _fifteen(number, today)
    if _HMT.fullmatch(number):
        return check_hmt_permit(number, today)
    if len(number) == 12 and number.isdecimal():
        return check_nurse_number(number, today)
    passport = check_passport(number)
    return passport if passport.valid else _unknown(number, _no_such_length(number))


def _eighteen(number: str, today: date) -> Identified:
    """Resident identity number, a foreigner's card or unified social credit code: the one that stands up, else the likelier."""
    if looks_like_residence_permit(number):
        return check_hmt_permit(number, today)
    if looks_like_permanent_residence(number):
        credit = check_uscc(number)
        return credit if credit.valid else check_permanent_residence(number, today)
    if not _RESIDENT_SHAPE.fullmatch(number):
        return check_uscc(number)
    resident = check_resident_id(number, today)
    if resident.valid:
        return resident
    credit = check_uscc(number)
    if credit.valid:
        return credit
    has_birth_date = birth_date_of(number) is not None and number[:2] in resident_provinces()
    return resident if has_birth_date or len(resident.problems) <= len(credit.problems) else credit


def _fifteen(number: str, today: date) -> Identified:
    """A 15-digit identity number or a practice number: the one that stands up, the living holder first; an old card by its letters."""
    if looks_like_permanent_residence(number):
        return check_permanent_residence(number, today)
    if not number.isdecimal():
        return _unknown(number, _no_such_length(number))
    resident, practice = check_resident_id(number, today), check_practice_number(number)
    if resident.valid and not (practice.valid and today.year - int(resident.number[6:10]) > _OLDEST_HOLDER):
        return resident
    if practice.valid or len(practice.problems) <= len(resident.problems):
        return practice
    return resident


def _no_such_length(number: str) -> str:
    return (
        f"{len(number)}位，不是已知的号码：身份证18或15位、统一社会信用代码18位、医师资格证书27或24位、"
        "医师执业证书15位、护士执业证书12位、医疗机构登记号22位，请核对位数"
    )


def _unknown(number: str, problem: str) -> Identified:
    return Identified(Kind.UNKNOWN, {"number": number} if number else {}, (problem,))
