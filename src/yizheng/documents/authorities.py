"""The registering authorities as instruments name them: full name, mark in document numbers, where to ask for review.

行政复议法第二十四条: review of an act of a government department is with the people's government of its level.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "authorities.csv"


class UnknownAuthority(LookupError):
    """No authority is listed for this area code."""


@dataclass(frozen=True)
class Authority:
    """One authority. `mark` begins its document numbers; `review_channel` is where a review may be asked for online."""

    area: str
    name: str
    mark: str
    review_body: str
    review_channel: str


@lru_cache(maxsize=1)
def _authorities() -> dict[str, Authority]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return {row["area"]: Authority(**row) for row in csv.DictReader(lines)}


def authority(area: str) -> Authority:
    """The authority of an area code (a district's six digits, 110000 for the city, BDA). Raises UnknownAuthority."""
    try:
        return _authorities()[area]
    except KeyError:
        raise UnknownAuthority(area) from None
