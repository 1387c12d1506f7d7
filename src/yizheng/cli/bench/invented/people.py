"""People: subjects with a name, a sex, a birth date and a valid synthetic identity number, none of which repeats."""

from datetime import date, timedelta
from functools import partial
from itertools import islice

from django.db import connection

from yizheng.cli.bench.invented import names
from yizheng.cli.bench.scales import Scale
from yizheng.cli.bench.steps import Steps
from yizheng.cli.bench.writing import as_job, subjects_of
from yizheng.kernel.identifiers import make_resident_id
from yizheng.registry import ChangeKind, SubjectKind, changing

PORTION = 250_000
_REGIONS = ("110101", "110105", "110108", "130102", "210102", "320102", "370102", "410105", "420106", "510104")
_EARLIEST = date(1950, 1, 1)
_DAYS = 18_250
"""Birth dates of half a century: nobody is younger than twenty-five."""


def build(steps: Steps, scale: Scale) -> None:
    """So many people; the stream of names is walked from its beginning, so that a part resumed is the same part."""
    stream = names.stream()
    walked = 0
    for name, first, end in steps.portions("people", scale.people, PORTION):
        list(islice(stream, first - walked))
        portion = list(islice(stream, end - first))
        walked = end
        steps.once(name, partial(_portion, first, portion))


def resident_number(number: int, sex: str) -> tuple[str, date]:
    """The identity number and birth date of the n-th person: day and serial together never repeat."""
    birth = _EARLIEST + timedelta(days=number % _DAYS)
    serial = number // _DAYS * 2 + (1 if sex == "1" else 0)
    region = _REGIONS[serial // 1000 % len(_REGIONS)]
    return make_resident_id(region, birth, serial % 1000), birth


def _portion(first: int, portion: list[tuple[str, str]]) -> int:
    with (
        as_job("bench: people"),
        changing(kind=ChangeKind.INTAKE, actor=None, cause=f"bench:people:{first}", reason="测量用数据") as change,
    ):
        subjects = subjects_of(change, SubjectKind.PERSON, len(portion))
        with connection.cursor() as cursor, cursor.copy("copy bench_person from stdin") as copy:
            for number, (subject, (name, sex)) in enumerate(zip(subjects, portion, strict=True), first):
                resident, birth = resident_number(number, sex)
                copy.write_row((number, subject, name, sex, birth, resident))
    return len(portion)
