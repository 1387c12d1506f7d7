"""Every kind of fact of the doctors' register, asked of every member of the cast, by the page's verb and by row security alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import ProgrammingError, models, transaction

from tests.matrix import MEMBERS, member
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.people.scopes import open_to
from yizheng.registry import ChangeKind, changing
from yizheng.registry.models import EventFact, Fact

DAY = date(2026, 3, 2)
READERS = {"applicant", "institution", "acceptor", "reviewer", "decider", "city_clerk", "inspector", "analyst"}
"""Herself, the institution her record is open to, her authority, the city above it, who inspects or counts there."""
KINDS: list[Any] = [each for each in apps.get_app_config("doctors").get_models() if issubclass(each, Fact)]


def _value(field: models.Field[Any, Any], subject: int) -> Any:
    """Something the column takes."""
    if isinstance(field, models.ForeignKey):
        return subject
    if isinstance(field, models.DateField):
        return DAY
    if isinstance(field, models.CharField):
        return str(field.choices[0][0]) if field.choices else "1"
    return field.get_default() if field.has_default() else 1


def _said(kind: Any, subject: int) -> dict[str, Any]:
    needed = [field for field in kind.typed_fields() if not (field.null or field.has_default())]
    return {field.name: _value(field, subject) for field in needed}


@pytest.fixture
def facts(applicant: Account, institution: Any, haidian: Scope) -> int:
    """One fact of each kind about the applicant, kept in one district."""
    subject = applicant.subject_id or 0
    with acting_as_system("test"), changing(kind=ChangeKind.INTAKE, actor=None, cause="test") as change:
        for kind in KINDS:
            write = change.event if issubclass(kind, EventFact) else change.state
            day = {"happened_on" if issubclass(kind, EventFact) else "valid_from": DAY}
            said: Any = {**day, "authority_scope": haidian.pk}
            write(kind, subject, f"test:{kind.__name__.lower()}", _said(kind, institution.subject.pk), **said)
        open_to(subject, institution.scope.pk, "test")
    return subject


@pytest.mark.django_db
def test_each_fact_is_seen_by_whom_it_concerns_and_by_nobody_else(facts: int, request: pytest.FixtureRequest) -> None:
    seen: dict[str, dict[str, set[str]]] = {}
    for name in MEMBERS:
        account = member(request, name)
        with acting_as(account):
            for kind in KINDS:
                ways = seen.setdefault(kind.__name__, {"by the verb": set(), "by row security": set()})
                if kind.objects.visible_to(account).filter(subject_id=facts).exists():
                    ways["by the verb"].add(name)
                if kind.objects.all().filter(subject_id=facts).exists():
                    ways["by row security"].add(name)
    for kind in KINDS:
        assert seen[kind.__name__]["by the verb"] == READERS, kind.__name__
        assert seen[kind.__name__]["by row security"] == READERS, kind.__name__


@pytest.mark.django_db
def test_nobody_writes_a_fact_outside_her_reach(
    facts: int, haidian: Scope, other_district_clerk: Account, stranger: Account
) -> None:
    """Row security refuses the insert itself, whatever a page forgot."""
    for account in (other_district_clerk, stranger):
        for kind in KINDS:
            with acting_as(account), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                kind(
                    subject_id=facts,
                    line="test:other",
                    valid_from=DAY,
                    opened=1,
                    authority_scope=haidian.pk,
                    **_columns(kind, facts),
                ).save()


def _columns(kind: Any, subject: int) -> dict[str, Any]:
    """As the columns are called."""
    attributes = {field.name: field.attname for field in kind.typed_fields()}
    return {attributes[name]: value for name, value in _said(kind, subject).items()}
