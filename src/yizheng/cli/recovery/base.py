"""Taking a base backup: the running server's files by `pg_basebackup`, the attachments, the witness file."""

import re
import shutil
from datetime import datetime
from pathlib import Path

import psycopg

from yizheng.cli.database.cluster import ADMIN, Cluster
from yizheng.cli.database.programs import major_version, unprivileged
from yizheng.cli.database.roles import DATABASE
from yizheng.cli.folders import Folders
from yizheng.cli.recovery.shelf import KEY, NAMED, Backup, Manifest, Shelf, fingerprint, room_for, size_of
from yizheng.cli.trouble import Trouble, last_line
from yizheng.kernel.calendar import BEIJING
from yizheng.kernel.file_store import Store

_START = re.compile(r"START WAL LOCATION: \S+ \(file ([0-9A-F]{24})\)")
_MIGRATIONS = "select app || '.' || name from django_migrations order by 1"

WITNESSED = {"seals.jsonl": "witness.jsonl", "audit.jsonl": "audit.jsonl", "guards.json": "guards.json"}
"""Files of the witness folder and their names in a backup."""


def take(folders: Folders, cluster: Cluster, shelf: Shelf) -> Backup:
    """Take one while the program goes on working. Raises Trouble."""
    room_for(shelf.root, size_of(folders.postgres), "备份")
    began = datetime.now(BEIJING)
    folder = shelf.root / began.strftime(NAMED)
    folder.mkdir(mode=0o700)
    unprivileged().hand_over(folder)
    unprivileged().hand_over(shelf.log)
    try:
        _copy_database(cluster, folder / "base")
        _copy_witness(folders, folder)
        Store(folders.root / "attachments").copy_to(Store(shelf.attachments))
        manifest = _manifest(folders, cluster, folder, began)
        shelf.write(folder, manifest)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return Backup(folder, manifest)


def check(backup: Backup) -> None:
    """Read every file of the backup against the checksums it was taken with. Raises Trouble for a damaged one."""
    done = unprivileged().run("pg_verifybackup", "--quiet", str(backup.base))
    if done.returncode:
        raise Trouble(f"备份 {backup.name} 已损坏，不能使用，请改用另一份：{last_line(done.stderr)}")


def _copy_database(cluster: Cluster, target: Path) -> None:
    done = unprivileged().run(
        "pg_basebackup", "--pgdata", str(target), "--wal-method=stream", "--checkpoint=fast", "--no-password",
        "--host", str(cluster.socket_directory), "--username", ADMIN, "--label", "yizheng",
        environment={"PGPASSWORD": cluster.password},
    )  # fmt: skip
    if done.returncode:
        said = last_line(done.stderr)
        if "pg_hba.conf" in said:
            raise Trouble("数据库由旧版本的程序启动，尚不接受备份连接；请重新启动（./yizheng up）后再备份")
        raise Trouble(f"数据库备份失败：{said}")


def _copy_witness(folders: Folders, folder: Path) -> None:
    """What is told of the register outside of the database, as it stands."""
    for name, copy in WITNESSED.items():
        if (told := folders.root / "witness" / name).exists():
            shutil.copyfile(told, folder / copy)


def _manifest(folders: Folders, cluster: Cluster, folder: Path, began: datetime) -> Manifest:
    label = (folder / "base" / "backup_label").read_text("utf-8")
    start = _START.search(label)
    if start is None:
        raise Trouble(f"数据库备份不完整：{folder / 'base'} 里的 backup_label 无法读懂")
    with psycopg.connect(cluster.url(ADMIN, cluster.password, DATABASE)) as admin:
        migrations = [name for (name,) in admin.execute(_MIGRATIONS).fetchall()]
        row = admin.execute("select system_identifier::text from pg_control_system()").fetchone()
    assert row is not None
    return Manifest(
        began=began.isoformat(),
        finished=datetime.now(BEIJING).isoformat(),
        postgresql=major_version(),
        system=row[0],
        start_log=start[1],
        migrations=migrations,
        key_fingerprint=fingerprint(folders.secrets / KEY),
        bytes=size_of(folder),
    )
