"""Slices and questions over them: cutting and digesting the registrations of the laboratory, comparing, counting ten million facts."""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from yizheng.cli.bench.laboratory import Lab, percentile, seconds
from yizheng.cli.bench.questions import Pair, at_most, question, ratio_at_most

if TYPE_CHECKING:
    from yizheng.analysis.asking import Ground

ON = date(2026, 6, 30)
PEOPLE, FACTS = 300_000, 10_000_000
ASKED = 12


@question(
    "slice-registrations",
    "切出全部医师执业注册（规范文本、摘要、Parquet），用时",
    beside="同一查询只用 COPY 读出",
    unit="s",
    reach=ratio_at_most(3),
    runs=3,
)
def cutting(lab: Lab) -> Iterator[Pair]:
    """Cut as the program cuts, as known at the newest position."""
    from django.db import connection, transaction

    from yizheng.people.scope import acting_as_system
    from yizheng.registry import latest_position
    from yizheng.slices.columns import columns_of
    from yizheng.slices.cutting import draw
    from yizheng.systems.doctors.models import Registration

    columns = columns_of(Registration)
    while True:
        with acting_as_system("测量"), transaction.atomic(), tempfile.TemporaryDirectory(dir=lab.scratch) as folder:
            position = latest_position()
            began = time.perf_counter()
            drawn = draw(Registration, columns, ON, position, Path(folder))
            ours = time.perf_counter() - began
            rows = Registration.objects.as_of(ON, position).order_by("subject_id", "line", "valid_from", "id")
            statement, parameters = rows.values_list(*(each.name for each in columns)).query.sql_with_params()
            began = time.perf_counter()
            with connection.cursor() as cursor, cursor.copy(f"copy ({statement}) to stdout", parameters) as copy:
                for _ in copy:
                    pass
            yield Pair(ours, time.perf_counter() - began, f"{drawn.rows:,} 行")


@question(
    "slice-digest",
    f"由 Parquet 复算 {PEOPLE:,} 行的内容摘要",
    beside="对同样的规范文本做 SHA-256",
    unit="s",
    reach=at_most(1),
    runs=5,
)
def digesting(lab: Lab) -> Iterator[Pair]:
    """Read, written in canonical form and digested, by portions."""
    from yizheng.slices import canonical
    from yizheng.slices.columns import columns_of
    from yizheng.systems.nurses.models import NurseFiling

    columns = columns_of(NurseFiling)
    file = lab.scratch / "rows.parquet"
    _people(PEOPLE).select(pl.col(each.name).cast(each.dtype) for each in columns).write_parquet(file)
    text = b"".join(canonical.text_of(part, columns) for part in canonical.portions(file))
    while True:
        ours = seconds(lambda: canonical.digest_of(file, columns))
        yield Pair(ours, seconds(lambda: hashlib.sha256(text).hexdigest()), f"{len(text) / 1e6:.0f} MB 文本")


@question(
    "slice-compare",
    f"逐行比较两个各 {PEOPLE:,} 行的切片（新增、减少、改动）",
    beside="把两个文件读入内存",
    unit="s",
    reach=at_most(1),
    runs=5,
)
def comparing(lab: Lab) -> Iterator[Pair]:
    """As a reconciliation compares: who came, who went, and what stands in both and differs."""
    from yizheng.slices.reconciling import differing

    files = [lab.scratch / name for name in ("before.parquet", "after.parquet")]
    rows = _people(PEOPLE)
    rows.write_parquet(files[0])
    rows.filter(pl.col("id") % 100 != 0).with_columns(line=pl.lit("other")).write_parquet(files[1])
    old, new = map(pl.scan_parquet, files)
    while True:
        ours = seconds(lambda: differing(old, new, rows.columns))
        yield Pair(ours, seconds(lambda: [pl.read_parquet(file) for file in files]))


@question(
    "question-ten-million",
    f"对 {FACTS:,} 条登记提问（按类别数人数，筛选，限辖区），p95",
    beside="只数筛选后的行数",
    unit="s",
    reach=at_most(2),
    runs=1,
)
def asking(lab: Lab) -> Iterator[Pair]:
    """The question of a page, with its rights, over one Parquet file."""
    from yizheng.analysis.asking import answer
    from yizheng.analysis.questions import Filter, Question
    from yizheng.slices.remaking import scan

    ground = _ground(lab)
    asked = Question("doctors_registration", rows="category", filters=(Filter("status", ("REG",)),))
    rows = scan(ground.tables["doctors_registration"]).filter(pl.col("status") == "REG").select(pl.len())
    while True:
        ours = [seconds(lambda: answer(asked, ground, None, range(1, 12))) for _ in range(ASKED)]
        beside = [seconds(rows.collect) for _ in range(ASKED)]
        yield Pair(percentile(ours, 0.95), percentile(beside, 0.95), f"中位数 {percentile(ours, 0.5):.2f} s")


def _ground(lab: Lab) -> Ground:
    """Ten million registrations in a file of the store of slices."""
    from yizheng.analysis.asking import Ground
    from yizheng.slices import files
    from yizheng.slices.models import SliceTable

    draws = np.random.default_rng(1)
    facts = _people(FACTS).with_columns(
        status=pl.Series(draws.choice(["REG", "LEFT", "DEREG"], FACTS, p=(0.8, 0.05, 0.15))),
        category=pl.Series(draws.choice(["clinical", "stomatology", "public_health", "tcm"], FACTS)),
    )
    file = lab.scratch / "facts.parquet"
    facts.write_parquet(file)
    part = SliceTable(table="doctors_registration", rows=FACTS, file=files.store().put_file(file))
    return Ground(ON, 1, {part.table: part})


def _people(number: int) -> pl.DataFrame:
    """So many versions, one a subject, all of their columns told by arithmetic."""
    ids = pl.Series("id", range(number), dtype=pl.Int64)
    return pl.DataFrame({"id": ids}).with_columns(
        subject_id=pl.col("id") * 3, line=pl.format("filing:{}", pl.col("id") % 9999), valid_from=pl.lit(date(2020, 1, 1)),
        valid_to=pl.lit(date(9999, 12, 31)), opened=pl.col("id") // 50, authority_scope=pl.col("id") % 17 + 1,
        institution_id=pl.col("id") % 12_000, department=pl.lit("内科"), schedule=pl.lit("每周二"), filed_on=pl.lit(date(2020, 1, 1)),
    )  # fmt: skip
