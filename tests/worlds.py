"""Worlds: what many tests begin with, made once a test process in a database of its own.

A test that names the fixture of a world finds its rows there already and works on them in a transaction that is rolled back,
as on the empty database. What it holds in its hands are copies, so that no test sees what another did to an object.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

import pytest
from django.db import connections, transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.database import ThrowAwayServer
from yizheng.cli.database.roles import SERVING
from yizheng.people.database.base import DatabaseWrapper
from yizheng.site.database import connection_settings

M = TypeVar("M")


class World(Generic[M]):
    """The members of a world, made by ``make``; of a test that stands in it ``here`` are its own copies."""

    def __init__(self, fixture: str, make: Callable[[], M]) -> None:
        self._make = make
        self._made: M | None = None
        self._connection: Any = None
        self.here: M | None = None
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
            standing = world.entered(server)
            standing.__enter__()
        request.addfinalizer(lambda: standing.__exit__(None, None, None))
    return (yield)


def _world_of(request: pytest.FixtureRequest) -> World[Any] | None:
    """None where the test commits, or looks at its database as the owner."""
    marker = request.node.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    if commits or not {"owner_connection", "transactional_db", "live_server"}.isdisjoint(request.fixturenames):
        return None
    return next((world for name, world in _worlds.items() if name in request.fixturenames), None)


@pytest.fixture(scope="session", autouse=True)
def worlds(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every world is left before the server of its database stops."""
    yield
    for world in _worlds.values():
        world.leave()
