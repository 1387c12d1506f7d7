"""The archived log: every finished segment is copied, compressed and synced before the server may forget it.

The server calls a small script. It copies as soon as there is a shelf of backups and until then lets segments go, so
that backups can be switched on without a restart. The witness file goes along with each segment.
"""

import gzip
import re
import zlib
from pathlib import Path
from shlex import quote

from yizheng.cli.database.programs import unprivileged
from yizheng.cli.folders import Folders
from yizheng.cli.recovery.shelf import Backup, Shelf
from yizheng.cli.trouble import Trouble

_SEGMENT = re.compile(r"[0-9A-F]{24}")

_SCRIPT = """#!/bin/sh
# Called by PostgreSQL: path and name of a finished segment of its log.
set -eu
log={log}
[ -d "$log" ] || exit 0
if [ ! -f "$log/$2.gz" ]; then
    gzip -1 <"$1" >"$log/$2.draft"
    sync "$log/$2.draft"
    mv "$log/$2.draft" "$log/$2.gz"
fi
if [ -f {witness} ]; then
    cp {witness} "$log/seals.draft" && mv "$log/seals.draft" "$log/seals.jsonl"
fi
"""


def archiving(folders: Folders) -> dict[str, str]:
    """The server's settings under which its log is archived by the script that `write_script` makes."""
    script = folders.run / "archive-log"
    return {
        "wal_level": "replica",
        "archive_mode": "on",
        "archive_command": _setting(f"/bin/sh {quote(str(script))} %p %f"),
        "archive_timeout": "300",
    }


def write_script(folders: Folders) -> None:
    """Make the script; the server calls it through the shell, whoever's account it runs as."""
    script, witness = folders.run / "archive-log", folders.root / "witness" / "seals.jsonl"
    script.write_text(_SCRIPT.format(log=quote(str(Shelf.of(folders).log)), witness=quote(str(witness))), "utf-8")
    unprivileged().hand_over(script)


def replaying(log: Path, until: str = "") -> dict[str, str]:
    """The settings under which a restored server replays the archived log, to its end or to a moment.

    Nobody may read before that: the server says that it is ready when it has come there.
    """
    wanted = {
        "restore_command": _setting(f"gzip -dc {quote(str(log))}/%f.gz > %p"),
        "recovery_target_timeline": "latest",
        "hot_standby": "off",
    }
    if until:
        wanted |= {"recovery_target_time": until, "recovery_target_action": "promote"}
    return wanted


def check_log(shelf: Shelf, backup: Backup) -> None:
    """Read the archived log from where the backup needs it. Raises Trouble for a damaged or missing segment.

    The server would take either for the end of the log and restore less than there is.
    """
    before = ""
    for path in sorted(shelf.log.glob("*.gz")):
        name = path.name.removesuffix(".gz")
        if not _SEGMENT.fullmatch(name) or name[8:] < backup.manifest.start_log[8:]:
            continue
        _require_whole(path)
        if before and name[:8] == before[:8] and name != _following(before):
            raise Trouble(f"归档日志在 {before} 之后缺少一段，恢复不能越过它；请用 --to 选一个更早的时间")
        before = name


def prune(shelf: Shelf) -> int:
    """Remove segments that no kept backup needs; how many."""
    backups = shelf.backups()
    if not backups:
        return 0
    needed = min(backup.manifest.start_log[8:] for backup in backups)
    old = [path for path in shelf.log.glob("*.gz") if _SEGMENT.match(path.name) and path.name[8:24] < needed]
    for path in old:
        path.unlink()
    return len(old)


def _require_whole(path: Path) -> None:
    try:
        with gzip.open(path) as stream:
            while stream.read(1 << 20):
                pass
    except (OSError, EOFError, zlib.error):
        raise Trouble(f"归档日志 {path.name} 已损坏，只能恢复到它之前；请用 --to 选一个更早的时间") from None


def _following(segment: str) -> str:
    """The name of the next segment (of sixteen megabytes) on the same timeline."""
    number = int(segment[8:16], 16) * 256 + int(segment[16:24], 16) + 1
    return f"{segment[:8]}{number // 256:08X}{number % 256:08X}"


def _setting(text: str) -> str:
    """As it stands between single quotes in postgresql.conf."""
    return text.replace("'", "''")
