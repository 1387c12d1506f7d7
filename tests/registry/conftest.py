"""The registry tried on two sample kinds of fact, whose tables are added to each test's database by the owner."""

from collections.abc import Iterator
from functools import cache
from io import StringIO
from typing import Any

import psycopg
import pytest
from django.apps import AppConfig, apps
from django.core.management import call_command

from yizheng.registry import ChangeKind, changing


@pytest.fixture(scope="module")
def sample_app() -> Iterator[None]:
    """Installed by hand: Django's own way would make every other app ready a second time.

    For a whole file: whenever an app comes or goes, every model works out its relations anew.
    """
    config = AppConfig.create("tests.registry.sample")
    config.apps = apps
    apps.app_configs[config.label] = config
    config.import_models()
    apps.clear_cache()
    yield
    del apps.app_configs[config.label]
    apps.clear_cache()


@cache
def sample_tables() -> str:
    """The statements of the sample app's migration."""
    out = StringIO()
    call_command("sqlmigrate", "sample", "0001", stdout=out)
    return out.getvalue()


@pytest.fixture
def register(sample_app: None, owner_connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """A register with the sample tables; the value is the owner's connection, for tampering."""
    if owner_connection.execute("select to_regclass('sample_post')").fetchone() == (None,):
        owner_connection.execute(sample_tables())
    owner_connection.commit()
    return owner_connection


@pytest.fixture
def decide() -> Any:
    """Open a change of an ordinary decision: `with decide() as change`."""

    def opened(cause: str = "case:1", **more: Any) -> Any:
        return changing(**{"kind": ChangeKind.DECISION, "actor": 7, "cause": cause, **more})

    return opened
