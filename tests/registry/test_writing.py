"""Many rows in one statement: what is written is what `bulk_create` writes, and the table refuses the same."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from yizheng.people.models import AuditEntry
from yizheng.people.scope import acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import Subject
from yizheng.registry.writer.rows import insert_many, replace_many
from yizheng.systems.doctors.models import Registration

pytestmark = pytest.mark.django_db

ODD = ["纯文字", "引号\"'\\", "100% {a}", "", "换\n行", "�", "NULL", "{a,b}"]


def test_each_row_gets_its_own_id_in_the_order_given() -> None:
    """As many rows, one statement."""
    with CaptureQueriesContext(connection) as asked:
        rows = insert_many([AuditEntry(verb="test", object_ref=word) for word in ODD])
    assert len([each for each in asked if each["sql"].startswith("insert")]) == 1
    kept = dict(AuditEntry.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "object_ref"))
    assert [kept[row.pk] for row in rows] == ODD
    assert sorted(kept) == [row.pk for row in rows]
    assert not any(row._state.adding for row in rows)


def test_documents_arrays_days_and_nothing_come_back_as_they_went() -> None:
    """Columns of every sort."""
    entries = insert_many([AuditEntry(verb="test", object_ref=word, detail={"a": [1, None, word]}) for word in ODD])
    assert [AuditEntry.objects.get(pk=each.pk).detail for each in entries] == [each.detail for each in entries]
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        subjects = insert_many([Subject(kind="person", opened=change.id) for _ in range(3)])
        scopes: tuple[list[str], ...] = (["11"], ["11", "'\"{,"], [])
        rows = insert_many([
            Registration(
                subject=subject, line="r", valid_from=date(2026, 5, 1), opened=change.id, authority_scope=1,
                practice_number="1", level="1", category="clinical", scopes=scope, place="110000", status="REG",
                issued_on=date(2026, 5, 1), first_practised_on=date(2026, 5, 1),
            )
            for subject, scope in zip(subjects, scopes, strict=True)
        ])  # fmt: skip
        kept = {row.pk: row for row in Registration.objects.filter(subject__in=subjects)}
    assert [kept[row.pk].scopes for row in rows] == list(scopes)
    assert {row.institution_id for row in kept.values()} == {None}
    assert {row.valid_from for row in kept.values()} == {date(2026, 5, 1)}


def test_what_a_table_refuses_it_refuses_here() -> None:
    """A key twice, nothing where something must be, a value no column holds."""
    nothing: Any = None
    first = insert_many([AuditEntry(verb="test")])[0]
    for wrong in (AuditEntry(pk=first.pk, verb="test"), AuditEntry(verb=nothing)):
        with pytest.raises(IntegrityError), transaction.atomic():
            insert_many([wrong])
    with pytest.raises(TypeError), transaction.atomic():
        insert_many([AuditEntry(verb="test", detail={"what": object()})])


def test_no_row_asks_nothing() -> None:
    """An empty list."""
    with CaptureQueriesContext(connection) as asked:
        assert insert_many([]) == []
        replace_many([], ["subject"])
    assert not [each for each in asked if "insert" in each["sql"].lower()]
