"""People: subjects with a name, a sex, a birth date and a valid synthetic identity number, none of which repeats."""

from datetime import date, timedelta
from itertools import islice

from yizheng.cli.bench.invented import names
from yizheng.cli.bench.laboratory import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import copied, inventing, subjects_of
from yizheng.kernel.identifiers import make_resident_id
from yizheng.registry import SubjectKind

PORTION = 250_000
_REGIONS = ("110101", "110105", "110108", "130102", "210102", "320102", "370102", "410105", "420106", "510104")
_EARLIEST = date(1950, 1, 1)
_DAYS = 18_250
"""Birth dates of half a century: nobody is younger than twenty-five."""


def build(steps: Steps, scale: Scale) -> None:
    """So many people; the stream of names is walked from its beginning, so that a part resumed is the same part."""
    stream, walked = names.stream(), 0

    def portion(first: int, end: int) -> int:
        nonlocal walked
        named = list(islice(stream, first - walked, end - walked))
        walked = end
        with inventing("people", first) as change:
            subjects = subjects_of(change, SubjectKind.PERSON, end - first)
            return copied("bench_person", map(_row, range(first, end), subjects, named))

    steps.portions("people", scale.people, PORTION, portion)


def _row(number: int, subject: int, named: tuple[str, str]) -> tuple[object, ...]:
    resident, birth = resident_number(number, named[1])
    return number, subject, *named, birth, resident


def resident_number(number: int, sex: str) -> tuple[str, date]:
    """The identity number and birth date of the n-th person: day and serial together never repeat."""
    birth = _EARLIEST + timedelta(days=number % _DAYS)
    serial = number // _DAYS * 2 + (1 if sex == "1" else 0)
    region = _REGIONS[serial // 1000 % len(_REGIONS)]
    return make_resident_id(region, birth, serial % 1000), birth
