"""Backup, restore and comparison at city scale, beside PostgreSQL's own tools alone."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg

from yizheng.cli.bench.laboratory import Lab, seconds
from yizheng.cli.bench.questions import Pair, question, ratio_at_most
from yizheng.cli.database.cluster import ADMIN, Cluster
from yizheng.cli.database.databases import EmbeddedDatabase
from yizheng.cli.database.programs import unprivileged
from yizheng.cli.database.roles import DATABASE
from yizheng.cli.folders import Folders
from yizheng.cli.recovery.base import check, take
from yizheng.cli.recovery.bringing_back import bring_back
from yizheng.cli.recovery.comparing import accounts, differences
from yizheng.cli.recovery.shelf import Shelf

SMALL = ("hamlet", "town", "city")


@question("backup", "备份（含校验）", beside="pg_basebackup", unit="s", reach=ratio_at_most(1.5), runs=3, scales=SMALL)
def backup(lab: Lab) -> Iterator[Pair]:
    cluster, shelf = _cluster(lab), _shelf(lab)
    try:
        while True:
            beside = seconds(lambda: _tool(cluster, lab, "pg_basebackup", "-D", "alone", "--checkpoint=fast"))
            ours = seconds(lambda: check(take(lab.folders, cluster, shelf)))
            yield Pair(ours, beside)
            shelf.keep_only(1)
    finally:
        shutil.rmtree(shelf.root, ignore_errors=True)


@question(
    "restore",
    "从备份恢复到可用的库（校验、重放日志）",
    beside="pg_restore（自定义格式，两个进程）",
    unit="s",
    reach=ratio_at_most(1.5),
    runs=2,
    scales=SMALL,
)
def restore(lab: Lab) -> Iterator[Pair]:
    cluster, shelf = _cluster(lab), _shelf(lab)
    kept = take(lab.folders, cluster, shelf)
    try:
        _tool(cluster, lab, "pg_dump", "-Fc", "-Z1", "-f", "alone", DATABASE)
        while True:
            beside = seconds(lambda: _pg_restore(cluster, lab))
            target = _scratch(lab)
            try:
                ours = seconds(lambda: bring_back(kept, shelf, target, keys=lab.folders.secrets))  # noqa: B023
            finally:
                shutil.rmtree(target.root, ignore_errors=True)
            yield Pair(ours, beside)
    finally:
        shutil.rmtree(shelf.root, ignore_errors=True)
        shutil.rmtree(lab.scratch, ignore_errors=True)


@question(
    "compare",
    "恢复的库与源库逐表比对（计数、摘要、封存、解密）",
    beside="pg_dump 读出全部内容",
    unit="s",
    reach=ratio_at_most(1.5),
    runs=2,
    scales=SMALL,
)
def compare(lab: Lab) -> Iterator[Pair]:
    cluster, shelf = _cluster(lab), _shelf(lab)
    target = _scratch(lab)
    kept = take(lab.folders, cluster, shelf)
    bring_back(kept, shelf, target, keys=lab.folders.secrets)
    copy, source = EmbeddedDatabase(target), EmbeddedDatabase(lab.folders)
    copy.start()
    found: list[str] = []

    def compared() -> None:
        both = accounts(copy.addresses, source.addresses)
        found[:] = differences(*both)

    try:
        while True:
            beside = seconds(lambda: _tool(cluster, lab, "pg_dump", "-Fc", "-Z1", "-f", "alone", DATABASE))
            yield Pair(seconds(compared), beside, "；".join(found) or "一致")
    finally:
        copy.stop()
        shutil.rmtree(target.root, ignore_errors=True)
        shutil.rmtree(shelf.root, ignore_errors=True)
        shutil.rmtree(lab.scratch, ignore_errors=True)


def _cluster(lab: Lab) -> Cluster:
    return EmbeddedDatabase(lab.folders).cluster


def _shelf(lab: Lab) -> Shelf:
    shelf = Shelf(lab.folders.root / "bench-backups")
    shelf.make()
    return shelf


def _scratch(lab: Lab) -> Folders:
    return Folders(Path(tempfile.mkdtemp(prefix="restored-", dir=lab.folders.root)))


def _tool(cluster: Cluster, lab: Lab, program: str, *words: str) -> None:
    """One of PostgreSQL's programs; its output lies in the scratch folder under the name `alone`."""
    alone = lab.scratch / "alone"
    if alone.is_dir():
        shutil.rmtree(alone)
    alone.unlink(missing_ok=True)
    arguments = [str(alone) if word == "alone" else word for word in words]
    _run(cluster, program, *arguments).check_returncode()


def _run(cluster: Cluster, program: str, *words: str) -> subprocess.CompletedProcess[str]:
    address = ("-h", str(cluster.socket_directory), "-U", ADMIN, "-w")
    return unprivileged().run(program, *address, *words, environment={"PGPASSWORD": cluster.password})


def _pg_restore(cluster: Cluster, lab: Lab) -> None:
    """Into a fresh database of the same server."""
    name = "bench_restored"
    with psycopg.connect(cluster.url(ADMIN, cluster.password, "postgres"), autocommit=True) as admin:
        admin.execute(f"drop database if exists {name}")
        admin.execute(f"create database {name}")
    _run(cluster, "pg_restore", "-j", "2", "-d", name, str(lab.scratch / "alone"))
    with psycopg.connect(cluster.url(ADMIN, cluster.password, "postgres"), autocommit=True) as admin:
        admin.execute(f"drop database {name}")
