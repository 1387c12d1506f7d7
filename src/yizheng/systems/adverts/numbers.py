"""医疗广告审查证明文号: (京)医广〔2026〕第07-15-08号 in every form in which it is printed, and how it stands on a day.

The number names the organ (中医广: the administration of Chinese medicine), the day of approval and an order number, which is
kept as printed: its width is not fixed. An approval holds for one year from its day (医疗广告管理办法 第十三条).
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from yizheng.kernel.calendar.periods import add_years
from yizheng.kernel.signs import BLANKS, HYPHENS, INVISIBLE

HEALTH, TCM = "health", "tcm"
"""The two reviewing organs: the health commission and the administration of Chinese medicine."""
BEIJING = "京"
_PROVINCES = "京津冀晋蒙辽吉黑沪申苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新港澳台"
_OPENING, _CLOSING = "([{<〔【〖「『《〈⟦⟨⟮❨", ")]}>〕】〗」』》〉⟧⟩⟯❩"
_DASHES = "﹘─━⁃➖ー~"
_SIGNS: dict[int, int | str | None] = {
    **dict.fromkeys(map(ord, _OPENING), "["),
    **dict.fromkeys(map(ord, _CLOSING), "]"),
    **dict.fromkeys((*map(ord, _DASHES), *HYPHENS), "-"),
    **dict.fromkeys(BLANKS),
    **INVISIBLE,
}  # fmt: skip
_FORM = re.compile(
    rf"\[?(?P<province>[{_PROVINCES}])\]?(?P<tcm>中?)医广\[(?P<year>20[0-9]{{2}})\]"
    r"第?(?P<month>[0-9]{2})-+(?P<day>[0-9]{2})-+(?P<serial>[0-9]{2,4})号"
)


class State(StrEnum):
    """How an approval stands on a day by its number alone."""

    NOT_YET = "not_yet"
    VALID = "valid"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class AdvertNumber:
    """A number of the right form; the day is missing where the calendar has none."""

    province: str
    organ: str
    year: int
    month: str
    day_of_month: str
    serial: str

    @property
    def day(self) -> date | None:
        """The day of approval."""
        try:
            return date(self.year, int(self.month), int(self.day_of_month))
        except ValueError:
            return None

    @property
    def valid_to(self) -> date | None:
        """The last day of the approval."""
        return last_day(self.day) if self.day else None

    @property
    def normal(self) -> str:
        """The number as the certificate prints it."""
        kind = "中医广" if self.organ == TCM else "医广"
        return f"({self.province}){kind}〔{self.year}〕第{self.month}-{self.day_of_month}-{self.serial}号"

    def state(self, on: date) -> State | None:
        """How it stands on a day; nothing for a number without a real day."""
        if self.day is None or self.valid_to is None:
            return None
        if on < self.day:
            return State.NOT_YET
        return State.VALID if on <= self.valid_to else State.EXPIRED


def last_day(approved: date) -> date:
    """The last day of the year an approval holds (医疗广告管理办法 第十三条)."""
    return add_years(approved, 1) - timedelta(days=1)


def read_number(text: str) -> AdvertNumber | None:
    """The number in a text, of whatever width, blanks, brackets and dashes; nothing where it has another form."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    found = _FORM.fullmatch(plain)
    if found is None:
        return None
    return AdvertNumber(
        found["province"],
        TCM if found["tcm"] else HEALTH,
        int(found["year"]),
        found["month"],
        found["day"],
        found["serial"],
    )


def find_number(text: str) -> AdvertNumber | None:
    """The first number within other words, such as a line copied from a newspaper."""
    plain = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    found = _FORM.search(plain)
    return read_number(found.group()) if found else None


def make_number(organ: str, approved: date, serial: int) -> str:
    """The number of an approval: the order number has two digits, more where two do not suffice."""
    kind = "中医广" if organ == TCM else "医广"
    return f"({BEIJING}){kind}〔{approved:%Y}〕第{approved:%m-%d}-{serial:02d}号"


def problems(number: AdvertNumber, organ: str = "", approved: date | None = None) -> list[str]:
    """What speaks against a number: of another province, without a real day, of another day or organ than the certificate."""
    found = []
    if number.province != BEIJING:
        found.append("province")
    if number.day is None:
        found.append("date_unreal")
    elif approved is not None and number.day != approved:
        found.append("date_differs")
    if organ and number.organ != organ:
        found.append("organ_differs")
    return sorted(found)
