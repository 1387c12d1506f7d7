"""The embedded PostgreSQL: made, started, found running, stopped.

The server listens on a socket in a short private directory alone (no network), asks every role for its
password, checks its pages, and sorts by code point so that the order is the same on every machine.
"""

import hashlib
import os
import shutil
import signal
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil

from yizheng.cli.database.programs import major_version, plain_environment, unprivileged
from yizheng.cli.running.processes import Process
from yizheng.cli.trouble import Trouble, last_line

ADMIN = "postgres"
RECOVERY_PATIENCE = 3600.0
"""Seconds a server may take to replay its log after a crash."""

_ALWAYS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "password_encryption": "scram-sha-256",
    "timezone": "Asia/Shanghai",
    "log_timezone": "Asia/Shanghai",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
}
"""Terse errors without statements: the server's log holds no rows and no values of people."""


@dataclass
class Cluster:
    """One PostgreSQL data directory and the server that serves it."""

    directory: Path
    password: str
    options: Mapping[str, str] = field(default_factory=dict)
    _child: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def socket_directory(self) -> Path:
        """A directory of at most 40 bytes, private to this account: socket paths may not exceed 107 bytes."""
        name = hashlib.sha256(os.fsencode(self.directory.resolve())).hexdigest()[:12]
        return Path("/tmp") / f"yizheng-{os.geteuid()}-{name}"  # noqa: S108 - made 0700, its owner checked

    def url(self, role: str, password: str, database: str) -> str:
        """The address of a database of this server for a role."""
        return f"postgresql://{role}:{quote(password, safe='')}@/{database}?host={quote(str(self.socket_directory))}"

    def exists(self) -> bool:
        """Whether the data directory was made."""
        return (self.directory / "PG_VERSION").exists()

    def make(self, *, durable: bool = True) -> None:
        """Make the data directory; it gets its name when complete, so a crash on the way leaves nothing half made."""
        way = unprivileged()
        draft = self.directory.with_name(self.directory.name + ".draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        way.hand_over(draft)
        with tempfile.NamedTemporaryFile("w", prefix="yizheng-") as password_file:
            password_file.write(self.password)
            password_file.flush()
            way.hand_over(Path(password_file.name))
            made = way.run(
                "initdb", "-D", str(draft), "-U", ADMIN, "-A", "scram-sha-256", "-E", "UTF8",
                f"--pwfile={password_file.name}", "--locale-provider=builtin", "--builtin-locale=C.UTF-8",
                "--locale=C", "--data-checksums", *([] if durable else ["--no-sync"]),
            )  # fmt: skip
        if made.returncode != 0:
            raise Trouble(f"无法建立数据库目录 {self.directory}：{last_line(made.stderr)}")
        draft.rename(self.directory)

    def running(self) -> Process | None:
        """The server that serves this directory now, whoever started it."""
        try:
            lines = self._postmaster()
            process = psutil.Process(int(lines[0]))
            ours = os.fsencode(self.directory.resolve()) in map(os.fsencode, process.cmdline())
            began = process.create_time()
        except (psutil.NoSuchProcess, ValueError, IndexError):
            return None
        early_enough = began < float(lines[2]) + 5 if len(lines) > 2 else True
        return Process(process.pid, began) if ours and early_enough else None

    def start(self, log: Path) -> Process:
        """Start the server, or take the one that already serves this directory, and wait until it answers."""
        self._check_version()
        found = self.running()
        if found is not None and self._wait_until_ready(found, None, 60):
            return found
        private_socket_directory(self.socket_directory)
        unprivileged().hand_over(self.socket_directory)
        (self.directory / "postmaster.pid").unlink(missing_ok=True)
        self._configure()
        for attempt in range(20):
            self._child = self._launch(log)
            server = Process.of(self._child.pid)
            if self._wait_until_ready(server, self._child, RECOVERY_PATIENCE):
                return server
            time.sleep(0.1 + attempt * 0.05)
        raise Trouble(f"数据库未能启动：{last_line(_tail(log))}（日志 {log}）")

    def stop(self) -> None:
        """End the server in order (sessions are ended, data written); immediately after a minute."""
        found = self.running()
        if found is None:
            return
        found.send(signal.SIGINT)
        if not found.gone_within(60):
            found.send(signal.SIGQUIT)
            found.gone_within(10)
        if self._child is not None:
            self._child.wait(10)
        shutil.rmtree(self.socket_directory, ignore_errors=True)

    def _check_version(self) -> None:
        had = (self.directory / "PG_VERSION").read_text("ascii").strip()
        if had != str(major_version()):
            raise Trouble(
                f"数据目录由 PostgreSQL {had} 建立，本程序带的是 PostgreSQL {major_version()}，"
                f"请用建立它的那个版本打开，或导出后重新导入（见 docs/operations.md）"
            )

    def _configure(self) -> None:
        chosen = {**_ALWAYS, "unix_socket_directories": str(self.socket_directory), **self.options}
        lines = [f"{name} = '{value}'" for name, value in chosen.items()]
        for name, text in {
            "postgresql.conf": "\n".join(lines),
            "pg_hba.conf": f"local all all scram-sha-256\nlocal replication {ADMIN} scram-sha-256",
        }.items():
            (self.directory / name).write_text(text + "\n", "utf-8")

    def _launch(self, log: Path) -> subprocess.Popen[bytes]:
        way = unprivileged()
        with log.open("ab") as stream:
            return subprocess.Popen(
                way.command("postgres", "-D", str(self.directory.resolve())),
                stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, cwd="/", env=plain_environment(),
                start_new_session=True, user=way.account, group=way.account,
            )  # fmt: skip

    def _wait_until_ready(self, server: Process, child: subprocess.Popen[bytes] | None, patience: float) -> bool:
        """Whether the server said `ready` before it ended (a left-over backend may still hold the memory)."""
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if (child is not None and child.poll() is not None) or not server.alive():
                return False
            if self._said_ready(server.pid):
                return True
            time.sleep(0.02)
        return False

    def _postmaster(self) -> list[str]:
        """The lines the server wrote of itself; none when there is no server."""
        try:
            return (self.directory / "postmaster.pid").read_text("utf-8", "surrogateescape").splitlines()
        except FileNotFoundError:
            return []

    def _said_ready(self, pid: int) -> bool:
        lines = self._postmaster()
        return len(lines) > 7 and lines[0].strip() == str(pid) and lines[7].strip() == "ready"


def private_socket_directory(path: Path) -> None:
    """Make the directory for this account alone; refuse one that belongs to somebody else or is a link."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        found = path.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid():
            raise Trouble(f"{path} 属于其他用户，无法放置数据库套接字，请管理员删除它") from None
        path.chmod(0o700)


def _tail(log: Path) -> str:
    return log.read_text("utf-8", "replace")[-2000:] if log.exists() else ""
