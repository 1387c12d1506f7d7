"""Reading a cell of results: a number with its comparator, a word of a laboratory, or why there is nothing.

Not done is neither normal nor missing by chance, so the reason is kept.
"""

import re
from dataclasses import asdict, dataclass
from typing import Any

from yizheng.kernel.signs import half_width
from yizheng.systems.sequelae.examinations.fields import Range

_NUMBER = re.compile(r"(<=|>=|≤|≥|<|>)?\s*([-+]?\d+(?:\.\d+)?)\s*([↑↓HL*])?")
_RANGE = re.compile(r"([-+]?\d+(?:\.\d+)?)?\s*(?:-{1,2}|~|～|—|至|<|≤)\s*([-+]?\d+(?:\.\d+)?)?")
ABSENT = {
    "未检": "not_done", "未做": "not_done", "未测": "not_done", "拒检": "refused", "拒绝": "refused", "弃检": "given_up",
    "/": "not_done", "-": "not_done", "—": "not_done", "": "empty",
}  # fmt: skip
REASONS = {"not_done": "未检", "refused": "拒检", "given_up": "弃检", "empty": "空白"}
WORDS = frozenset({"阴性", "阳性", "弱阳性", "+", "++", "+++", "++++", "±", "(+)", "(-)", "(±)", "正常"})


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says: a number (with its comparator), a word, or the reason why nothing; with the range printed beside it."""

    number: float | None = None
    comparator: str = ""
    words: str = ""
    reason: str = ""
    low: float | None = None
    high: float | None = None

    @property
    def range(self) -> Range:
        """The printed range."""
        return self.low, self.high

    def kept(self) -> dict[str, Any]:
        """As it is enciphered: what is not said is left out."""
        return {name: value for name, value in asdict(self).items() if value not in (None, "")}

    def said(self) -> str:
        """As two readings are compared and shown."""
        return REASONS.get(self.reason, "") or self.words or f"{self.comparator}{self.number:g}"


class Unreadable(ValueError):
    """The cell says nothing known; the words say what to do."""


def read_cell(text: str, printed: str = "") -> Cell:
    """The cell of a text as files have it, with the printed range of its neighbour. Raises Unreadable."""
    plain = half_width(text).strip().replace("，", ",")
    if plain in ABSENT:
        return Cell(reason=ABSENT[plain])
    if plain in WORDS:
        return Cell(words=plain)
    found = _NUMBER.fullmatch(plain)
    if found is None:
        raise Unreadable(f"“{text[:20]}”不是数值，也不是可以识别的文字结果")
    low, high = read_range(printed)
    comparator = {"≤": "<=", "≥": ">="}.get(found[1] or "", found[1] or "")
    return Cell(float(found[2]), comparator, low=low, high=high)


def read_range(printed: str) -> Range:
    """The bounds of a printed range such as 3.5-9.5 or <5.2; what cannot be read is no range."""
    found = _RANGE.fullmatch(half_width(printed).strip())
    if found is None:
        return None, None
    return (float(found[1]) if found[1] else None, float(found[2]) if found[2] else None)


def cell_of(kept: Any) -> Cell:
    """The cell of what was kept."""
    return Cell(**kept)
