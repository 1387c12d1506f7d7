"""Writing much at once and taking it back; sealing it and verifying the seals."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from yizheng.cli.bench.laboratory import Lab, seconds
from yizheng.cli.bench.questions import Pair, question, ratio_at_least, ratio_at_most
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing, load_states, rollback
from yizheng.registry.models import Change
from yizheng.systems.practitioners.models import Education

BATCH = 100_000
_BATCH = """
select subject as subject_id, %s as line, birth + 8400 as valid_from, date '9999-12-31' as valid_to,
       (select min(id) from people_scope where kind = 'district') as authority_scope, '21' as level, '410' as degree,
       %s as school, '临床医学' as major, 'full_time' as learning_form, birth + 8400 as graduated_on
from bench_person where number < %s
"""


@question("rollback", "回退一批十万行", beside="装入这十万行", unit="s", reach=ratio_at_most(1), runs=3)
def taken_back(lab: Lab) -> Iterator[Pair]:
    rows = min(BATCH, lab.scale.people)
    while True:
        undone, loaded = _taken_back(rows)
        yield Pair(undone, loaded, f"{rows:,} 行")


def _taken_back(rows: int) -> tuple[float, float]:
    """Seconds of rolling back so many rows, and of loading them."""
    with acting_as_system("bench: rollback"):
        began = time.perf_counter()
        change = educated(f"education:{time.time_ns()}", rows)
        loaded = time.perf_counter() - began
        return seconds(lambda: rollback(change, actor=1, approved_by=2, reason="测量")), loaded


def educated(line: str, rows: int, school: str = "燕山医学院") -> int:
    """A batch that states an education of so many people; the change."""
    with changing(kind=ChangeKind.INTAKE, actor=None, cause="bench:batch", reason="测量") as change:
        load_states(change, Education, _BATCH, [line, school, rows])
    return int(change.id)


@question(
    "load",
    "装入全部登记（经 registry.load_states，含各索引、核对与提交）",
    beside="raw COPY 同样的行到无索引的表",
    unit="rows/s",
    reach=ratio_at_least(0.08),
    runs=1,
)
def load(lab: Lab) -> Iterator[Pair]:
    with lab.connect("job", settings=lab.city_scope()) as reader:
        rows, took = reader.execute(
            "select sum(rows), sum(seconds) from bench_step where name like 'load-%'"
        ).fetchone()
        size, people = reader.execute(
            "select pg_size_pretty(pg_database_size(current_database())), count(*) from bench_person"
        ).fetchone()
    copied = _raw_copy(lab)
    yield Pair(
        float(rows) / took, copied, f"{people:,} 人，写入和关闭 {rows:,} 个版本，用时 {took / 60:.1f} 分钟，库 {size}"
    )


def _raw_copy(lab: Lab) -> float:
    """Rows a second of COPY into a table as wide, logged, without an index."""
    with lab.connect("job", settings=lab.city_scope()) as writer:
        writer.execute("create temp table copied (like practitioners_education)")
        buffer: list[bytes] = []
        with writer.cursor().copy(
            "copy (select * from practitioners_education where closed is null limit 500000) to stdout (format binary)"
        ) as out:
            buffer.extend(map(bytes, out))
        began = time.perf_counter()
        with writer.cursor().copy("copy copied from stdin (format binary)") as into:
            for part in buffer:
                into.write(part)
        took = time.perf_counter() - began
        count: int = writer.execute("select count(*) from copied").fetchone()[0]
    return count / took


@question(
    "seal-verify",
    "封存并核验一个十万行的变更",
    beside="对同样的内容逐行 SHA-256",
    unit="s",
    reach=ratio_at_most(5),
    runs=3,
)
def sealed(lab: Lab) -> Iterator[Pair]:
    from yizheng.registry.seals.encodings import CURRENT, ENCODINGS
    from yizheng.registry.seals.matching import mismatches
    from yizheng.registry.seals.sealing import current_schema, traced

    schema = current_schema()
    with acting_as_system("bench: seal"):
        with changing(kind=ChangeKind.INTAKE, actor=None, cause="bench:seal", reason="测量") as change:
            line, rows = f"education:{time.time_ns()}", min(BATCH, lab.scale.people)
            load_states(change, Education, _BATCH, [line, "燕山医学院", rows])
        position = Change.objects.get(pk=change.id).position
        assert position is not None
        contents = _contents(change.id, dict(schema.columns)["practitioners_education"])
        while True:
            with transaction.atomic():
                began = time.perf_counter()
                sealed, verified = (ENCODINGS[CURRENT].tree() for _ in range(2))
                pages = list(traced(schema, position, position, sealed))
                found = list(mismatches(schema, position, position, iter(pages), verified))
                same = sealed.root() == verified.root()
                took = time.perf_counter() - began
            if found or not same:
                raise AssertionError("the seal does not verify")
            hashed = seconds(lambda: [hashlib.sha256(content).digest() for content in contents * 2])
            yield Pair(took, hashed, f"{sealed.leaves:,} 叶；摘要方案 {len(schema.columns)} 张表")


def _contents(change: int, columns: Sequence[Sequence[str]]) -> list[bytes]:
    """What the leaves of the versions are the digests of, fetched beforehand: hashing alone is measured."""
    values = ", ".join(f"f.{name}::{kind}" for name, kind in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"select record_send(row('practitioners_education'::text, {values}))"
            " from practitioners_education f where opened = %s",
            [change],
        )
        return [bytes(row[0]) for row in cursor.fetchall()]
