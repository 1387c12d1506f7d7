"""Bring the database up to the code, as the owner: migrate, grant other packages' tables, load jurisdictions.

Run as a process of its own (`python -m yizheng.cli.prepare`), so that no serving process ever holds the owner's
rights. What it prints on standard output is meant for people. `pending` spares a start that process when neither
the program nor the database changed since the last one.
"""

import os
import sys

import django
import psycopg
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from yizheng.cli import stamps
from yizheng.cli.folders import CHECKOUT, CODE, Folders
from yizheng.cli.roles import grant_third_party
from yizheng.cli.trouble import Trouble

_SHAPING = (
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "**/operations*.py",
    "**/*.sql",
    "people/data/*",
    "cli/prepare.py",
    "cli/roles.py",
)
_APPLIED = "select app || '.' || name from django_migrations order by 1"


def shape() -> str:
    """A digest of all that shapes the tables and the rows every database has."""
    files = {path for pattern in _SHAPING for path in CODE.glob(pattern) if path.is_file()}
    return stamps.digest_of_contents([*files, CHECKOUT / "requirements.lock"])


def state(owner: str) -> str:
    """The program's shape together with what the database says was applied to it."""
    try:
        with psycopg.connect(owner) as found:
            applied = [name for (name,) in found.execute(_APPLIED).fetchall()]
    except psycopg.errors.UndefinedTable:
        applied = []
    return f"{shape()}\n" + "\n".join(applied)


def pending(folders: Folders, owner: str) -> bool:
    """Whether the program or the database changed since `note` was called."""
    return not stamps.done(folders.run / "prepared", state(owner))


def note(folders: Folders, owner: str) -> None:
    """Remember that the database is up to the code."""
    stamps.remember(folders.run / "prepared", state(owner))


def prepare() -> None:
    """Migrate, grant, load; repeatable. Raises `Trouble` when the database knows more than this program."""
    from yizheng.people.scopes import load_jurisdictions

    _refuse_newer(MigrationLoader(connection))
    call_command("migrate", interactive=False, verbosity=0)
    connection.ensure_connection()
    grant_third_party(connection.connection)
    load_jurisdictions()


def _refuse_newer(loader: MigrationLoader) -> None:
    """A database that a newer program migrated must not be touched by an older one."""
    replaced = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations) - replaced)
    if unknown:
        raise Trouble(
            f"数据库由更新版本的程序建立（本程序不认识 {unknown[0][0]}.{unknown[0][1]} 等 {len(unknown)} 项结构变更），"
            "请使用新版本程序，或恢复旧版本的备份"
        )


if __name__ == "__main__":
    os.environ["YIZHENG_DB_ROLE"] = "owner"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizheng.site.settings")
    django.setup()
    try:
        prepare()
    except Trouble as trouble:
        print(trouble)
        sys.exit(1)
