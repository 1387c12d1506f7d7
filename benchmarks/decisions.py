"""A thousand first registrations decided in one go, beside the same rows written by set-based SQL alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from yizheng.cli.bench.laboratory import Lab
from yizheng.cli.bench.questions import Pair, at_most, question

if TYPE_CHECKING:
    from yizheng.licensing.models import Case
    from yizheng.people.models import Account

CASES = 1000
_NUMBERED = (
    "registry_change", "registry_basis", "practitioners_identity", "practitioners_education", "doctors_registration",
    "licensing_caseevent", "documents_certificate", "documents_instrument", "documents_allocation",
    "people_auditentry", "people_namekey", "people_access", "work_notice",
)  # fmt: skip
WRITTEN = dict.fromkeys(_NUMBERED, "id") | {"people_searchname": "subject_id"}
"""Tables a decision writes to, and the column that grows; the floor writes as many rows as wide into tables with the same keys."""


@question(
    "decisions-thousand",
    "一批 1,000 件首次注册一次决定，数据库用时",
    beside="同样多的行，只用成批 SQL 写入同样的表（带同样的索引）",
    unit="s",
    reach=at_most(2),
    runs=3,
)
def thousand(lab: Lab) -> Iterator[Pair]:
    """Each run decides a thousand fresh cases as the serving role, in chunks as the job does."""
    from benchmarks.waiting import waiting_cases

    yield from decided(lambda: waiting_cases(CASES, WRITTEN), WRITTEN)


Waiting = tuple[Sequence["Case"], "Account", Mapping[str, int]]
"""Cases that wait for a decision, who decides, and how far each table had grown before."""


def decided(waiting: Callable[[], Waiting], written: Mapping[str, str]) -> Iterator[Pair]:
    """Grants fresh cases once a run, beside the rows this adds written by set-based SQL."""
    from django.utils import timezone

    from benchmarks.waiting import serving
    from yizheng.licensing.verbs.performing import chunks, perform_chunk
    from yizheng.people.scope import acting_as

    with serving():
        while True:
            cases, decider, before = waiting()
            began = time.perf_counter()
            with acting_as(decider), _database_time() as spent:
                outcomes = [
                    outcome
                    for chunk in chunks(cases)
                    for outcome in perform_chunk(chunk, "grant", decider, reason="", on=timezone.localdate())
                ]
            whole = time.perf_counter() - began
            refused = [outcome.problem for outcome in outcomes if outcome.problem]
            if refused:
                raise RuntimeError(f"{len(refused)} refused: {refused[0]}")
            yield Pair(spent[0], _floor(before, written), f"连同程序共 {whole:.2f} s，语句 {int(spent[1])} 条")


@contextmanager
def _database_time() -> Iterator[list[float]]:
    """Seconds spent in statements, and how many there were."""
    from django.db import connection

    spent = [0.0, 0.0]

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            spent[0] += time.perf_counter() - began
            spent[1] += 1

    with connection.execute_wrapper(note):
        yield spent


def _floor(before: Mapping[str, int], written: Mapping[str, str]) -> float:
    """The rows the decisions added, written once more into empty twins of their tables."""
    from django.db import connection, transaction

    taken = 0.0
    with transaction.atomic(), connection.cursor() as cursor:
        for table, grows in written.items():
            cursor.execute(f"create temp table twin (like {table} including indexes including defaults) on commit drop")
            began = time.perf_counter()
            cursor.execute(f"insert into twin select * from {table} where {grows} > %s", [before[table]])
            taken += time.perf_counter() - began
            cursor.execute("drop table twin")
    return taken
