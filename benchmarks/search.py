"""Staff finding doctors by name among everybody registered, under row-level security: the database time of a first page.

Each question asks what hundreds of clerks would type and reports the slowest hundredth; one asks the words that fit most.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

from yizheng.cli.bench.laboratory import Lab, percentile
from yizheng.cli.bench.questions import Pair, at_most, question
from yizheng.people.kinds import AccountKind, Role
from yizheng.people.models import Account, Grant, Scope
from yizheng.people.scope import acting_as
from yizheng.systems.doctors.pages.finding import find

ASKED = 400
COMMONEST = ("王伟", "建国", "李", "wang", "zhangwei", "zw", "li")
ROUNDS = 5
CLERK = "bench-search"
BESIDE = "同一张表按唯一键读一行，p99"
_POINT = "select subject_id, key from people_searchkey where kind = 'name' and key = %s and scope_id = %s and subject_id = %s"


def _search(name: str, asks: str, column: str) -> None:
    @question(name, asks, beside=BESIDE, unit="ms", reach=at_most(50))
    def found(lab: Lab) -> Iterator[Pair]:
        typed, points, clerk = _typed(lab, column), _points(lab), _clerk()
        with acting_as(clerk):
            while True:
                ours = [_database_time(lambda text=text: find(clerk, text, "", "")) for text in typed]
                note = f"中位数 {percentile(ours, 0.5):.2f} ms，{len(typed)} 个不同的输入，全市可见"
                yield Pair(percentile(ours, 0.99), percentile(_point_reads(lab, points), 0.99), note)


_search("search-infix", "姓名中相邻两字，每页 50 人，数据库用时 p99", "substr(name, 2, 2)")
_search("search-pinyin", "全拼开头，数据库用时 p99", "pinyin")
_search("search-initials", "首字母，数据库用时 p99", "initials")


@question(
    "search-commonest",
    "最常见的姓和名（两字、单字、全拼、首字母）中最慢者的数据库用时",
    beside=BESIDE,
    unit="ms",
    reach=at_most(50),
    runs=3,
)
def commonest(lab: Lab) -> Iterator[Pair]:
    points, clerk = _points(lab), _clerk()
    with acting_as(clerk):
        while True:
            spent = {
                text: min(_database_time(lambda text=text: find(clerk, text, "", "")) for _ in range(ROUNDS))
                for text in COMMONEST
            }
            note = "，".join(f"{text} {spent[text]:.1f}" for text in COMMONEST)
            yield Pair(max(spent.values()), percentile(_point_reads(lab, points), 0.99), note)


def _clerk() -> Account:
    """Somebody who looks over the whole city."""
    known = Account.objects.filter(username=CLERK).first()
    if known is not None:
        return known
    made = Account.objects.create_account(CLERK, AccountKind.CLERK, "检索")
    Grant.objects.create(account=made, role=Role.ACCEPTOR, scope=Scope.objects.get(kind="city"))
    return made


def _typed(lab: Lab, column: str) -> list[str]:
    with lab.connect("job") as reader:
        rows = reader.execute(
            f"select distinct {column} from (select * from bench_name tablesample bernoulli (20)) n where length(name) > 2"
        ).fetchall()
    texts = sorted(row[0] for row in rows)
    return random.Random(5).sample(texts, min(ASKED, len(texts)))


def _points(lab: Lab) -> list[tuple[str, int, int]]:
    with lab.connect("job", settings=lab.city_scope()) as reader:
        rows = reader.execute(
            "select key, scope_id, subject_id from people_searchkey where kind = 'name' and key >= '李' limit %s",
            [ASKED * 5],
        )
        return list(rows.fetchall())


def _database_time(act: Callable[[], object]) -> float:
    """Milliseconds between asking the database and its answer, summed over the statements of the act."""
    spent = 0.0

    def timed(execute: Callable[..., Any], *statement: Any) -> Any:
        nonlocal spent
        began = time.perf_counter()
        try:
            return execute(*statement)
        finally:
            spent += (time.perf_counter() - began) * 1000

    with connection.execute_wrapper(timed):
        act()
    return spent


def _point_reads(lab: Lab, points: list[tuple[str, int, int]]) -> list[float]:
    taken = []
    with lab.connect("serving", settings=lab.city_scope()) as reader, reader.transaction():
        for point in points:
            began = time.perf_counter()
            reader.execute(_POINT, point, prepare=True).fetchall()
            taken.append((time.perf_counter() - began) * 1000)
    return taken
