"""Bring the database up to the code, as the owner: migrate, grant, load jurisdictions, make the keys.

Run as a process of its own (`python -m yizheng.cli.database.prepare`), so that no serving process ever holds the owner's
rights. What it prints on standard output is meant for people.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

import django
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from yizheng.cli.database.roles import grant_third_party
from yizheng.cli.trouble import Trouble


def prepare() -> None:
    """All of it; repeatable. Raises `Trouble` when the database knows more than this program, or a key is missing."""
    from yizheng.documents.signing.keys import key_ring
    from yizheng.people import vault
    from yizheng.people.enciphering import masterkey
    from yizheng.people.scopes import load_jurisdictions
    from yizheng.registry.seals.guards import guards_file, tell_guards

    loader = MigrationLoader(connection)
    _refuse_newer(loader)
    as_made = guards_file().exists() and set(loader.disk_migrations) <= set(loader.applied_migrations)
    with nullcontext() if loader.applied_migrations else _rendered_alone():
        call_command("migrate", interactive=False, verbosity=0)
    connection.ensure_connection()
    grant_third_party(connection.connection)
    if not as_made:
        tell_guards()
    load_jurisdictions()
    try:
        vault.prepare()
    except (masterkey.MasterKeyMissing, masterkey.MasterKeyUnusable) as problem:
        raise Trouble(str(problem)) from problem
    key_ring().ensure()


@contextmanager
def _rendered_alone() -> Iterator[None]:
    """Of each operation on an empty database only the model it names is rendered again, not everything related to it.

    Otherwise four fifths of a first start go into rendering models. What reaches from a model into those that refer to it, as
    another type of its key does, has nothing to do while there are no rows and belongs into the initial migration.
    """
    whole = ProjectState._find_reload_model  # type: ignore[attr-defined]  # noqa: SLF001 - Django offers no other way

    def alone(state: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        return {(app_label, model_name.lower())}

    ProjectState._find_reload_model = alone  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        yield
    finally:
        ProjectState._find_reload_model = whole  # type: ignore[attr-defined]  # noqa: SLF001


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
