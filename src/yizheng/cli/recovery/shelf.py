"""The shelf of backups: one folder a base backup, the archived log and the attachments beside them, never a key.

backups/
20260301-023000/        base/ (pg_basebackup), witness.jsonl, manifest.json
log/                    the archived log, one compressed file a segment, and the newest witness file
attachments/            every attachment once, by digest
"""

import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from yizheng.cli.folders import Folders
from yizheng.cli.trouble import Trouble
from yizheng.kernel.private_files import private_directory

NAMED = "%Y%m%d-%H%M%S"
KEY = "vault.key"


@dataclass(frozen=True)
class Manifest:
    """What a backup is of, when it was taken, and which key opens what is enciphered in it."""

    began: str
    finished: str
    postgresql: int
    system: str
    start_log: str
    """The first segment of the log that a restore of this backup needs."""
    migrations: list[str]
    key_fingerprint: str
    bytes: int

    @property
    def moment(self) -> datetime:
        """When it was finished: the earliest time it can be restored to."""
        return datetime.fromisoformat(self.finished)


@dataclass(frozen=True)
class Backup:
    """One complete base backup."""

    folder: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    @property
    def base(self) -> Path:
        """The copy of the database's files."""
        return self.folder / "base"


@dataclass(frozen=True)
class Shelf:
    """All backups of one installation."""

    root: Path

    @classmethod
    def of(cls, folders: Folders, given: str | None = None) -> Self:
        """The place given, else where this installation keeps its backups."""
        return cls(Path(given).absolute() if given else folders.root / "backups")

    @property
    def log(self) -> Path:
        """The archived log; it exists once backups are made."""
        return self.root / "log"

    @property
    def attachments(self) -> Path:
        """Every attachment once."""
        return self.root / "attachments"

    @property
    def witness(self) -> Path:
        """The witness file as it was when the last segment was archived."""
        return self.log / "seals.jsonl"

    def make(self) -> None:
        """Make the folders, private to this account."""
        try:
            for place in (self.root, self.log, self.attachments):
                private_directory(place)
        except OSError as problem:
            raise Trouble(f"无法写入备份目录 {self.root}（{problem.strerror}），请用 --to 另选目录") from problem

    def backups(self) -> list[Backup]:
        """The complete ones, oldest first; a folder without a manifest was broken off and does not count."""
        return sorted(self._read(), key=lambda backup: backup.manifest.moment)

    def newest(self, until: datetime | None = None) -> Backup:
        """The last one that was finished by then. Raises Trouble."""
        found = [each for each in self.backups() if until is None or each.manifest.moment <= until]
        if found:
            return found[-1]
        if until is not None and (kept := self.backups()):
            raise Trouble(
                f"没有早于 {until:%Y-%m-%d %H:%M:%S} 完成的备份；最早可恢复到 {kept[0].manifest.moment:%Y-%m-%d %H:%M:%S}"
            )
        raise Trouble(f"{self.root} 里没有完整的备份；请先运行 ./yizheng backup，或用 --from 指明备份目录")

    def named(self, name: str) -> Backup:
        """The backup of that name. Raises Trouble."""
        for backup in self.backups():
            if backup.name == name:
                return backup
        raise Trouble(f"{self.root} 里没有名为 {name} 的完整备份")

    def keep_only(self, count: int) -> list[str]:
        """Remove all but the newest `count`, and what was broken off; the names of what was removed."""
        backups = self.backups()
        kept = {backup.name for backup in backups[-count:]}
        removed = []
        for folder in self._folders():
            if folder.name not in kept:
                shutil.rmtree(folder)
                removed.append(folder.name)
        return removed

    def write(self, folder: Path, manifest: Manifest) -> None:
        """The manifest makes a backup complete; it is written last."""
        draft = folder / "manifest.draft"
        draft.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), "utf-8")
        draft.replace(folder / "manifest.json")

    def _folders(self) -> list[Path]:
        named = [path for path in self.root.glob("[0-9]*-[0-9]*") if path.is_dir()]
        return sorted(named)

    def _read(self) -> Iterator[Backup]:
        for folder in self._folders():
            try:
                yield Backup(folder, Manifest(**json.loads((folder / "manifest.json").read_text("utf-8"))))
            except (FileNotFoundError, ValueError, TypeError):
                continue


def fingerprint(key: Path) -> str:
    """What tells keys apart and tells nothing of them. Raises Trouble when there is no key."""
    try:
        return hashlib.sha256(b"yizheng key " + key.read_bytes().strip()).hexdigest()[:16]
    except FileNotFoundError:
        raise Trouble(f"找不到主密钥 {key}；请把单独保管的密钥目录用 --keys 指明，没有它证件号码无法解密") from None


def room_for(place: Path, wanted: int, what: str) -> None:
    """Raise Trouble unless the disk of `place` has room for so many bytes and a tenth more."""
    free = shutil.disk_usage(place).free
    if free < wanted * 1.1:
        raise Trouble(
            f"{what}需要约 {wanted / 2**30:.1f} GB，{place} 所在磁盘只剩 {free / 2**30:.1f} GB，请清理或另选目录"
        )


def size_of(folder: Path) -> int:
    """The bytes of all files below."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
