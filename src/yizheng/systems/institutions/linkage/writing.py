"""Names and addresses of institutions as they are compared: one writing for what means the same."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from yizheng.kernel import codes
from yizheng.kernel.names.folding import fold_character, is_han
from yizheng.systems.institutions.naming.words import any_of

_DOTS = re.compile("[.·•・･‧∙⋅●᛫。｡]")
_CAPITAL = re.compile("^北京市?")
_COMPANY = re.compile(
    r"(?:\(?(?:普通合伙|有限合伙|特殊普通合伙|个人独资|合伙)\)?|(?:集团)?(?:股份|责任)?有限(?:责任)?公司|集团公司|股份公司|集团"
    r"|公司|合伙企业|个人独资企业|个体工商户)$"
)
_INTERNET_HOSPITAL = "互联网医院"
_VARIANTS = {"喆": "哲", "堃": "坤", "萧": "肖"}
_DIGITS = "零一二三四五六七八九"
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile("[〇零一二三四五六七八九十百千两]+")
_DASHES = re.compile("[－—–‐‑‒―−~～至]+")


def folded(text: str) -> str:
    """One width, simplified, glyph variants joined, without blanks and dots; look-alikes and sound-alikes stay apart."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return "".join(map(_one_glyph, _DOTS.sub("", plain))).casefold()


def _one_glyph(character: str) -> str:
    if not is_han(character):
        return character
    simplified = fold_character(character)
    return _VARIANTS.get(simplified, simplified)


def name_key(name: str) -> str:
    """A name without 北京 in front, the form of its company and its second name, its district by the name of today."""
    text = folded(name)
    text = _beheaded(text)
    while (shorter := _COMPANY.sub("", text)) and shorter != text:
        text = shorter
    own = text.removesuffix(_INTERNET_HOSPITAL)
    if own != text and generic_name(own):
        text = own
    return _with_districts_of_today(text)


def _beheaded(text: str) -> str:
    """北京 goes, but stays where nothing but a generic name would be left."""
    rest = _CAPITAL.sub("", text)
    return "北京" + rest if rest == generic_name(rest) and rest != text else rest


def address_key(address: str) -> str:
    """An address without 北京 in front, every number in digits."""
    text = _with_districts_of_today(_CAPITAL.sub("", folded(address)))
    text = _NUMERAL.sub(lambda found: _in_digits(found.group()), text)
    return _DASHES.sub("-", text).replace("#", "号")


def _in_digits(numeral: str) -> str:
    numeral = numeral.replace("〇", "零").replace("两", "二")
    if not any(unit in numeral for unit in _UNITS):
        return "".join(str(_DIGITS.index(sign)) for sign in numeral)
    total, digit = 0, 0
    for sign in numeral:
        if sign in _UNITS:
            total += (digit or 1) * _UNITS[sign]
            digit = 0
        else:
            digit = _DIGITS.index(sign)
    return str(total + digit)


@cache
def _former_districts() -> dict[str, str]:
    """Every former name of a district to that of today, with and without its level word where that is unmistakable."""
    districts = codes.table("district")
    former = [code for code in districts.items() if code.attributes["merged_into"]]
    merged = {code.name: districts[code.attributes["merged_into"]].name for code in former}
    return merged | {"崇文": "东城", "宣武": "西城"}


@cache
def _former() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(_former_districts())})(?!门)")


def _with_districts_of_today(text: str) -> str:
    return _former().sub(lambda found: _former_districts()[found.group()], text)


def district_of_today(code: str) -> str:
    """The code of a district, or of the one it was merged into."""
    found = codes.table("district").get(code)
    return (found.attributes["merged_into"] or code) if found else code


@cache
def _generic_names() -> tuple[str, ...]:
    listed = (code.name for code in codes.table("institution_generic_name").items())
    return tuple(sorted(listed, key=len, reverse=True))


def generic_name(name: str) -> str:
    """The longest listed generic name at the end of a name; empty when there is none."""
    return next((each for each in _generic_names() if name.endswith(each)), "")
