"""Worlds: what many tests begin with, made once a test process in a database of its own.

A test that names the fixture of a world finds its rows there already and works on them in a transaction that is rolled back,
as on the empty database; a test that commits gets a copy of that database for itself, where the world is declared for such tests.
What it holds in its hands are copies, so that no test sees what another did to an object.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import pytest
from django.db import connections, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.database import TEMPLATE, ThrowAwayServer
from yizheng.cli.database.roles import SERVING
from yizheng.people.database.base import DatabaseWrapper
from yizheng.site.database import connection_settings

M = TypeVar("M")


class World(Generic[M]):
    """The members of a world, made by ``make``; of a test that stands in it ``here`` are its own copies.

    What was to follow a commit of ``make`` does not follow, so tests that commit begin ``for_commits`` only where they miss nothing.
    """

    def __init__(self, fixture: str, make: Callable[[], M], *, for_commits: bool = False) -> None:
        self._make = make
        self.for_commits = for_commits
        self._made: M | None = None
        self._connection: Any = None
        self.here: M | None = None
        """Copies of the members, for the test that stands in the world."""
        _worlds[fixture] = self

    @contextmanager
    def entered(self, server: ThrowAwayServer) -> Iterator[None]:
        """The alias `default` of this thread leads into the world."""
        empty = connections["default"]
        if self._connection is None:
            address = connection_settings(server.url(SERVING, server.clone()))
            self._connection = DatabaseWrapper({**connections.settings["default"], **address}, "default")
        connections["default"] = self._connection
        try:
            if self._made is None:
                self._made = self._begin()
            self.here = copy.deepcopy(self._made)
            yield
        finally:
            self.here = None
            connections["default"] = empty

    @contextmanager
    def copied(self, server: ThrowAwayServer) -> Iterator[None]:
        """The database that is made for a test that commits is a copy of the world's."""
        with self.entered(server):
            name = str(self._connection.settings_dict["NAME"])
        self._connection.close()
        self.here = copy.deepcopy(self._made)
        server.begun_from = name
        try:
            yield
        finally:
            self.here = None
            server.begun_from = TEMPLATE

    def _begin(self) -> M:
        """Made and kept; what was to follow a commit follows in no test either."""
        with transaction.atomic():
            made = self._make()
            self._connection.run_on_commit.clear()
        return made

    def leave(self) -> None:
        """The database is about to be removed."""
        if self._connection is not None:
            self._connection.close()


_worlds: dict[str, World[Any]] = {}


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest) -> Iterator[Any]:
    """Before a test's transaction begins it stands in the world whose fixture it names."""
    if fixturedef.argname == "_django_db_helper" and (world := _world_of(request)) is not None:
        server: ThrowAwayServer = request.getfixturevalue("database_server")
        blocker: DjangoDbBlocker = request.getfixturevalue("django_db_blocker")
        with blocker.unblock():
            standing = world.copied(server) if _commits(request) else world.entered(server)
            standing.__enter__()
        request.addfinalizer(lambda: standing.__exit__(None, None, None))
    return (yield)


def _commits(request: pytest.FixtureRequest) -> bool:
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    return commits or not {"transactional_db", "live_server"}.isdisjoint(request.fixturenames)


def _world_of(request: pytest.FixtureRequest) -> World[Any] | None:
    """None where the test looks at the rows of a transaction as the owner, who would not see them."""
    commits = _commits(request)
    if "owner_connection" in request.fixturenames and not commits:
        return None
    named = (world for name, world in _worlds.items() if name in request.fixturenames)
    return next((world for world in named if world.for_commits or not commits), None)


@pytest.fixture(scope="session", autouse=True)
def worlds(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every world is left before the server of its database stops."""
    yield
    for world in _worlds.values():
        world.leave()
