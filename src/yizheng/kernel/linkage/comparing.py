"""Whether two records are of one person: numbers first, then name, sex and birth; name and birth alone never join two people."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yizheng.kernel.identifiers.citizen_numbers import NumberState, read_citizen_number
from yizheng.kernel.names import fold_name, fold_pinyin, pinyin
from yizheng.kernel.names.folding import is_han
from yizheng.kernel.signs import normalise_number

LOOKALIKES = str.maketrans({
    "渺": "淼", "升": "昇", "哲": "喆", "坤": "堃", "或": "彧", "袆": "祎", "琪": "琦", "阎": "闫", "萧": "肖", "傅": "付",
    "於": "于", "邱": "丘", "代": "戴", "弘": "𬭎", "龑": "䶮",
})  # fmt: skip
"""Characters typed for one another in old files: the same to a comparison, never to a register of names."""


class Decision(StrEnum):
    """What a comparison comes to."""

    MATCH = "match"
    REVIEW = "review"
    NON_MATCH = "non-match"


@dataclass(frozen=True, slots=True)
class Record:
    """What a file says of a person; what it does not say is empty."""

    name: str
    sex: str = ""
    birth: date | None = None
    number: str = ""


def compare(one: Record, other: Record) -> Decision:
    """Whether two records are of one person."""
    if one.number and other.number:
        return _by_numbers(one, other)
    born_alike = one.birth is not None and other.birth is not None and _nearly(one.birth, other.birth)
    if born_alike and _same_sex(one, other) and _alike(one.name, other.name):
        return Decision.REVIEW
    return Decision.NON_MATCH


def _by_numbers(one: Record, other: Record) -> Decision:
    rest_agrees = (
        _same(one.name, other.name)
        and _same_sex(one, other)
        and (one.birth is None or other.birth is None or one.birth == other.birth)
    )
    first, second = read_citizen_number(one.number), read_citizen_number(other.number)
    if first.state is second.state is NumberState.VALID and first.number == second.number:
        return Decision.MATCH if rest_agrees else Decision.REVIEW
    if normalise_number(one.number) == normalise_number(other.number):
        return Decision.REVIEW
    return Decision.REVIEW if rest_agrees else Decision.NON_MATCH


def _same_sex(one: Record, other: Record) -> bool:
    """Whether the sexes do not contradict each other."""
    return not one.sex or not other.sex or one.sex == other.sex


def _folded(name: str) -> str:
    return fold_name(name).translate(LOOKALIKES)


def _same(one: str, other: str) -> bool:
    return _folded(one) == _folded(other)


def _alike(one: str, other: str) -> bool:
    """Equal, of equal pinyin, or one character off."""
    if _same(one, other) or _read(one) == _read(other):
        return True
    first, second = _folded(one), _folded(other)
    return _one_off(first, second) and any(map(is_han, first)) and any(map(is_han, second))


def _read(name: str) -> str:
    return fold_pinyin(pinyin(name)).replace(" ", "")


def _one_off(one: str, other: str) -> bool:
    """Whether one character is another, missing or too many."""
    if len(one) == len(other):
        return sum(first != second for first, second in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:place] + long[place + 1 :] == short for place in range(len(long)))


def _nearly(one: date, other: date) -> bool:
    """Equal, day and month changed about, or one digit off."""
    if one == other or (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    return sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) == 1
