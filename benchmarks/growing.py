"""Bulk statements after bulk writes: as much time a row for three hundred thousand as for ten thousand.

Nothing is analysed by itself while the bench asks (`autovacuum` is off), so the statistics know nothing of what was just written.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

from benchmarks.changing import educated
from yizheng.cli.bench.laboratory import Lab, seconds
from yizheng.cli.bench.questions import Pair, question, ratio_at_most

FEW, MANY = 10_000, (100_000, 300_000)


def _grows(name: str, asks: str, act: Callable[[int], float]) -> None:
    """`act` works on so many fresh rows and says how many seconds that took."""

    @question(
        f"{name}-grows",
        f"{asks}：十万行、三十万行中较慢者的每万行用时",
        beside="同样的工作做一万行",
        unit="s",
        reach=ratio_at_most(2),
        runs=2,
    )
    def asked(lab: Lab) -> Iterator[Pair]:
        from yizheng.people.scope import acting_as_system

        while True:
            sizes = [FEW, *(rows for rows in MANY if rows <= lab.scale.people)]
            with acting_as_system(f"bench: {name}"):
                spent = {rows: act(rows) for rows in sizes}
            each = {rows: taken / (rows / FEW) for rows, taken in spent.items()}
            note = "，".join(f"{rows:,} 行 {taken:.2f} s" for rows, taken in spent.items())
            yield Pair(max([each[rows] for rows in sizes[1:]] or [each[FEW]]), each[FEW], note)


def _rolled_back(rows: int) -> float:
    from yizheng.registry import rollback

    change = educated(f"education:{time.time_ns()}", rows)
    return seconds(lambda: rollback(change, actor=1, approved_by=2, reason="测量"))


def _restored(rows: int) -> float:
    from yizheng.registry import latest_position
    from yizheng.registry.rolling_back.restoring import Wanted, restore_known

    line = f"education:{time.time_ns()}"
    educated(line, rows)
    before = latest_position()
    wanted = Wanted.of_change(educated(line, rows, "青禾医学院"), before)
    return seconds(lambda: restore_known(wanted, actor=1, approved_by=2, reason="测量"))


def _computed(rows: int) -> float:
    """The calendar of so many people, as if none of it were known."""
    from django.db import connection, transaction
    from django.utils import timezone

    from yizheng.licensing.deadlines.computing import recompute
    from yizheng.licensing.models import Deadline

    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select subject from bench_person where number < %s", [rows])
            subjects = [row[0] for row in cursor.fetchall()]
        Deadline.objects.filter(subject_id__in=subjects).delete()
        taken = seconds(lambda: recompute(timezone.localdate(), subjects))
        transaction.set_rollback(True)
    return taken


def _forecast(rows: int) -> float:
    """The rules of tomorrow asked of the registrations of so many people, in tables of the moment that nobody analysed before."""
    from dataclasses import replace

    from django.db import transaction
    from django.utils import timezone

    from yizheng.licensing.forecasts import Comparison
    from yizheng.systems.doctors.forecast import FORECAST, REGISTER

    tomorrow = timezone.localdate() + timedelta(days=1)
    chosen = f"{REGISTER.standing} and q.subject_id in (select subject from bench_person where number < %(most)s)"
    register = replace(REGISTER, standing=chosen, asked={**REGISTER.asked, "most": rows})
    comparison = Comparison.of(FORECAST, tomorrow, "doctors.leave_years", 1)

    def asked() -> None:
        for portion in register.portions(tomorrow, comparison):
            list(comparison.failures(portion))

    with transaction.atomic():
        return seconds(asked)


_grows("rollback", "回退刚装入的一批", _rolled_back)
_grows("restore-known", "把刚改写的一批恢复到改写以前", _restored)
_grows("deadlines", "计算全部期限", _computed)
_grows("forecast", "按明天的规则推演", _forecast)
