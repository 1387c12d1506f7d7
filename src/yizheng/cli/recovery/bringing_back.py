"""Bringing a backup back: into a folder that does not exist yet, its log replayed to the end or to a moment."""

import json
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import psycopg

from yizheng.cli.database.cluster import ADMIN, Cluster
from yizheng.cli.database.databases import EmbeddedDatabase
from yizheng.cli.database.programs import major_version, unprivileged
from yizheng.cli.database.roles import DATABASE
from yizheng.cli.folders import Folders
from yizheng.cli.recovery.base import WITNESSED, check
from yizheng.cli.recovery.log_archive import check_log, replaying
from yizheng.cli.recovery.shelf import KEY, Backup, Shelf, fingerprint, room_for, size_of
from yizheng.cli.trouble import Trouble
from yizheng.kernel.file_store import Store

_REACHED = """
select coalesce(max("position"), 0), max(settled), (select coalesce(max(number), 0) from registry_seal)
from registry_change where "position" is not null
"""
_FILES = "select digest from documents_storedfile"


class _Reached(NamedTuple):
    """What the restored database says of itself."""

    position: int
    settled: datetime | None
    last_seal: int
    files: frozenset[str]


@dataclass(frozen=True)
class Restored:
    """Where it lies now and how far it reaches."""

    folders: Folders
    position: int
    settled: datetime | None
    seals_beyond: int
    """Seals that were witnessed after the moment restored to; their lines are kept beside the witness file."""
    files: int
    """How many files its rows speak of."""
    missing: tuple[str, ...]
    """Digests of the files that rows speak of and that are not there, or not as they were."""


def bring_back(
    backup: Backup, shelf: Shelf, target: Folders, *, keys: Path, until: datetime | None = None, copy_files: bool = True
) -> Restored:
    """Restore into `target`, whose database must not exist. Raises Trouble, and then leaves nothing there.

    Without `copy_files` the files are compared where they lie on the shelf, for a drill that throws its copy away.
    """
    _refuse_unfit(backup, target, keys)
    leave_nothing = target.root if not target.root.exists() else target.postgres
    try:
        target.make()
        files = size_of(shelf.attachments) if copy_files else 0
        room_for(target.root, backup.manifest.bytes + files, "恢复")
        check(backup)
        check_log(shelf, backup)
        _copy_keys(keys, target.secrets)
        shutil.copytree(backup.base, target.postgres)
        unprivileged().hand_over(target.postgres)
        (target.postgres / "recovery.signal").touch()
        reached = _replay(target, shelf, until)
    except BaseException:
        shutil.rmtree(leave_nothing, ignore_errors=True)
        raise
    kept = Store(shelf.attachments)
    if copy_files:
        kept.copy_to(restored := Store(target.root / "attachments"))
        kept = restored
    beyond = _witness(backup, shelf, target, reached.last_seal)
    return Restored(target, reached.position, reached.settled, beyond, len(reached.files), kept.missing(reached.files))


def _refuse_unfit(backup: Backup, target: Folders, keys: Path) -> None:
    if target.postgres.exists():
        raise Trouble(f"{target.postgres} 已有数据库，恢复不会覆盖它；请用 --into 另选一个新目录")
    if backup.manifest.postgresql != major_version():
        raise Trouble(
            f"备份 {backup.name} 由 PostgreSQL {backup.manifest.postgresql} 建立，本程序带的是"
            f" PostgreSQL {major_version()}，请用建立它的那个版本恢复"
        )
    if fingerprint(keys / KEY) != backup.manifest.key_fingerprint:
        raise Trouble(
            f"{keys / KEY} 不是备份 {backup.name} 所用的主密钥，用它无法解密证件号码；请用 --keys 指明当时的密钥目录"
        )


def _copy_keys(source: Path, target: Path) -> None:
    if source.resolve() == target.resolve():
        return
    for path in source.iterdir():
        if path.is_file():
            shutil.copyfile(path, target / path.name)
            (target / path.name).chmod(0o600)
        elif path.is_dir():
            shutil.copytree(path, target / path.name, dirs_exist_ok=True)


def _replay(target: Folders, shelf: Shelf, until: datetime | None) -> _Reached:
    """Start the server until it has replayed what is asked, read how far it came, stop it."""
    options = replaying(shelf.log, until.isoformat() if until else "")
    database = EmbeddedDatabase(target, options={**options, "archive_mode": "off"})
    log = target.logs / "postgres.log"
    log.unlink(missing_ok=True)
    try:
        database.cluster.start(log)
    except Trouble as problem:
        said = log.read_text("utf-8", "replace") if log.exists() else ""
        if "recovery ended before configured recovery target" in said:
            raise Trouble(
                "要恢复到的时间晚于归档日志的最后时刻，请选一个更早的时间，或不写 --to 恢复到最后"
            ) from problem
        raise Trouble(f"恢复时数据库未能启动，归档日志可能缺失或损坏（日志 {log}）：{problem}") from problem
    try:
        return _reached(database.cluster)
    finally:
        database.cluster.stop()


def _reached(cluster: Cluster) -> _Reached:
    with psycopg.connect(cluster.url(ADMIN, cluster.password, DATABASE)) as admin:
        row = admin.execute(_REACHED).fetchone()
        files = frozenset(digest for (digest,) in admin.execute(_FILES).fetchall())
    assert row is not None
    return _Reached(row[0], row[1], row[2], files)


def _witness(backup: Backup, shelf: Shelf, target: Folders, last: int) -> int:
    """The witness file as far as the restored seals reach; what was witnessed later is kept beside it."""
    folder = target.root / "witness"
    folder.mkdir(mode=0o700, exist_ok=True)
    for name, copy in WITNESSED.items():
        if (told := backup.folder / copy).exists():
            shutil.copyfile(told, folder / name)
    kept = [path for path in (shelf.witness, backup.folder / "witness.jsonl") if path.exists()]
    if not kept:
        return 0
    newest = max(kept, key=lambda path: path.stat().st_size)
    lines = newest.read_text("utf-8").splitlines(keepends=True)
    within = [line for line in lines if _seal_of(line) <= last]
    (folder / "seals.jsonl").write_text("".join(within), "utf-8")
    beyond = lines[len(within) :]
    if beyond:
        (folder / "seals-after-restore.jsonl").write_text("".join(beyond), "utf-8")
    return len(beyond)


def _seal_of(line: str) -> int:
    try:
        return int(json.loads(line)["seal"])
    except (ValueError, KeyError, TypeError):
        return 0
