"""The data directory: what lies where, who may read it."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from yizheng.cli.trouble import Trouble
from yizheng.kernel.private_files import private_directory, write_once

CODE = Path(__file__).resolve().parents[1]
CHECKOUT = CODE.parents[1]


@dataclass(frozen=True)
class Folders:
    """One installation's data directory."""

    root: Path

    @classmethod
    def chosen(cls, given: str | None) -> "Folders":
        """The directory given, else `YIZHENG_DATA`, else `var` beside the code."""
        return cls(Path(given or os.environ.get("YIZHENG_DATA") or CHECKOUT / "var").absolute())

    @property
    def postgres(self) -> Path:
        """The embedded server's data."""
        return self.root / "postgres"

    @property
    def secrets(self) -> Path:
        """Keys and passwords, to be backed up apart from the data."""
        return self.root / "secrets"

    @property
    def logs(self) -> Path:
        """What the processes wrote."""
        return self.root / "logs"

    @property
    def run(self) -> Path:
        """Who runs now: lock, processes, address."""
        return self.root / "run"

    def make(self) -> None:
        """Make the directories, private to this account; one sentence when that may not be."""
        try:
            for place in (self.root, self.secrets, self.logs, self.run):
                private_directory(place)
            (self.run / "writable").write_text("")
        except OSError as problem:
            raise Trouble(
                f"无法写入数据目录 {self.root}（{problem.strerror}），请用 --data 另选目录，或授予当前用户写权限"
            ) from problem

    def secret(self, name: str) -> str:
        """A kept secret, made at first use."""
        return write_once(self.secrets / name, secrets.token_urlsafe(48))
