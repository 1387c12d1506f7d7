"""Numbers of the nurse's certificate (护士执业证书编号): year of first registration, province, serial; 12 digits, no check."""

import re
from datetime import date

from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.identifiers.areas import province_names
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.signs import normalise_number

_SHAPE = re.compile(r"[0-9]{12}")


def check_nurse_number(text: str, today: date | None = None) -> Identified:
    """Read a nurse number of 12 digits."""
    number = normalise_number(text)
    if not _SHAPE.fullmatch(number):
        problem = f"护士执业证书编号应为12位数字，现为{len(number)}位，请核对；2008年以前的旧编号请填入“原编号”"
        return Identified(Kind.NURSE_NUMBER, {"number": number}, (problem,))
    parts = {
        "number": number,
        "year": number[:4],
        "province": number[4:6],
        "province_name": province_names().get(number[4:6], ""),
        "serial": number[6:],
    }
    return Identified(Kind.NURSE_NUMBER, parts, tuple(_problems(number, today or beijing_today())))


def _problems(number: str, today: date) -> list[str]:
    problems = []
    if not 1900 <= int(number[:4]) <= today.year:
        problems.append(f"护士执业证书编号第1—4位年份“{number[:4]}”应在1900年至{today.year}年之间，请核对")
    if number[4:6] not in province_names():
        problems.append(f"护士执业证书编号第5—6位省级代码“{number[4:6]}”不存在，请核对")
    return problems


def make_nurse_number(year: int, province: str, serial: int) -> str:
    """A number from year, province and serial, as first registration composes it."""
    return f"{year}{province}{serial:06d}"
