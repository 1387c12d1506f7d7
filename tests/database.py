"""The databases of the tests: an own throw-away server a test process, cloned from a template made once a schema.

`var/test/<digest>` holds a stopped server with the migrated template; the digest covers all that shapes it.
Each test process copies that directory (well under a second), starts it without syncing, and removes it.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from yizheng.cli.database.cluster import ADMIN, Cluster
from yizheng.cli.database.readiness import shape
from yizheng.cli.database.roles import DATABASE, OWNER, ROLES, SERVING, make_database, make_roles
from yizheng.cli.running.processes import Process

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "var" / "test"
TEMPLATE = "template_yizheng"
PASSWORD = "test"
OPTIONS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "scram_iterations": "1",
    "autovacuum": "off",
    "file_copy_method": "clone",
}


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        yield


def _kept_template() -> Path:
    """The stopped server with the template of today's schema, made when missing."""
    place = KEPT / shape()[:16]
    with _locked(KEPT / "lock"):
        if not (place / "complete").exists():
            shutil.rmtree(place, ignore_errors=True)
            _build(place)
            (place / "complete").touch()
        os.utime(place)
        for old in sorted(KEPT.glob("????????????????"), key=lambda path: path.stat().st_mtime)[:-3]:
            shutil.rmtree(old, ignore_errors=True)
    return place


def _build(place: Path) -> None:
    cluster = Cluster(place / "pg", PASSWORD, OPTIONS)
    cluster.make(durable=False)
    cluster.start(place / "server.log")
    try:
        with psycopg.connect(cluster.url(ADMIN, PASSWORD, "postgres"), autocommit=True) as admin:
            make_roles(admin, dict.fromkeys(ROLES, PASSWORD))
            make_database(admin, TEMPLATE)
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT / "src"),
            "DATABASE_OWNER_URL": cluster.url(OWNER, PASSWORD, TEMPLATE),
            "DATABASE_URL": cluster.url(SERVING, PASSWORD, TEMPLATE),
            "YIZHENG_DATA": str(place / "data"),
        }
        command = [sys.executable, "-m", "yizheng.cli.database.prepare"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"the test template could not be migrated:\n{done.stderr[-6000:]}")
    finally:
        cluster.stop()


@dataclass
class ThrowAwayServer:
    """The throw-away server of this test process."""

    place: Path
    cluster: Cluster
    made: int = field(default=0)
    begun_from: str = field(default=TEMPLATE)
    """The database that the next test that commits begins from."""

    @classmethod
    def start(cls) -> "ThrowAwayServer":
        """Copy the template's server and start the copy."""
        _sweep()
        place = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-{Process.of(os.getpid()).started:.2f}-", dir=_runs()))
        with _locked(KEPT / "copying"):
            source = _kept_template()
            shutil.copytree(source / "pg", place / "pg", symlinks=True)
        server = cls(place, Cluster(place / "pg", PASSWORD, OPTIONS))
        server.cluster.start(place / "server.log")
        return server

    @staticmethod
    def copy_as(pg: Path, data: Path) -> None:
        """The template's stopped server and the data beside it, at other places."""
        with _locked(KEPT / "copying"):
            source = _kept_template()
            shutil.copytree(source / "pg", pg, symlinks=True)
            shutil.copytree(source / "data", data, dirs_exist_ok=True)

    @staticmethod
    def told_of_the_template() -> Path:
        """The file in which the guards were told when the template was made."""
        return _kept_template() / "data" / "witness" / "guards.json"

    def stop(self) -> None:
        """Stop the server and remove it."""
        self.cluster.stop()
        shutil.rmtree(self.place, ignore_errors=True)

    def clone(self, of: str = TEMPLATE) -> str:
        """A fresh database with the template's content, or with that of another to which nobody is connected; its name."""
        self.made += 1
        name = f"{DATABASE}_{self.made}"
        with self.admin() as admin:
            admin.execute(
                sql.SQL("create database {} owner {} template {} strategy file_copy").format(
                    sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(of)
                )
            )
        return name

    def drop(self, name: str) -> None:
        """Drop a clone, whoever is still connected."""
        with self.admin() as admin:
            admin.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))

    def admin(self) -> psycopg.Connection:
        """A connection as the server's superuser, outside of transactions."""
        return psycopg.connect(self.cluster.url(ADMIN, PASSWORD, "postgres"), autocommit=True)

    def url(self, role: str, database: str) -> str:
        """The address of a database for a role."""
        return self.cluster.url(role, PASSWORD, database)


def _runs() -> Path:
    place = KEPT / "run"
    place.mkdir(parents=True, exist_ok=True)
    return place


def _sweep() -> None:
    """Remove servers whose test process was killed."""
    for place in _runs().iterdir():
        pid, started, _ = place.name.split("-", 2)
        if not Process(int(pid), float(started)).alive() and time.time() - place.stat().st_mtime > 2:
            Cluster(place / "pg", PASSWORD, OPTIONS).stop()
            shutil.rmtree(place, ignore_errors=True)
