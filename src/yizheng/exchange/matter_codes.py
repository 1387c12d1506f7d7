"""事项编码 of the integrated government-service platform (GB/T 39554.1): base of 12, implementation of 31, business item of 33.

The base is region, type, department, item and sub-item; before it stand the organ's USCC and the level at which it acts,
behind it the number of the business item.
"""

import re
from dataclasses import dataclass

from yizheng.kernel import codes
from yizheng.kernel.identifiers.uscc import is_uscc

_KINDS = {12: "base", 31: "implementation", 33: "business"}
_SHAPES = {
    "base": re.compile("[0-9]{12}"),
    "implementation": re.compile("[0-9A-Z]{18}[0-9]{13}"),
    "business": re.compile("[0-9A-Z]{18}[0-9]{15}"),
}
_NATIONAL, _BEIJING = "00", "11"
_LEVELS = {"11110000": "2", "111101": "3", "111102": "3"}
"""The level at which organs of the city and of its districts act, by the beginning of their USCC."""


@dataclass(frozen=True, slots=True)
class MatterCode:
    """The parts of a code, and what is wrong with it."""

    kind: str = ""
    organ: str = ""
    level: str = ""
    base: str = ""
    region: str = ""
    type: str = ""
    department: str = ""
    item: str = ""
    sub: str = ""
    business: str = ""
    problems: frozenset[str] = frozenset()


def read_matter_code(text: str) -> MatterCode:
    """A code of any of the three lengths, as it stands."""
    kind = _KINDS.get(len(text), "")
    if not kind:
        return MatterCode(problems=frozenset({"length"}))
    if not _SHAPES[kind].fullmatch(text):
        return MatterCode(kind, problems=frozenset({"chars"}))
    organ, level, rest = ("", "", text) if kind == "base" else (text[:18], text[18], text[19:])
    base = rest[:12]
    return MatterCode(
        kind, organ, level, base,
        region=base[:2], type=base[2:4], department=base[4:6], item=base[6:9], sub=base[9:12],
        business=rest[12:], problems=frozenset(_problems(kind, organ, level, base)),
    )  # fmt: skip


def _problems(kind: str, organ: str, level: str, base: str) -> set[str]:
    found = set()
    if kind != "base":
        if not (is_uscc(organ) and organ.startswith("1")):
            found.add("organ")
        expected = next((due for start, due in _LEVELS.items() if organ.startswith(start)), level)
        if level not in "1234567" or level != expected:
            found.add("level")
    if base[:2] not in (_NATIONAL, _BEIJING):
        found.add("region")
    if base[2:4] not in codes.table("matter_type"):
        found.add("type")
    return found
