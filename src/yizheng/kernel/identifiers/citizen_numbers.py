"""What is wrong with a citizen number as old files have it: cut, mistyped, or destroyed by a spreadsheet.

Files of twenty years hold numbers of 15 and 18 characters. A number born before 1900 (serials 996 to 999 of the old form) is
well-formed; a register of the living refuses it.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yizheng.kernel.calendar.clock import beijing_today
from yizheng.kernel.identifiers.resident import birth_date_of, check_character, sex_code_of
from yizheng.kernel.signs import normalise_number

_OLD, _NEW = 15, 18
_SHAPES = {_OLD: re.compile(r"[0-9]{15}"), _NEW: re.compile(r"[0-9]{17}[0-9X]")}
_OF_THE_EIGHTEEN_HUNDREDS = ("996", "997", "998", "999")
_SPREADSHEET = "000"
"""Spreadsheets keep 15 digits of a number: the last three become nought."""


class NumberState(StrEnum):
    """Whether a number is right, or the first thing wrong with it."""

    VALID = "valid"
    BAD_LENGTH = "bad_length"
    BAD_CHARACTERS = "bad_characters"
    BAD_DATE = "bad_date"
    DESTROYED = "destroyed_by_spreadsheet"
    BAD_CHECK = "bad_check"


@dataclass(frozen=True, slots=True)
class CitizenNumber:
    """A number, its state, and the form of 18 characters where it has one."""

    state: NumberState
    number: str = ""

    @property
    def sex(self) -> str:
        """The sex the number says: male or female."""
        return "male" if sex_code_of(self.number) == "1" else "female"

    @property
    def birth(self) -> date:
        """The day of birth."""
        day = birth_date_of(self.number)
        assert day is not None, "a number with an impossible day is not valid"
        return day


def read_citizen_number(text: str, today: date | None = None) -> CitizenNumber:
    """Read a number of 15 or 18 characters; an unknown region is no fault, regions come and go."""
    number = normalise_number(text)
    if len(number) not in _SHAPES:
        return CitizenNumber(NumberState.BAD_LENGTH)
    if not _SHAPES[len(number)].fullmatch(number):
        return CitizenNumber(NumberState.BAD_CHARACTERS)
    given = number[-1] if len(number) == _NEW else ""
    first17 = number[:17] if given else number[:6] + _century(number) + number[6:]
    born = birth_date_of(first17 + "0")
    if born is None or born > (today or beijing_today()):
        return CitizenNumber(NumberState.BAD_DATE)
    check = check_character(first17)
    if given and given != check:
        destroyed = number.endswith(_SPREADSHEET)
        return CitizenNumber(NumberState.DESTROYED if destroyed else NumberState.BAD_CHECK)
    return CitizenNumber(NumberState.VALID, first17 + check)


def _century(fifteen: str) -> str:
    return "18" if fifteen.endswith(_OF_THE_EIGHTEEN_HUNDREDS) else "19"
