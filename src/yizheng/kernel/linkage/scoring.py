"""How much speaks for two records being of one person (Fellegi and Sunter), and when that suffices.

Agreement in a field adds log2(m/u), disagreement log2((1-m)/(1-u)): m among pairs of one person, u among pairs of two. By chance a
frequent name agrees far more often than a rare one, so its u is its frequency in the register. A name and a day of birth alone
never join two records: without a number or a register number the most they come to is a review.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from yizheng.kernel.identifiers.citizen_numbers import NumberState, read_citizen_number
from yizheng.kernel.linkage.comparing import LOOKALIKES, Decision
from yizheng.kernel.names import fold_name, fold_pinyin, pinyin
from yizheng.kernel.signs import normalise_number

KEPT_DIGITS = 15
"""Digits a spreadsheet leaves of a number."""
M_NAME = {"equal": 0.93, "variant": 0.03, "pinyin": 0.02, "near": 0.015}
U_NAME = {"pinyin": 0.004, "near": 0.008}
M_BIRTH = {"equal": 0.96, "swapped": 0.01, "digit": 0.02}
U_BIRTH = {"equal": 1 / 9000, "swapped": 1 / 4000, "digit": 1 / 400}
M_SEX, U_SEX = 0.995, 0.5
M_CODE, U_CODE = 0.98, 0.002
NUMBER = {"near": 11.0, "destroyed": 9.0, "different": -7.0}
"""Weights of numbers that are not simply equal: one digit off, destroyed by a spreadsheet, different."""
MOST_FREQUENT = 0.2
"""No name is taken to be more frequent, however small the register."""
MATCH, REVIEW = 18.0, 9.0
"""From which sum on two records are of one person, and from which somebody looks."""
WORDS = {
    "equal": "相同", "variant": "异体相同", "pinyin": "同音", "near": "差一字", "different": "不同", "swapped": "月日互换",
    "digit": "差一位",
    "destroyed": "末位被表格软件改为 0",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """What a file, or the register, says of a person; what it does not say is empty."""

    name: str
    sex: str = ""
    birth: date | None = None
    number: str = ""
    code: str = ""
    former: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The record as a later file repeats it."""
        birth = self.birth.isoformat() if self.birth else ""
        return "|".join((fold_name(self.name), self.sex, birth, normalise_number(self.number), self.code.upper()))


@dataclass(frozen=True, slots=True)
class Compared:
    """What a comparison comes to: the decision, the sum, and why in words."""

    decision: Decision
    score: float
    why: str


class Names:
    """How frequent the names of the register are."""

    def __init__(self, names: Iterable[str]) -> None:
        self._counts = Counter(fold_name(name) for name in names)
        self._all = max(1, self._counts.total())

    def chance(self, name: str) -> float:
        """How often two people share this name by chance; a name the register does not have is rarer than any it has."""
        return min(MOST_FREQUENT, max(self._counts[fold_name(name)], 0.5) / self._all)


def compare(record: Record, known: Record, names: Names) -> Compared:
    """Whether a record of a file is a known person's."""
    number = _numbers(record.number, known.number)
    name = min((name_level(record.name, each) for each in (known.name, *known.former)), key=_rank)
    if number == "equal":
        alike = name != "different" and _sexes(record, known) != "different"
        why = f"证件号码相同，姓名{WORDS[name]}"
        return Compared(Decision.MATCH if alike else Decision.REVIEW, 99.0 if alike else MATCH, why)
    levels = {"姓名": name, "出生日期": _births(record.birth, known.birth), "性别": _sexes(record, known), "证件号码": number,
              "登记号": _codes(record, known)}  # fmt: skip
    score = sum(_weight(field, level, names.chance(known.name)) for field, level in levels.items() if level)
    why = "，".join(f"{field}{WORDS[level]}" for field, level in levels.items() if level)
    return Compared(_decided(score, levels), round(score, 1), why)


def _decided(score: float, levels: Mapping[str, str]) -> Decision:
    vouched = levels["登记号"] == "equal" or levels["证件号码"] == "near"
    if score >= MATCH and vouched and "different" not in (levels["姓名"], levels["性别"]):
        return Decision.MATCH
    return Decision.REVIEW if score >= REVIEW else Decision.NON_MATCH


def _rank(level: str) -> int:
    return ("equal", "variant", "pinyin", "near", "different").index(level)


def _weight(field: str, level: str, chance: float) -> float:
    if field == "证件号码":
        return NUMBER[level]
    if field == "性别":
        return _of(M_SEX, U_SEX, agrees=level == "equal")
    if field == "登记号":
        return _of(M_CODE, U_CODE, agrees=level == "equal")
    m, u = (M_NAME, {"equal": chance, "variant": chance, **U_NAME}) if field == "姓名" else (M_BIRTH, U_BIRTH)
    if level == "different":
        return math.log2((1 - sum(m.values()) + 0.005) / (1 - sum(u.values())))
    return math.log2(m[level] / u[level]) if level != "variant" else math.log2(0.5 / u[level])


def _of(m: float, u: float, *, agrees: bool) -> float:
    return math.log2(m / u) if agrees else math.log2((1 - m) / (1 - u))


def name_level(one: str, other: str) -> str:
    """How two names agree: equal, by a variant, by sound, but for one character, or not."""
    first, second = fold_name(one), fold_name(other)
    if first == second:
        return "equal"
    if first.translate(LOOKALIKES) == second.translate(LOOKALIKES):
        return "variant"
    if _sound(one) == _sound(other):
        return "pinyin"
    return "near" if _one_off(first, second) else "different"


def _sound(name: str) -> str:
    return fold_pinyin(pinyin(name)).replace(" ", "")


def _one_off(one: str, other: str) -> bool:
    """One character is another, or missing; of two characters one is too much."""
    if len(one) == len(other):
        return len(one) > 1 and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return len(long) == len(short) + 1 and any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


def _births(one: date | None, other: date | None) -> str:
    if one is None or other is None:
        return ""
    if one == other:
        return "equal"
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return "swapped"
    return "digit" if _digits_off(f"{one:%Y%m%d}", f"{other:%Y%m%d}") == 1 else "different"


def _digits_off(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))


def _sexes(one: Record, other: Record) -> str:
    return "" if not one.sex or not other.sex else "equal" if one.sex == other.sex else "different"


def _codes(one: Record, other: Record) -> str:
    return "" if not one.code or not other.code else "equal" if one.code.upper() == other.code.upper() else "different"


def _numbers(one: str, other: str) -> str:
    """How two numbers agree; 15 and 18 characters meet in 18. Noughts of a spreadsheet may fit the check by chance."""
    if not one or not other:
        return ""
    first, second = read_citizen_number(one), read_citizen_number(other)
    plain, known = first.number or normalise_number(one), second.number or normalise_number(other)
    if plain == known and first.state is second.state is NumberState.VALID:
        return "equal"
    if plain.endswith("000") and plain[:KEPT_DIGITS] == known[:KEPT_DIGITS]:
        return "destroyed"
    return "near" if _digits_off(plain, known) == 1 else "different"
