"""The database a command works on: the embedded one below the data directory, or the one `DATABASE_URL` names."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from yizheng.cli.database import external
from yizheng.cli.database.cluster import ADMIN, Cluster
from yizheng.cli.database.roles import DATABASE, JOB, OWNER, ROLES, SERVING, make_database, make_roles
from yizheng.cli.folders import CODE, Folders
from yizheng.cli.recovery.log_archive import archiving, write_script


@dataclass(frozen=True)
class Addresses:
    """How each role reaches the database of a data directory."""

    folders: Folders
    serving: str
    owner: str
    job: str

    def environment(self, *, owner: bool = False) -> dict[str, str]:
        """The environment of a child process; the owner's address only for one that migrates."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
        inherited.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling everything again triples the time to start
        return {
            **inherited,
            "PYTHONPATH": str(CODE.parent),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "yizheng.site.settings",
            "YIZHENG_DATA": str(self.folders.root),
            "DATABASE_URL": self.serving,
            "DATABASE_JOB_URL": self.job,
            **({"DATABASE_OWNER_URL": self.owner, "YIZHENG_DB_ROLE": "owner"} if owner else {}),
        }

    def run(
        self, *words: str, owner: bool = False, more: Mapping[str, str] | None = None, **options: Any
    ) -> subprocess.CompletedProcess[str]:
        """Run a module of Python to its end, as serving or as the owner, with more in its environment."""
        environment = {**self.environment(owner=owner), **(more or {})}
        return subprocess.run([sys.executable, "-m", *words], env=environment, text=True, check=False, **options)


class EmbeddedDatabase:
    """The server that this program brings and keeps below the data directory."""

    def __init__(self, folders: Folders, options: Mapping[str, str] | None = None) -> None:
        self.folders = folders
        chosen = archiving(folders) if options is None else options
        self.cluster = Cluster(folders.postgres, folders.secret("postgres-admin"), chosen)
        self._passwords = {role: folders.secret(f"{role.replace('_', '-')}-password") for role in ROLES}

    def start(self) -> None:
        """Make it when it is missing, start or take over the server, make roles and database when missing."""
        write_script(self.folders)
        if not self.cluster.exists():
            self.cluster.make()
        self.cluster.start(self.folders.logs / "postgres.log")
        admin_address = self.cluster.url(ADMIN, self.cluster.password, "postgres")
        with psycopg.connect(admin_address, autocommit=True) as admin:
            make_roles(admin, self._passwords)
            make_database(admin)

    def alive(self) -> bool:
        """Whether the server runs."""
        return self.cluster.running() is not None

    def stop(self) -> None:
        """Stop the server in order."""
        self.cluster.stop()

    @property
    def addresses(self) -> Addresses:
        """The roles' addresses."""
        owner, serving, job = (
            self.cluster.url(role, self._passwords[role], DATABASE) for role in (OWNER, SERVING, JOB)
        )
        return Addresses(self.folders, serving, owner, job)

    @property
    def place(self) -> str:
        """Where the data lies, for people."""
        return str(self.folders.postgres)


class ExternalDatabase:
    """A PostgreSQL 15 or newer that somebody else runs."""

    def __init__(self, folders: Folders, environ: Mapping[str, str]) -> None:
        serving = environ["DATABASE_URL"]
        owner, job = environ.get("DATABASE_OWNER_URL", ""), environ.get("DATABASE_JOB_URL", serving)
        self.addresses = Addresses(folders, serving, owner, job)

    def start(self) -> None:
        """Check that it answers, its version and the roles' rights."""
        external.check(self.addresses.serving, self.addresses.owner)

    def alive(self) -> bool:
        """Its operator watches it; a failing connection shows in `/readyz`."""
        return True

    def stop(self) -> None:
        """Leave it running."""

    @property
    def place(self) -> str:
        """Where the data lies, for people: server and database, without the password."""
        parts = psycopg.conninfo.conninfo_to_dict(self.addresses.serving)
        return f"{parts.get('host', 'localhost')} / {parts.get('dbname', '')}"


Database = EmbeddedDatabase | ExternalDatabase


def database(folders: Folders) -> Database:
    """The database that the environment asks for."""
    return ExternalDatabase(folders, os.environ) if os.environ.get("DATABASE_URL") else EmbeddedDatabase(folders)


@contextmanager
def reachable(folders: Folders) -> Iterator[Database]:
    """The database for one command: found running, or started for it and stopped afterwards."""
    folders.make()
    found = database(folders)
    ran_before = found.alive()
    found.start()
    try:
        yield found
    finally:
        if not ran_before:
            found.stop()
