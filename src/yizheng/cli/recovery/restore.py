"""`./yizheng restore`: the newest backup, its log replayed to the end or to a moment, into a new data directory."""

import sys
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import psycopg

from yizheng.cli.database.cluster import ADMIN
from yizheng.cli.database.databases import EmbeddedDatabase
from yizheng.cli.folders import Folders
from yizheng.cli.recovery.bringing_back import Restored, bring_back
from yizheng.cli.recovery.shelf import NAMED, Shelf
from yizheng.cli.running.processes import Turn
from yizheng.cli.trouble import Trouble
from yizheng.kernel.arguments import Arguments
from yizheng.kernel.calendar import BEIJING, parse_moment

MOST_NAMED = 20


def main(arguments: Sequence[str]) -> int:
    """Restore, and say how far it reaches; 1 when files are missing that its rows speak of."""
    chosen = _parser().parse_args(arguments)
    folders = Folders.chosen(chosen.data)
    shelf = Shelf.of(folders, getattr(chosen, "from"))
    until = _moment(chosen.to) if chosen.to else None
    backup = shelf.named(chosen.backup) if chosen.backup else shelf.newest(until)
    flush_log(folders)
    clock = time.monotonic()
    keys = Path(chosen.keys).absolute() if chosen.keys else folders.secrets
    if chosen.in_place:
        restored = _in_place(folders, lambda: bring_back(backup, shelf, folders, keys=keys, until=until))
    else:
        target = Folders(Path(chosen.into).absolute()) if chosen.into else _beside(folders)
        restored = bring_back(backup, shelf, target, keys=keys, until=until)
    _tell(restored, backup.name, time.monotonic() - clock)
    return _tell_missing(restored)


def flush_log(folders: Folders) -> None:
    """When the source still runs, have the segment it writes archived, so that nothing before this moment is missing."""
    database = EmbeddedDatabase(folders) if folders.postgres.exists() else None
    if database is None or not database.alive():
        return
    cluster = database.cluster
    with psycopg.connect(cluster.url(ADMIN, cluster.password, "postgres"), autocommit=True) as admin:
        row = admin.execute("select pg_walfile_name(pg_current_wal_lsn()), current_setting('archive_mode')").fetchone()
        assert row is not None
        if row[1] == "off":
            return
        admin.execute("select pg_create_restore_point('yizheng'), pg_switch_wal()")
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            done = admin.execute(
                "select coalesce(substr(last_archived_wal, 9, 16) >= substr(%s, 9, 16), false) from pg_stat_archiver",
                [row[0]],
            ).fetchone()
            if done and done[0]:
                return
            time.sleep(0.1)


def _in_place(folders: Folders, restoring: Callable[[], Restored]) -> Restored:
    """Put what is there aside, under another name, and restore; put it back when that fails."""
    turn = Turn(folders)
    if not turn.take() or EmbeddedDatabase(folders).alive():
        raise Trouble(f"{folders.root} 正在运行，请先停止（Ctrl-C 或 systemctl stop），再恢复到原处")
    aside = folders.root / f"postgres-before-{datetime.now(BEIJING).strftime(NAMED)}"
    try:
        if folders.postgres.exists():
            folders.postgres.rename(aside)
        try:
            restored = restoring()
        except BaseException:
            if aside.exists():
                aside.rename(folders.postgres)
            raise
    finally:
        turn.give_back()
    if aside.exists():
        print(f"  原来的数据库保留在 {aside}，确认无误后由您删除")
    return restored


def _beside(folders: Folders) -> Folders:
    stamp = datetime.now(BEIJING).strftime(NAMED)
    return Folders(folders.root.with_name(f"{folders.root.name}-restored-{stamp}"))


def _tell(restored: Restored, name: str, seconds: float) -> None:
    reached = (
        f"序位 {restored.position}（{restored.settled.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}）"
        if restored.settled
        else "空登记库"
    )
    print(f"已用备份 {name} 恢复到 {restored.folders.root}，用时 {seconds:.1f} 秒")
    print(f"  登记库到：{reached}")
    if restored.seals_beyond:
        print(f"  其后还有 {restored.seals_beyond} 号封存曾被见证，见证行另存于 witness/seals-after-restore.jsonl")
    print(f"  核验：./yizheng verify --data {restored.folders.root}")
    print(f"  启动：./yizheng up --data {restored.folders.root}")


def _tell_missing(restored: Restored) -> int:
    """Name what is missing, on the screen and in a file; the exit code."""
    if not restored.missing:
        print(f"  附件：{restored.files} 个文件齐全，内容摘要全部相符")
        return 0
    names = restored.folders.logs / "missing-attachments.txt"
    names.write_text("".join(f"{digest}\n" for digest in restored.missing), "utf-8")
    print(f"  附件：{len(restored.missing)} 个文件缺失或内容不符，摘要见 {names}：", file=sys.stderr)
    for digest in restored.missing[:MOST_NAMED]:
        print(f"    {digest}", file=sys.stderr)
    return 1


def _moment(text: str) -> datetime:
    found = parse_moment(text)
    if found is None:
        raise Trouble(f"看不懂时间“{text}”，请写成 2026-03-01 14:30（北京时间）")
    if found > datetime.now(BEIJING):
        raise Trouble(
            f"{found.astimezone(BEIJING):%Y-%m-%d %H:%M:%S} 还没有到，请选一个已过去的时间，或不写 --to 恢复到最后"
        )
    return found


def _parser() -> Arguments:
    parser = Arguments(prog="./yizheng restore", description="把备份恢复到一个新的数据目录；绝不覆盖已有的数据库")
    parser.add_argument("backup", nargs="?", help="备份的名字（./yizheng backup --list），默认最近一份")
    parser.add_argument("--to", help="恢复到这个时刻（北京时间，如 2026-03-01 14:30），默认到归档日志的最后")
    parser.add_argument("--into", help="恢复到这个新目录，默认在数据目录旁边新建")
    parser.add_argument("--in-place", action="store_true", help="恢复到数据目录本身；原数据库改名保留，须先停止运行")
    parser.add_argument("--keys", help="密钥目录，默认为数据目录的 secrets")
    parser.add_argument("--from", help="备份目录，默认为数据目录的 backups")
    parser.add_argument("--data", help="数据目录，默认为项目下的 var")
    return parser
