"""Reading the register in two times: one subject, and everybody counted by state."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from yizheng.cli.bench.laboratory import Lab, percentile
from yizheng.cli.bench.questions import Pair, question, ratio_at_most

READS = 4000

# What `Registration.objects.as_of(day, known)` asks for one subject; the subject's index leads.
_ONE = """
select id, line, status, institution_id from doctors_registration
where subject_id = %s and opened <= (
        select high from registry_change where "position" <= %s order by "position" desc limit 1)
  and opened not in (select id from registry_change
        where (overtaken is not null and int8range(overtaken, "position") @> %s::bigint) or "position" is null)
  and (closed is null or closed > (
        select high from registry_change where "position" <= %s order by "position" desc limit 1)
       or closed in (select id from registry_change
        where (overtaken is not null and int8range(overtaken, "position") @> %s::bigint) or "position" is null))
  and valid_from <= %s and valid_to > %s
"""
_BY_KEY = "select id, line, status, institution_id from doctors_registration where id = %s"
_STATES = "select status, count(*) from doctors_registration where closed is null {day} group by status"


@question(
    "asof-subject",
    "一名主体某日的登记（按某一序位所知），p99",
    beside="同一张表按主键读一行，p99",
    unit="ms",
    reach=ratio_at_most(3),
    runs=5,
)
def one_subject(lab: Lab) -> Iterator[Pair]:
    with lab.connect("serving", settings=lab.city_scope()) as connection:
        position = lab.count('select max("position") from registry_change')
        subjects = _sample(connection, "subject_id")
        ids = _sample(connection, "id")
        asked = [
            [s, position - 1, position - 1, position - 1, position - 1, "2012-06-30", "2012-06-30"] for s in subjects
        ]
        keys = [[key] for key in ids]
        _times(connection, _ONE, asked), _times(connection, _BY_KEY, keys)
        while True:
            ours, beside = _times(connection, _ONE, asked), _times(connection, _BY_KEY, keys)
            note = f"中位数 {percentile(ours, 0.5):.3f} / {percentile(beside, 0.5):.3f} ms"
            yield Pair(percentile(ours, 0.99), percentile(beside, 0.99), note)


@question(
    "asof-city",
    "全市某日在册状态计数（约一百万个版本）",
    beside="同样分组，不问日期",
    unit="ms",
    reach=ratio_at_most(1.5),
    runs=7,
    scales=("city",),
)
def whole_city(lab: Lab) -> Iterator[Pair]:
    dated = _STATES.format(day="and valid_from <= date '2012-06-30' and valid_to > date '2012-06-30'")
    undated = _STATES.format(day="")
    with lab.connect("serving", settings=lab.city_scope()) as connection:
        for statement in (dated, undated):
            connection.execute(statement).fetchall()
        while True:
            yield Pair(_once(connection, dated), _once(connection, undated))


def _sample(connection: Any, column: str) -> list[int]:
    """Rows from all over the table, in no order."""
    found = connection.execute(
        f"select {column} from (select {column} from doctors_registration tablesample bernoulli (5) limit 200000) sample"
        " order by random() limit %s",
        [READS],
    )
    return [row[0] for row in found.fetchall()]


def _times(connection: Any, statement: str, rows: Sequence[Sequence[object]]) -> list[float]:
    """Milliseconds of each execution, prepared once, all in one transaction of the reader's."""
    taken = []
    with connection.transaction():
        for row in rows:
            began = time.perf_counter()
            connection.execute(statement, row, prepare=True).fetchall()
            taken.append((time.perf_counter() - began) * 1000)
    return taken


def _once(connection: Any, statement: str) -> float:
    began = time.perf_counter()
    connection.execute(statement).fetchall()
    return (time.perf_counter() - began) * 1000
