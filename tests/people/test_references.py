"""What the vault and search keys point at exists, though no foreign key asks it a row."""

from typing import Any

import psycopg
import pytest
from django.db import IntegrityError, transaction

from tests.cast import new_subject
from yizheng.people import vault
from yizheng.people.enciphering import copying as vault_copying
from yizheng.people.models import DataKey, Scope, SearchName
from yizheng.people.scope import acting_as_system
from yizheng.people.searching.search import copy_names, index_name, names_to_copy

pytestmark = pytest.mark.django_db

NOBODY = 999_999_999


def _scope() -> int:
    return int(Scope.objects.earliest("pk").pk)


def test_an_identifier_of_nobody_is_refused() -> None:
    with pytest.raises(IntegrityError, match=str(NOBODY)), transaction.atomic():
        DataKey.objects.create(subject_id=NOBODY, wrapped=b"x")
    with pytest.raises(vault.AlreadyHeld):
        vault_copying.copy_new([(NOBODY, "resident_id", "11010519491231002X")])
    assert vault.find("resident_id", "11010519491231002X") is None


def test_a_name_of_nobody_is_refused() -> None:
    person = int(new_subject("person").pk)
    with acting_as_system("test"):
        with pytest.raises(IntegrityError, match=str(NOBODY)), transaction.atomic():
            copy_names(names_to_copy([(NOBODY, "林青禾")]), _scope())
        index_name(person, "林青禾", [_scope()])
        with pytest.raises(IntegrityError, match=str(NOBODY)), transaction.atomic():
            SearchName.objects.filter(subject_id=person).update(subject_id=NOBODY)


def test_a_scope_with_names_stays(owner_connection: psycopg.Connection[Any]) -> None:
    owner_connection.execute(
        """
        with change as (insert into registry_change (kind, cause, reason) values ('intake', 'x', '') returning id)
        insert into registry_subject (kind, opened, revision) select 'person', id, 0 from change
        """
    )
    owner_connection.execute(
        """
        with scope as (insert into people_scope (code, name, kind) values ('x', 'x', 'district') returning id)
        insert into people_searchname (subject_id, person, name, scope_id)
        select (select max(id) from registry_subject), true, 'x', id from scope
        """
    )
    with pytest.raises(psycopg.errors.ForeignKeyViolation), owner_connection.transaction():
        owner_connection.execute("update people_searchname set scope_id = 2000000000 where name = 'x'")
    owner_connection.execute("delete from people_scope where code = 'x'")
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        owner_connection.execute("set constraints people_scope_is_searched immediate")
    owner_connection.rollback()
