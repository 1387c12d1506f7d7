"""A thousand first registrations decided in one go, beside the same rows written by set-based SQL alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from yizheng.cli.bench.laboratory import Lab
from yizheng.cli.bench.questions import Pair, question, ratio_at_most

if TYPE_CHECKING:
    from yizheng.licensing.models import Case
    from yizheng.people.models import Account

CASES = 1000
Written = Sequence[tuple[str, str]]
"""Tables a decision writes to, each with a column that has grown beyond what it was in the rows that are new or written again."""
WRITTEN: Written = (
    *((table, "id") for table in (
        "registry_change", "registry_basis", "practitioners_identity", "practitioners_education", "doctors_registration",
        "licensing_caseevent", "documents_certificate", "documents_instrument", "documents_allocation",
        "people_auditentry", "people_namekey", "people_access", "work_notice",
    )),
    ("people_searchname", "subject_id"), ("disclosure_publicpractitioner", "subject"),
    ("licensing_case", "change_id"), ("practitioners_identity", "closed"),
)  # fmt: skip


@question(
    "decisions-thousand",
    "一批 1,000 件首次注册一次决定，数据库所用的处理器时间",
    beside="新写和改写的同样多的行，只用成批 SQL 写入同样的表（带同样的索引），处理器时间",
    unit="s",
    reach=ratio_at_most(10),
    runs=3,
)
def thousand(lab: Lab) -> Iterator[Pair]:
    """Each run decides a thousand fresh cases as the serving role, in chunks as the job does."""
    from benchmarks.waiting import waiting_cases

    yield from decided(lambda: waiting_cases(CASES, WRITTEN), WRITTEN)


Waiting = tuple[Sequence["Case"], "Account", Mapping[tuple[str, str], int]]
"""Cases that wait for a decision, who decides, and how far each table had grown before."""
TIMES = 5
"""How often the same rows are written for the floor, which is so short that one writing says little."""


def decided(waiting: Callable[[], Waiting], written: Written) -> Iterator[Pair]:
    """Grants fresh cases once a run as one batch, beside the rows this adds written by set-based SQL.

    Both are processor seconds of the server's process, which other programs on the machine do not lengthen.
    """
    from benchmarks.waiting import serving
    from yizheng.licensing.collective.batching import carry_out, choose
    from yizheng.people.scope import acting_as

    with serving():
        while True:
            cases, decider, before = waiting()
            with acting_as(decider), statements() as counted:
                batch = choose(decider, "grant", cases)
                spent, began = Server(), time.perf_counter()
                carry_out(batch)
                ours, whole = spent.seconds(), time.perf_counter() - began
                refused = list(batch.rows.exclude(done=True).values_list("problem", flat=True))
            if refused:
                raise RuntimeError(f"{len(refused)} refused: {refused[0]}")
            note = f"连同程序和等待共 {whole:.1f} s，语句 {counted[1]:.0f} 条，语句等待 {counted[0]:.1f} s"
            yield Pair(ours, _floor(before, written), note)


class Server:
    """The server's process of Django's connection, from now on."""

    def __init__(self) -> None:
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("select pg_backend_pid()")
            self._process = psutil.Process(cursor.fetchone()[0])
        self._before = self._spent()

    def seconds(self) -> float:
        """How many processor seconds it has spent."""
        return self._spent() - self._before

    def _spent(self) -> float:
        exact = Path(f"/proc/{self._process.pid}/schedstat")
        if exact.exists():
            return int(exact.read_text("ascii").split()[0]) / 1e9
        times = self._process.cpu_times()
        return float(times.user + times.system)


@contextmanager
def statements() -> Iterator[list[float]]:
    """Seconds spent waiting for statements, and how many there were."""
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


def _floor(before: Mapping[tuple[str, str], int], written: Written) -> float:
    """The rows the decisions added or wrote again, written once more into empty twins of their tables: processor seconds."""
    from django.db import connection, transaction

    taken = 0.0
    with transaction.atomic(), connection.cursor() as cursor:
        for table, grows in written:
            for _ in range(TIMES):
                cursor.execute(f"create temp table twin (like {table} including indexes including defaults)")
                spent = Server()
                cursor.execute(f"insert into twin select * from {table} where {grows} > %s", [before[table, grows]])
                taken += spent.seconds()
                cursor.execute("drop table twin")
    return taken / TIMES
