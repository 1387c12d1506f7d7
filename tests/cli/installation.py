"""A real installation for tests: `yizheng up` as a process, on a directory and port of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from tests.database import PASSWORD, TEMPLATE, ThrowAwayServer
from yizheng.cli.database.cluster import ADMIN
from yizheng.cli.database.databases import EmbeddedDatabase
from yizheng.cli.database.roles import DATABASE, ROLES
from yizheng.cli.folders import Folders
from yizheng.cli.recovery.log_archive import write_script

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment() -> dict[str, str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "PYTEST_", "YIZHENG_"))
    }
    return {**inherited, "PYTHONPATH": str(ROOT / "src")}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "yizheng.cli", *words]


def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command(*words), env={**environment(), **more}, capture_output=True, text=True, timeout=120, check=False
    )


def prepare(data: Path) -> EmbeddedDatabase:
    """A data directory as `up` leaves it, from the tests' template; its server runs, archiving its log."""
    folders = Folders(data)
    ThrowAwayServer.copy_as(folders.postgres, data)
    folders.make()
    for name in ("postgres-admin", *(f"{role.replace('_', '-')}-password" for role in ROLES)):
        (folders.secrets / name).write_text(PASSWORD)
        (folders.secrets / name).chmod(0o600)
    found = EmbeddedDatabase(folders)
    write_script(folders)
    found.cluster.start(folders.logs / "postgres.log")
    with psycopg.connect(found.cluster.url(ADMIN, PASSWORD, "postgres"), autocommit=True) as admin:
        admin.execute(f"alter database {TEMPLATE} rename to {DATABASE}")
    found.start()
    return found


@dataclass
class Installation:
    data: Path
    port: int = field(default_factory=free_port)
    supervisor: subprocess.Popen[str] | None = None

    def up(self) -> float:
        """Start it and wait until it serves; the seconds that took."""
        began = time.monotonic()
        self.supervisor = subprocess.Popen(
            command("up", "--data", str(self.data), "--port", str(self.port), "--no-demo"),
            env=environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        while True:
            line = self.supervisor.stdout.readline() if self.supervisor.stdout else ""
            if "按 Ctrl-C 停止" in line:
                return time.monotonic() - began
            if not line:
                raise AssertionError(f"up ended: {self.logs()}")

    def logs(self) -> str:
        return "\n".join(path.read_text()[-1500:] for path in (self.data / "logs").glob("*.log"))

    def status(self, path: str) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code
        except OSError:
            return 0

    def serves(self, path: str = "/healthz", within: float = 90) -> bool:
        deadline = time.monotonic() + within
        while time.monotonic() < deadline:
            if self.status(path) == 200:
                return True
            time.sleep(0.1)
        return False

    def processes(self, word: str) -> list[psutil.Process]:
        """Our processes that have this word in their command line."""
        found = []
        for process in psutil.process_iter():
            try:
                environ, line = process.environ(), " ".join(process.cmdline())
            except (psutil.NoSuchProcess, psutil.AccessDenied):
                continue
            if word in line and (environ.get("YIZHENG_DATA") == str(self.data) or str(self.data) in line):
                found.append(process)
        return found

    def kill(self, word: str) -> None:
        """End the oldest process with this word as a power cut would."""
        oldest = min(self.processes(word), key=lambda process: process.create_time())
        oldest.send_signal(signal.SIGKILL)
        oldest.wait(10)

    def kill_supervisor(self) -> None:
        assert self.supervisor is not None
        self.supervisor.kill()
        self.close()

    def stop(self) -> int:
        """Ctrl-C; the exit code."""
        assert self.supervisor is not None
        self.supervisor.send_signal(signal.SIGINT)
        return self.close()

    def close(self) -> int:
        assert self.supervisor is not None
        code = self.supervisor.wait(60)
        if self.supervisor.stdout:
            self.supervisor.stdout.close()
        return code
