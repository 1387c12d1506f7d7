"""What the migration operations install, they also take away."""

import pytest

from yizheng.registry.operations import AppendOnly, EventTable, FactTable, Grants, NamedSQL, NoRemoval

pytestmark = pytest.mark.django_db(transaction=True)

OBJECTS = """
select coalesce(string_agg(found, ' ' order by found), '') from (
    select tgname::text as found from pg_trigger where tgrelid = '{table}'::regclass and not tgisinternal
    union all select indexname from pg_indexes where tablename = '{table}' and indexname not like '%pkey'
    union all select conname from pg_constraint where conrelid = '{table}'::regclass and contype = 'c'
    union all select grantee || privilege_type from information_schema.role_table_grants
        where table_name = '{table}' and grantee <> 'yizheng_owner'
) everything
"""


def test_a_fact_table_is_undone_and_done_again(register):
    objects = OBJECTS.format(table="sample_post")
    before = register.execute(objects).fetchone()
    operation = FactTable("sample_post")
    register.execute(operation.reverse_sql)
    bare = register.execute(objects).fetchone()[0]
    assert "registry" not in bare
    assert "yizheng" not in bare
    register.execute(operation.sql)
    assert register.execute(objects).fetchone() == before


def test_a_table_of_events_is_undone_to_a_table_of_facts(register):
    objects = OBJECTS.format(table="sample_assessment")
    before = register.execute(objects).fetchone()
    operation = EventTable("sample_assessment")
    register.execute(operation.reverse_sql)
    assert "one_day" not in register.execute(objects).fetchone()[0]
    register.execute(operation.sql)
    assert register.execute(objects).fetchone() == before


@pytest.mark.parametrize("operation", [AppendOnly("extra"), Grants("extra", "select, update (a)"), NoRemoval("extra")])
def test_the_smaller_operations_are_undone(register, operation):
    register.execute("create table extra (a int)")
    register.execute(operation.sql)
    register.execute(operation.reverse_sql)
    granted = "select count(*) from information_schema.column_privileges where table_name = 'extra' and grantee = 'yizheng_serving'"
    assert register.execute(granted).fetchone() == (0,)
    register.execute(operation.sql)


def test_operations_are_written_into_migrations_by_name():
    assert FactTable("a_b").deconstruct() == ("FactTable", ["a_b"], {})
    assert Grants("a_b", "select").deconstruct() == ("Grants", ["a_b", "select"], {})
    assert NamedSQL("facts").deconstruct() == ("NamedSQL", ["facts"], {})
