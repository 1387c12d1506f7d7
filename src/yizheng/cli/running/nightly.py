"""What `up` does at night once backups are switched on: a backup every day, a restore drill every Sunday.

The supervisor does it, since it alone may reach the files of the server; the first `./yizheng backup` switches it on.
"""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from yizheng.cli.folders import Folders
from yizheng.cli.recovery.shelf import Shelf
from yizheng.kernel.calendar import BEIJING

BACKUP_AT = time(2, 30)
DRILL_AT = time(3, 30)
SUNDAY = 6
AGAIN_AFTER = timedelta(hours=1)
"""How long after a try that came to nothing it is tried again."""


@dataclass
class Nightly:
    """Looks at the clock; starts at most one thing at a time and never waits for it."""

    folders: Folders
    running: subprocess.Popen[bytes] | None = None
    tried: dict[str, datetime] = field(default_factory=dict)

    def look(self, now: datetime | None = None) -> str | None:
        """Start what is due; its command, or None."""
        now = now or datetime.now(BEIJING)
        if self.running is not None and self.running.poll() is None:
            return None
        command = self.due(now)
        if command is not None:
            self.tried[command] = now
            self.running = self._start([command, "--data", str(self.folders.root)])
        return command

    def due(self, now: datetime) -> str | None:
        """The command that is due now: `backup`, `drill` or None."""
        shelf = Shelf.of(self.folders)
        if not shelf.log.is_dir():
            return None
        newest = max((each.manifest.moment for each in shelf.backups()), default=None)
        if now.time() >= BACKUP_AT and _before_today(newest, now) and self._may_try("backup", now):
            return "backup"
        is_drill_time = now.weekday() == SUNDAY and now.time() >= DRILL_AT
        if is_drill_time and _before_today(drilled(self.folders), now) and self._may_try("drill", now):
            return "drill"
        return None

    def stop(self) -> None:
        """End what runs; a backup broken off does not count and is removed by the next."""
        if self.running is not None and self.running.poll() is None:
            self.running.terminate()
            self.running.wait()

    def _may_try(self, command: str, now: datetime) -> bool:
        last = self.tried.get(command)
        return last is None or now - last >= AGAIN_AFTER

    def _start(self, words: Sequence[str]) -> subprocess.Popen[bytes]:
        with (self.folders.logs / "nightly.log").open("ab") as stream:
            return subprocess.Popen(
                [sys.executable, "-m", "yizheng.cli", *words], stdin=subprocess.DEVNULL, stdout=stream, stderr=stream,
                start_new_session=True,
            )  # fmt: skip


def drilled(folders: Folders) -> datetime | None:
    """When the last drill ended."""
    try:
        return datetime.fromisoformat((folders.run / "drilled").read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return None


def note_drill(folders: Folders) -> None:
    """Remember that a drill ended now."""
    (folders.run / "drilled").write_text(datetime.now(BEIJING).isoformat(), "ascii")


def _before_today(moment: datetime | None, now: datetime) -> bool:
    return moment is None or moment.astimezone(BEIJING).date() < now.date()
