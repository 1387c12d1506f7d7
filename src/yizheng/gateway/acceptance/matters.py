"""事项编码: the items of the platform under the codes of the list of government services (GB/T 39554.1).

The base of twelve digits stands in a file; before it come the organ's code and the level at which it acts, behind it the
number of the business item. The bases shipped are stand-ins until the authority gives its own.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from yizheng.exchange.matter_codes import read_matter_code
from yizheng.exchange.organs import organ_code

_FILE = Path(__file__).parent.parent / "data" / "matters.csv"
CITY, DISTRICT = "2", "3"
"""The levels at which the organs of Beijing act."""
_DISTRICTS = ("1101", "1102")


class NoMatter(LookupError):
    """The code names no matter that is dealt with here; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class Matter:
    """One item as the list of services knows it."""

    item: str
    base: str
    version: int

    def implementation(self, area: str, on: date) -> str:
        """The code of 31 characters under which an organ deals with it; empty where the organ's code is not known."""
        organ = organ_code(area, on)
        is_district = organ[2:6] in _DISTRICTS
        return f"{organ}{DISTRICT if is_district else CITY}{self.base}" if organ else ""


@cache
def _rows() -> tuple[Matter, ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(Matter(row["item"], row["base"], int(row["version"])) for row in csv.DictReader(lines))


def matter_of(item: str) -> Matter | None:
    """The matter of an item; nothing where it is on no list."""
    return next((each for each in _rows() if each.item == item), None)


def item_of(code: str) -> Matter:
    """The matter of a code of 12, 31 or 33. Raises NoMatter."""
    read = read_matter_code(code)
    if read.problems:
        raise NoMatter(f"事项编码不合格：{'、'.join(sorted(read.problems))}")
    for each in _rows():
        if each.base == read.base:
            return each
    raise NoMatter(f"本平台不办理事项 {read.base}")
