"""Finding people from the staff side under row-level security, by what a clerk types."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from django.db import connection, transaction

from yizheng.cli.bench.laboratory import Lab, percentile
from yizheng.cli.bench.questions import Pair, at_most, question
from yizheng.kernel.names.search import query_keys
from yizheng.people.models import SearchKey, SearchKind
from yizheng.people.rowscope import RowScope, within
from yizheng.people.search import VisibleKeys, _matching

ASKED = 400
_POINT = "select subject_id, key from people_searchkey where kind = 'name' and key = %s and scope_id = %s and subject_id = %s"
BESIDE = "同一张表按唯一键读一行，p99"


def _search(name: str, asks: str, column: str) -> None:
    @question(name, asks, beside=BESIDE, unit="ms", reach=at_most(20))
    def found(lab: Lab) -> Iterator[Pair]:
        typed, points = _typed(lab, column), _points(lab)
        scope = RowScope(scopes=tuple(_scopes(lab)))
        while True:
            ours = [_milliseconds(text, scope) for text in typed]
            beside = _point_reads(lab, points)
            note = f"中位数 {percentile(ours, 0.5):.2f} ms，{len(typed)} 个不同的输入，全市辖区可见"
            yield Pair(percentile(ours, 0.99), percentile(beside, 0.99), note)


_search("search-infix", "姓名中相邻两字，每页 50 人，数据库用时 p99", "substr(name, 2, 2)")
_search("search-pinyin", "全拼开头，数据库用时 p99", "pinyin")
_search("search-initials", "首字母，数据库用时 p99", "initials")


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


def _scopes(lab: Lab) -> list[int]:
    return [int(number) for number in lab.city_scope()["yizheng.scopes"].strip("{}").split(",")]


def _milliseconds(text: str, scope: RowScope) -> float:
    """What the database takes for one page of subjects: the statements of the search itself."""
    with within(scope), transaction.atomic():
        spent = 0.0
        for kind, keys in query_keys(text).alternatives:
            matching = _matching(VisibleKeys(SearchKey), SearchKind(kind), keys)[:50]
            statement, values = matching.query.sql_with_params()
            with connection.cursor() as cursor:
                cursor.execute("select 1")
                began = time.perf_counter()
                cursor.execute(statement, values)
                cursor.fetchall()
                spent += (time.perf_counter() - began) * 1000
        return spent


def _point_reads(lab: Lab, points: list[tuple[str, int, int]]) -> list[float]:
    taken = []
    with lab.connect("serving", settings=lab.city_scope()) as reader, reader.transaction():
        for point in points:
            began = time.perf_counter()
            reader.execute(_POINT, point, prepare=True).fetchall()
            taken.append((time.perf_counter() - began) * 1000)
    return taken
