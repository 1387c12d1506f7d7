"""Whoever was found before the keys of names stood once is found after: the migration takes over names and their keys."""

from importlib import import_module
from typing import Any

import psycopg

from yizheng.kernel.names.search import search_keys

MIGRATION = import_module("yizheng.people.migrations.0007_names_keyed_once")

FORMER = """
create temp table people_searchkey (
    id bigint generated always as identity, subject_id bigint, kind text, key text, scope_id integer);
with change as (insert into registry_change (kind, cause, reason) values ('intake', 'x', '') returning id)
insert into registry_subject (kind, opened, revision)
select kind, id, 0 from change, unnest(array['person', 'person', 'institution']) kind
returning id
"""


def test_names_take_their_keys_along(owner_connection: psycopg.Connection[Any]) -> None:
    with owner_connection.cursor() as cursor:
        cursor.execute(FORMER)
        while cursor.nextset():
            pass
        lin, also_lin, house = (row[0] for row in cursor.fetchall())
        rows = [
            (lin, "林知遥", 1, True),
            (lin, "林知遥", 2, True),
            (also_lin, "林知远", 1, True),
            (also_lin, "林知遥", 1, True),
            (house, "单于医院", 1, False),
        ]
        cursor.executemany(
            "insert into people_searchkey (subject_id, kind, key, scope_id) values (%s, %s, %s, %s)",
            [
                (subject, kind.value, key, scope)
                for subject, name, scope, person in rows
                for kind, key in search_keys(name, person=person)
            ],
        )
        cursor.execute(MIGRATION.CONVERTED)
        cursor.execute("select subject_id, scope_id, person, name from people_searchname")
        assert set(cursor.fetchall()) == {
            (lin, 1, True, "林知遥"),
            (lin, 2, True, "林知遥"),
            (also_lin, 1, True, "林知遥"),
            (house, 1, False, "单于医院"),
        }
        cursor.execute("select person, name, kind, key from people_namekey")
        assert sorted(cursor.fetchall()) == sorted(
            (person, name, kind.value, key)
            for name, person in (("林知遥", True), ("单于医院", False))
            for kind, key in search_keys(name, person=person)
        )
    owner_connection.rollback()
