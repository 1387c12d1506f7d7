"""Every test runs as the serving role, on a clone of a migrated template, against the embedded PostgreSQL.

`django_db` rolls back; `django_db(transaction=True)` gets a fresh clone, since serving may neither delete facts
nor truncate. `owner_connection` is what a tamperer would have.
"""

import asyncio
import gc
import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TestCase, TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as searching
from hypothesis.database import DirectoryBasedExampleDatabase
from pytest_django.plugin import DjangoDbBlocker
from whitenoise.middleware import WhiteNoiseMiddleware

from tests.database import ROOT, ThrowAwayServer
from yizheng.cli.database.roles import OWNER, SERVING
from yizheng.site.database import connection_settings

pytest_plugins = ["tests.both_sides", "tests.browser", "tests.worlds", "tests.cast", "tests.sharing_out"]

# Properties are searched without a deadline, for the machine may be busy. Every run of the suite draws the same examples, so that
# nobody's first run fails by chance; by night new ones are drawn, and those that fail are kept and tried first from then on.
searching.register_profile("same", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
searching.register_profile(
    "new",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
    database=DirectoryBasedExampleDatabase(ROOT / "var" / "examples"),
)
searching.load_profile("new" if os.environ.get("YIZHENG_NEW_EXAMPLES") == "1" else "same")


def pytest_configure() -> None:
    """Quick passwords; who acts as the system is not told of every statement a test prepares."""
    gc.disable()
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    logging.getLogger("yizheng.people.scope").setLevel(logging.WARNING)


def pytest_collection_finish() -> None:
    """What was imported and collected lives to the end: to look through it again and again for cycles took a third of the time."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """The loop of the browser runs on in its thread to the end; a test that looks at no page does not see it."""
    loop = None if "chromium" in getattr(item, "fixturenames", ()) else asyncio._get_running_loop()
    if loop is not None:
        asyncio._set_running_loop(None)
    yield
    if loop is not None:
        asyncio._set_running_loop(loop)


@pytest.fixture(scope="session", autouse=True)
def data_directory() -> Iterator[Path]:
    """`settings.DATA_DIR` of this test process: attachments, secrets and witness files land here."""
    with tempfile.TemporaryDirectory(prefix="yizheng-test-") as name:
        place = Path(name)
        settings.DATA_DIR = place
        settings.SECRETS_DIR = place / "secrets"
        settings.ATTACHMENTS_DIR = place / "attachments"
        settings.ATTACHMENTS_ON_SHELF = place / "backups" / "attachments"
        settings.WITNESS_DIR = place / "witness"
        yield place


@pytest.fixture(scope="session", autouse=True)
def files_stay_in_the_cache() -> Iterator[None]:
    """Nothing is waited for until it is on the disk; that each file is synced is asked where files are kept."""
    patch = pytest.MonkeyPatch()
    patch.setattr(os, "fsync", lambda descriptor: None)
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def static_files_looked_for_once() -> Iterator[None]:
    """Every test client builds the middleware anew, which walks all static folders; they do not change meanwhile."""
    look = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, Any] = {}

    def look_once(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    patch = pytest.MonkeyPatch()
    patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", look_once)
    yield
    patch.undo()


def _use(server: ThrowAwayServer, database: str) -> None:
    """Point the alias `default` of every thread at a clone."""
    for thread_connection in connections.all(initialized_only=True):
        thread_connection.close()
    connections.settings["default"].update(connection_settings(server.url(SERVING, database)))


@pytest.fixture(scope="session")
def database_server() -> Iterator[ThrowAwayServer]:
    """The throw-away server of this test process."""
    server = ThrowAwayServer.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def django_db_setup(database_server: ThrowAwayServer, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """One clone for all tests that roll back; a fresh one for each test that commits."""
    shared = database_server.clone()
    with django_db_blocker.unblock():
        _use(database_server, shared)

    def enter(cls: type[TransactionTestCase]) -> None:
        _use(database_server, database_server.clone(database_server.begun_from))

    def leave(case: TransactionTestCase) -> None:
        used = str(connections.settings["default"]["NAME"])
        _use(database_server, shared)
        database_server.drop(used)

    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_setup", classmethod(_unless_rolled_back(enter, "_fixture_setup")))
    patch.setattr(TransactionTestCase, "_fixture_teardown", leave)
    yield
    patch.undo()
    with django_db_blocker.unblock():
        connection.close()


def _unless_rolled_back(enter: Any, name: str) -> Any:
    """TestCase brings its own set-up and never reaches this one; say so loudly should that change."""

    def checked(cls: type[TransactionTestCase]) -> None:
        assert not issubclass(cls, TestCase), f"TestCase.{name} no longer replaces TransactionTestCase.{name}"
        enter(cls)

    return checked


@pytest.fixture
def owner_connection(
    database_server: ThrowAwayServer, request: pytest.FixtureRequest
) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
    """A connection as the owner to the test's database, outside of the test's transaction (commit yourself)."""
    request.getfixturevalue("django_db_setup")
    for fixture in ("transactional_db", "db"):
        if fixture in request.fixturenames:
            request.getfixturevalue(fixture)
            break
    with psycopg.connect(database_server.url(OWNER, str(connections.settings["default"]["NAME"]))) as owner:
        yield owner
