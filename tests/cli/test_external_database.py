import psycopg
import pytest

from tests.database import ThrowAwayServer
from yizheng.cli.database import external
from yizheng.cli.database.roles import OWNER, SERVING
from yizheng.cli.trouble import Trouble


@pytest.fixture
def empty_database(database_server: ThrowAwayServer):
    with database_server.admin() as admin:
        admin.execute("create database elsewhere")
        yield admin
        admin.execute("drop database elsewhere with (force)")


def urls(server: ThrowAwayServer) -> tuple[str, str]:
    return server.url(SERVING, "elsewhere"), server.url(OWNER, "elsewhere")


def test_missing_rights_print_the_sql_that_grants_them(
    database_server: ThrowAwayServer, empty_database: psycopg.Connection
):
    with pytest.raises(Trouble) as refusal:
        external.check(*urls(database_server))
    printed = str(refusal.value).split("\n\n")[1]
    assert 'grant create on database "elsewhere" to "yizheng_owner";' in printed
    superuser = database_server.url("postgres", "elsewhere")
    with psycopg.connect(superuser, autocommit=True) as connection:
        for statement in printed.strip().splitlines():
            connection.execute(statement)
    external.check(*urls(database_server))


def test_a_serving_role_that_passes_by_row_policies_is_refused(
    database_server: ThrowAwayServer, empty_database: psycopg.Connection
):
    empty_database.execute("alter database elsewhere owner to yizheng_owner")
    empty_database.execute("alter role yizheng_serving bypassrls")
    try:
        with pytest.raises(Trouble, match="nobypassrls"):
            external.check(*urls(database_server))
    finally:
        empty_database.execute("alter role yizheng_serving nobypassrls")


def test_a_missing_database_says_how_to_make_it(database_server: ThrowAwayServer):
    nowhere = database_server.url(SERVING, "nowhere"), database_server.url(OWNER, "nowhere")
    with pytest.raises(Trouble, match="create database nowhere"):
        external.check(*nowhere)


def test_the_owner_address_is_asked_for(database_server: ThrowAwayServer):
    with pytest.raises(Trouble, match="DATABASE_OWNER_URL"):
        external.check(database_server.url(SERVING, "elsewhere"), "")
