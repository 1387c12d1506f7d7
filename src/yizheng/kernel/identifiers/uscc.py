"""Unified social credit codes (统一社会信用代码, GB 32100) and the organisation code inside them (GB 11714)."""

import re

from yizheng.kernel import codes
from yizheng.kernel.identifiers.areas import area_name, province_names
from yizheng.kernel.identifiers.outcome import Identified, Kind
from yizheng.kernel.signs import normalise_number

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION = re.compile(r"[0-9A-Z]{8}[0-9X]")
# the region "100000" stands for organs of the State
_NATIONAL = "10"


def uscc_check_character(first17: str) -> str:
    """The check character over the first 17 characters, all of which must be in the alphabet."""
    total = sum(weight * _VALUES[character] for weight, character in zip(_WEIGHTS, first17, strict=True))
    return ALPHABET[-total % 31]


def organisation_check_character(first8: str) -> str:
    """The ninth character of an organisation code over its first eight (A=10 … Z=35)."""
    total = sum(weight * int(character, 36) for weight, character in zip(_ORGANISATION_WEIGHTS, first8, strict=True))
    return "0123456789X0"[11 - total % 11]


def is_organisation_code(code: str) -> bool:
    """Whether nine characters form an organisation code with a right check character."""
    return bool(_ORGANISATION.fullmatch(code)) and organisation_check_character(code[:8]) == code[8]


def is_uscc(code: str) -> bool:
    """Whether eighteen characters of the alphabet end in their check character."""
    return len(code) == 18 and _VALUES.keys() >= set(code) and uscc_check_character(code[:17]) == code[17]


def check_uscc(text: str) -> Identified:
    """Read a unified social credit code of 18 characters."""
    number = normalise_number(text)
    if len(number) != 18:
        problem = f"统一社会信用代码应为18位，现为{len(number)}位，请核对是否漏填或多填"
        return Identified(Kind.USCC, {"number": number}, (problem,))
    foreign = sorted({character for character in number if character not in _VALUES})
    if foreign:
        problem = f"统一社会信用代码中不会出现“{'、'.join(foreign)}”（不用字母I、O、S、V、Z），请核对该字符"
        return Identified(Kind.USCC, {"number": number}, (problem,))
    return Identified(Kind.USCC, _parts(number), tuple(_problems(number)))


def _parts(number: str) -> dict[str, str]:
    kinds = codes.table("uscc_kind")
    authority = codes.table("uscc_authority").get(number[0])
    kind = kinds.get(number[:2])
    return {
        "number": number,
        "authority": authority.name if authority else "",
        "kind": kind.name if kind else "",
        "region": number[2:8],
        "region_name": area_name(number[2:8]),
        "organisation_code": number[8:17],
        "check": number[17],
    }


def _problems(number: str) -> list[str]:
    problems = []
    if number[:2] not in codes.table("uscc_kind"):
        problems.append(f"统一社会信用代码第1—2位“{number[:2]}”不是登记管理部门与机构类别代码，请核对前2位")
    if not number[2:8].isdecimal() or (number[2:4] not in province_names() and number[2:4] != _NATIONAL):
        problems.append(f"统一社会信用代码第3—8位“{number[2:8]}”不是行政区划代码，请核对第3—8位")
    if not is_organisation_code(number[8:17]):
        problems.append("统一社会信用代码第9—17位主体标识码的校验码不符，请对照证照核对第9—17位")
    if uscc_check_character(number[:17]) != number[17]:
        problems.append("统一社会信用代码第18位校验码不符，代码中至少有一位填错，请对照证照逐位核对")
    return problems


def make_organisation_code(first8: str) -> str:
    """A synthetic organisation code with a right check character."""
    return first8 + organisation_check_character(first8)


def make_uscc(kind: str, region: str, organisation_code: str) -> str:
    """A synthetic code from kind (2), region (6) and organisation code (9)."""
    first17 = kind + region + organisation_code
    return first17 + uscc_check_character(first17)
