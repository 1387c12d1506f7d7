"""联系电话: fixed lines with area code and extension, mobiles, 400 and 800, with +86, in digits or spoken."""

import re
from collections.abc import Iterator

_DIGITS = str.maketrans(
    "o〇○零洞li幺一二两三四五六七八九拐勾壹贰叁肆伍陆柒捌玖", "000001111223456789" + "79" + "123456789"
)
_S = r"[\s\-()（）.·_—~,，、]{0,4}"
_D = "[0-9■]"
_COUNTRY = rf"(?:(?:\+|00)?{_S}86{_S})"
_EXTENSION = (
    rf"(?:(?:\s*[(（][^()（）]{{0,6}}[)）])?{_S}(?:转|分机|转接|分机号|ext\.?|x|#|\*|-|—)\s*{_D}{{1,6}}"
    rf"|\s*[/、,，或和及]\s*{_D}{{1,4}}(?![0-9:点张]))*"
)
_NUMBER = re.compile(
    rf"(?<![0-9])(?:{_COUNTRY}?1{_S}[3-9](?:{_S}{_D}){{9}}"
    rf"|[48]{_S}0{_S}0(?:{_S}{_D}){{7}}"
    rf"|(?:{_COUNTRY}0?|[(（]?{_S}0{_S})(?:1{_S}0|2{_S}{_D}|[3-9]{_S}{_D}{_S}{_D}){_S}[2-9■](?:{_S}{_D}){{6,7}}"
    rf"|[2-9](?:{_S}{_D}){{6,7}})(?![0-9]){_EXTENSION}"
)
_SHORT = re.compile(r"(?<![0-9])(?:1[12][0-9]{1,3}|9[56][0-9]{3,4})(?![0-9])")
_TRUE = re.compile(r"[0-9]")
_SPOKEN = re.compile(r"[零〇○洞幺一二两三四五六七八九拐勾壹贰叁肆伍陆柒捌玖]")


def phones(plain: str, *, short_after: frozenset[int] = frozenset()) -> Iterator[tuple[int, int]]:
    """Where a text tells a telephone number; short numbers only where a label ends at one of the places."""
    digits = plain.translate(_DIGITS)
    for found in _NUMBER.finditer(digits):
        seen = plain[found.start() : found.end()]
        if len(_TRUE.findall(seen)) >= 4 or len(_SPOKEN.findall(seen)) >= 7:
            yield found.span()
    for place in short_after:
        nearby = _SHORT.search(digits, place, place + 12)
        if nearby and not re.search(r"[一-鿿a-z]", plain[place : nearby.start()]):
            yield nearby.span()
