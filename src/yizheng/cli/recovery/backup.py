"""`./yizheng backup`: a base backup of the running database, the log, the attachments; the keys apart, when asked."""

import os
import shutil
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from yizheng.cli.database.databases import Database, EmbeddedDatabase, reachable
from yizheng.cli.delegating import require_database
from yizheng.cli.folders import Folders
from yizheng.cli.recovery.base import check, take
from yizheng.cli.recovery.log_archive import prune
from yizheng.cli.recovery.note import note
from yizheng.cli.recovery.shelf import Backup, Shelf
from yizheng.cli.trouble import Trouble
from yizheng.kernel.arguments import Arguments
from yizheng.kernel.calendar import BEIJING
from yizheng.kernel.private_files import private_directory

KEEP = 7


def main(arguments: Sequence[str]) -> int:
    """Take a backup, check it, forget old ones, write it down."""
    chosen = _parser().parse_args(arguments)
    folders = Folders.chosen(chosen.data)
    shelf = Shelf.of(folders)
    if chosen.list:
        return _list(shelf)
    if chosen.keep < 1:
        raise Trouble("--keep 至少为 1")
    require_embedded(folders)
    with reachable(folders) as database:
        take_and_tell(folders, database, shelf, chosen.keep)
    if chosen.keys:
        keep_keys(folders, shelf, Path(chosen.keys).absolute())
    return 0


def take_and_tell(folders: Folders, database: Database, shelf: Shelf, keep: int = KEEP) -> Backup:
    """The whole of it; what went wrong is written down as well."""
    assert isinstance(database, EmbeddedDatabase)
    began, clock = datetime.now(BEIJING), time.monotonic()
    shelf.make()
    try:
        backup = take(folders, database.cluster, shelf)
        check(backup)
    except Trouble as trouble:
        _note(database, began, ok=False, summary=str(trouble))
        raise
    removed = shelf.keep_only(keep)
    segments = prune(shelf)
    seconds = time.monotonic() - clock
    size = backup.manifest.bytes
    summary = f"备份 {backup.name} 完成，{size / 2**20:,.0f} MB，{seconds:.1f} 秒"
    _note(database, began, ok=True, summary=summary, name=backup.name, bytes=size, seconds=seconds)
    print(f"{summary}（{backup.folder}）")
    print(f"  保留最近 {keep} 份；删去旧备份 {len(removed)} 份、不再需要的归档日志 {segments} 段")
    return backup


def keep_keys(folders: Folders, shelf: Shelf, place: Path) -> None:
    """Copy the secrets to a place of their own, never onto the shelf; remember it for the drill. Raises Trouble."""
    if place.is_relative_to(shelf.root) or place.is_relative_to(folders.root):
        raise Trouble("密钥须与数据和备份分开保管，请把 --keys 指到数据目录和备份目录之外（例如另一块加密盘）")
    try:
        private_directory(place)
        for path in folders.secrets.rglob("*"):
            target = place / path.relative_to(folders.secrets)
            if path.is_dir():
                private_directory(target)
            else:
                shutil.copyfile(path, target)
                target.chmod(0o600)
    except OSError as problem:
        raise Trouble(f"无法把密钥写到 {place}（{problem.strerror}）") from problem
    (folders.run / "keys-place").write_text(str(place), "utf-8")
    print(f"  密钥已另存到 {place}，演练将用这一份解密")


def require_embedded(folders: Folders) -> None:
    """Raise Trouble when the database is somebody else's to back up, or there is none."""
    if os.environ.get("DATABASE_URL"):
        raise Trouble(
            "外部数据库由它自己的工具备份（pg_basebackup 与日志归档）；同时备份 attachments 和 witness 目录，见 docs/operations.md"
        )
    require_database(folders)


def _note(database: EmbeddedDatabase, began: datetime, *, ok: bool, summary: str, **details: object) -> None:
    if not note(database.addresses, "backup", began, ok=ok, summary=summary, details=details):
        print("  （未能把这次备份记入数据库）")


def _list(shelf: Shelf) -> int:
    found = shelf.backups()
    if not found:
        print("还没有备份；./yizheng backup 做一份")
    for backup in found:
        print(
            f"{backup.name}　{backup.manifest.bytes / 2**20:,.0f} MB　完成于 {backup.manifest.moment:%Y-%m-%d %H:%M:%S}"
        )
    return 0


def _parser() -> Arguments:
    parser = Arguments(prog="./yizheng backup", description="备份数据库、归档日志、附件和见证；密钥分开保管")
    parser.add_argument("--keep", type=int, default=KEEP, help=f"保留最近几份，默认 {KEEP}")
    parser.add_argument("--keys", help="把密钥另存到这个目录（不得在数据目录或备份目录之内）")
    parser.add_argument("--list", action="store_true", help="列出现有备份")
    parser.add_argument("--data", help="数据目录，默认为项目下的 var")
    return parser
