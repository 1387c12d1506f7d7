"""`./yizheng bench`: how fast it is, each question beside the limit or the peer that does the same.

The scale's own PostgreSQL is started, its data built when missing, the questions asked, and it is stopped again.

The data lie below `bench/<scale>` of the data directory, apart from the installation's own, and are kept for the next
run. Building runs as the owner in a process of its own; questions run as the serving or the job role.
"""

import argparse
import os
import shutil
import signal
from collections.abc import Sequence

from yizheng.cli.bench.laboratory import CHILDREN, SCALES, Scale
from yizheng.cli.database import readiness
from yizheng.cli.database.databases import EmbeddedDatabase
from yizheng.cli.folders import CHECKOUT, CODE, Folders
from yizheng.cli.running.processes import Children, Turn
from yizheng.cli.trouble import Trouble
from yizheng.kernel.arguments import Arguments

_GIB = 2**30
_NEEDED = {"city": 4 * _GIB, "country": 60 * _GIB}
"""Room on the disk that a scale needs while it is built."""

_OPTIONS = {
    "shared_buffers": "2GB", "maintenance_work_mem": "512MB", "work_mem": "64MB", "max_wal_size": "8GB",
    "checkpoint_timeout": "15min", "checkpoint_completion_target": "0.9", "random_page_cost": "1.1",
    "effective_cache_size": "8GB", "jit": "off", "autovacuum": "off",
}  # fmt: skip
"""A machine of eight or more gigabytes; durable as always: fsync and full page writes stay on. What is measured is never analysed
meanwhile, so no plan owes anything to the moment at which somebody happened to look."""


def main(arguments: Sequence[str]) -> int:
    """Ask; 0 when every answer reaches as far as it must, 1 when one does not."""
    chosen = _parser().parse_args(arguments)
    scale = SCALES[chosen.scale]
    folders = Folders(Folders.chosen(chosen.data).root / "bench" / scale.name)
    folders.make()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    turn = Turn(folders)
    if not turn.take():
        raise Trouble(f"规模 {scale.name} 已有一次测量在进行，请等它结束")
    try:
        return _measure(scale, folders, chosen)
    finally:
        turn.give_back()


def _parser() -> Arguments:
    parser = Arguments(prog="./yizheng bench", description="测量：每个问题与它的旁比在同一次运行中比较，取中位数")
    parser.add_argument("names", nargs="*", metavar="NAME", help="只问这些问题（问题名，或 benchmarks 中的文件名）")
    parser.add_argument("--scale", choices=list(SCALES), default="city", help="数据规模，默认 city")
    parser.add_argument("--json", action="store_true", help="每个答案一行 JSON")
    parser.add_argument("--list", action="store_true", help="列出问题，不测量")
    parser.add_argument("--build", action="store_true", help="只生成数据")
    parser.add_argument("--as-is", action="store_true", help="数据没有生成完也照现有的测量，不继续生成")
    parser.add_argument("--data", help="数据目录，默认为项目下的 var")
    return parser


def _measure(scale: Scale, folders: Folders, chosen: argparse.Namespace) -> int:
    _require_room(scale, folders)
    _sweep(folders)
    database = EmbeddedDatabase(folders, options=_OPTIONS)
    ran_before = database.alive()
    database.start()
    try:
        folders.secret("django-secret-key")
        if unknown := _child(database, "ask", scale.name, "--known", *chosen.names):
            return unknown
        if not chosen.list:
            _bring_up_to_date(database, folders)
        if not (chosen.list or chosen.as_is) and _build(database, scale):
            raise Trouble("测量用的数据没有生成完，原因见上；再次运行会从停下的地方继续")
        if chosen.build:
            return 0
        words = [*chosen.names, *(["--json"] if chosen.json else []), *(["--list"] if chosen.list else [])]
        return _child(database, "ask", scale.name, *words)
    finally:
        if not ran_before:
            database.stop()


def _build(database: EmbeddedDatabase, scale: Scale) -> int:
    if scale.other:
        return database.addresses.run("yizheng.cli.running.populate").returncode
    return _child(database, "build", scale.name, owner=True)


def _sweep(folders: Folders) -> None:
    """Take away what a measurement that was broken off left: its servers, restored copies, copies of the database."""
    for told in folders.run.glob(f"{CHILDREN}-*"):
        Children(told).stop_orphans()
    for copy in folders.root.glob("restored-*"):
        EmbeddedDatabase(Folders(copy)).stop()
        shutil.rmtree(copy, ignore_errors=True)
    for name in ("scratch", "bench-backups"):
        shutil.rmtree(folders.root / name, ignore_errors=True)


def _bring_up_to_date(database: EmbeddedDatabase, folders: Folders) -> None:
    if readiness.pending(folders, database.addresses.owner):
        if database.addresses.run("yizheng.cli.database.prepare", owner=True).returncode:
            raise Trouble("测量用的数据库升级失败，原因见上")
        readiness.note(folders, database.addresses.owner)


def _child(database: EmbeddedDatabase, module: str, *words: str, owner: bool = False) -> int:
    """A process with Django set up: the owner's to build, the job role's to ask."""
    more = {"PYTHONPATH": f"{CODE.parent}{os.pathsep}{CHECKOUT}", "YIZHENG_DB_ROLE": "owner" if owner else "job"}
    return database.addresses.run(f"yizheng.cli.bench.{module}", *words, owner=owner, more=more).returncode


def _require_room(scale: Scale, folders: Folders) -> None:
    built = (folders.postgres / "PG_VERSION").exists()
    free = shutil.disk_usage(folders.root).free
    if not built and free < _NEEDED.get(scale.name, 0):
        raise Trouble(
            f"规模 {scale.name} 需要约 {_NEEDED[scale.name] // _GIB} GB 空间，{folders.root} 所在磁盘只剩"
            f" {free // _GIB} GB"
        )
