"""What every kind of fact asks of its table, whichever system declares it."""

import pytest
from django.apps import apps
from django.db import connection

from yizheng.registry import EventFact
from yizheng.registry.models import Fact

pytestmark = pytest.mark.django_db

_OPENED = """
select c.relname, t.tgnargs > 0,
       exists (select from pg_constraint k where k.conrelid = c.oid and k.conname = c.relname || '_one_day'),
       exists (select from pg_constraint k join pg_attribute a on a.attrelid = c.oid and a.attnum = any (k.conkey)
               where k.conrelid = c.oid and k.contype = 'f' and a.attname = 'subject_id')
from pg_trigger t join pg_class c on c.oid = t.tgrelid where t.tgname = 'registry_opened'
"""


def test_tables_of_events_hold_days_and_all_ask_for_their_subjects_by_the_statement() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OPENED)
        found = {table: rest for table, *rest in cursor.fetchall()}
    facts = {model.fact_table(): model for model in apps.get_models() if issubclass(model, Fact)}
    assert {table: [issubclass(model, EventFact)] * 2 + [False] for table, model in facts.items()} == {
        table: found.get(table) for table in facts
    }
