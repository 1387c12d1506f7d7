"""Numbers of certificates that have a scheme of their own: opaque to the program, composed from a dated data file.

The national schemes of 2009 for Hong Kong, Macau and Taiwan, and those of village doctors, specialists and foreign doctors
are local data until the authority names them (``data/certificate_series.csv``); a number once given never changes.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from yizheng.documents import numbers
from yizheng.licensing.lifecycle import NotPossibleError
from yizheng.licensing.models import Case

_FILE = Path(__file__).parent / "data" / "certificate_series.csv"


class NoSeriesError(LookupError):
    """No series of this kind of certificate is in force on the day."""


@dataclass(frozen=True, slots=True)
class Series:
    """One scheme: what numbers of it begin with, whether they count by year, how many digits the serial has."""

    kind: str
    prefix: str
    by_year: bool
    digits: int
    valid_from: date
    valid_to: date

    def head(self, on: date) -> str:
        """What a number given on the day begins with."""
        return f"{self.prefix}{on:%Y}" if self.by_year else self.prefix


@cache
def _all() -> tuple[Series, ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(
            Series(
                row["kind"], row["prefix"], row["by_year"] == "1", int(row["digits"]),
                date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
            )
            for row in csv.DictReader(lines)
        )  # fmt: skip


def series(kind: str, on: date) -> Series:
    """The scheme of a kind of certificate in force on a day. Raises NoSeriesError."""
    for each in _all():
        if each.kind == kind and each.valid_from <= on < each.valid_to:
            return each
    raise NoSeriesError(f"没有在{on.isoformat()}有效的“{kind}”编号规则")


def next_number(kind: str, on: date, *, given_to: str, change_id: int) -> str:
    """A new number of the kind's series, recorded and never given again. Raises NoSeriesError."""
    found = series(kind, on)
    head = found.head(on)
    serial = numbers.allocate(f"certificate.{kind}", head, given_to=given_to, change_id=change_id)
    return f"{head}{serial:0{found.digits}d}"


def bring(series: str, number: str, case: Case) -> None:
    """The number somebody has from another register becomes hers here too. Raises NotPossibleError where it is another's."""
    try:
        numbers.claim(series, number, f"subject:{case.subject_id}")
    except numbers.NumberTaken as taken:
        raise NotPossibleError(f"编号 {number} 已登记在他人名下，请按证书核对后再决定") from taken
