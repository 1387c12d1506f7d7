"""The telling words of a name by kind: which house of a founder it is, where, of what discipline, and whose.

When two names both carry a telling word of one kind and the words differ, the institutions differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from yizheng.kernel import codes
from yizheng.systems.institutions.linkage.likeness import is_miswritten, is_short_form
from yizheng.systems.institutions.linkage.writing import generic_name
from yizheng.systems.institutions.naming.disciplines import disciplines
from yizheng.systems.institutions.naming.words import GAP, any_of, word_list

_NUMBER = "[0-9一二三四五六七八九十]+"
_ORDINAL = re.compile(
    f"第({_NUMBER})|({_NUMBER})(?=分?院|分?部|分?所|分?店|分?站|门诊|诊所|医院|卫生|医务|号|区|期|社区)"
)
_DIRECTION = re.compile(
    "([东西南北中]|东南|东北|西南|西北)(?=院|区|部|分|门|楼|路|街|里|诊|医|社|卫|口腔|站|村|苑|园|城)"
)
_NO_DIRECTION = re.compile("中西医|中医|西医|中心|北京|东城|西城|南城|[东西]城区")
_CHINESE = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Telling:
    """The telling words of one name; empty where it carries none of a kind."""

    ordinal: str
    direction: str
    district: str
    patients: frozenset[str]
    disciplines: frozenset[str]
    generic: str
    brand: str
    """What is left: a person, a place, a trade name."""


def telling(name: str) -> Telling:
    """The telling words of a name as it is compared."""
    generic = generic_name(name)
    rest = name.removesuffix(generic)
    found = disciplines(rest)
    of_patients = word_list("patients").pattern.findall(rest)
    district = _districts().search(rest)
    ordinal = _ORDINAL.search(rest + generic)
    direction = _DIRECTION.search(_NO_DIRECTION.sub(GAP, rest + generic))
    return Telling(
        ordinal=_number((ordinal.group(1) or ordinal.group(2)) if ordinal else ""),
        direction=direction.group() if direction else "",
        district=district.group(1) if district else "",
        patients=frozenset(of_patients),
        disciplines=frozenset(found),
        generic=generic,
        brand=_brand(rest, found, of_patients),
    )


def _number(written: str) -> str:
    return {"十": "10", "十一": "11", "十二": "12"}.get(written) or "".join(
        str(_CHINESE.index(sign)) if sign in _CHINESE else sign for sign in written
    )


def _brand(rest: str, found: list[str], of_patients: list[str]) -> str:
    taken = [*found, *of_patients]
    if taken:
        rest = re.sub(any_of(taken), "", rest)
    rest = _ORDINAL.sub("", rest)
    return _districts().sub("", rest)


@cache
def _districts() -> re.Pattern[str]:
    named = (code.name[:-1] for code in codes.table("district").items() if code.name.endswith("区"))
    return re.compile(f"({any_of(named)})区?")


def tell_apart(one: Telling, other: Telling) -> bool:
    """Whether both carry a telling word of one kind and these differ.

    A brand shortened or with one character mistaken is the same brand written badly.
    """
    pairs = (
        (one.ordinal, other.ordinal), (one.direction, other.direction), (one.district, other.district),
        (one.generic, other.generic),
    )  # fmt: skip
    if any(a and b and a != b for a, b in pairs):
        return True
    sets = ((one.disciplines, other.disciplines), (one.patients, other.patients))
    if any(a and b and not (a <= b or b <= a) for a, b in sets):
        return True
    a, b = one.brand, other.brand
    return bool(a and b) and a != b and not is_short_form(a, b) and not is_miswritten(a, b)
