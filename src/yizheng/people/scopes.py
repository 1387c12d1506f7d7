"""The tree of scopes: loading the city's jurisdictions, hanging organisations on them, opening subjects to them."""

from __future__ import annotations

import csv
from importlib.resources import files

from yizheng.people.kinds import ScopeKind
from yizheng.people.models import Access, Scope


def load_jurisdictions() -> int:
    """Make the city and its districts from ``data/jurisdictions.csv`` (or bring their names up to date); how many there are."""
    with files("yizheng.people").joinpath("data/jurisdictions.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    made: dict[str, Scope] = {}
    for row in rows:
        fields = {"kind": row["kind"], "name": row["name"], "parent": made.get(row["parent"])}
        made[row["code"]], _ = Scope.objects.update_or_create(code=row["code"], defaults=fields)
    return len(made)


def city() -> Scope:
    """The city at the root of the tree."""
    return Scope.objects.get(kind=ScopeKind.CITY)


def jurisdiction(code: str) -> Scope:
    """The jurisdiction with this code (110108 is 海淀区). Raises Scope.DoesNotExist."""
    return Scope.objects.get(code=code, kind__in=[ScopeKind.CITY, ScopeKind.DISTRICT])


def scope_name(scope_id: int | None) -> str:
    """The name pages show; empty for none."""
    return Scope.objects.filter(pk=scope_id).values_list("name", flat=True).first() or "" if scope_id else ""


def add_organisation(code: str, name: str, parent: Scope, subject_id: int | None) -> Scope:
    """Hang an organisation on the jurisdiction that registers it, or bring its name and place up to date."""
    fields = {"kind": ScopeKind.ORGANISATION, "name": name, "parent": parent, "subject_id": subject_id}
    scope, _ = Scope.objects.update_or_create(code=code, defaults=fields)
    return scope


def organisation_of(subject_id: int) -> Scope | None:
    """The scope of an institution's subject."""
    return Scope.objects.filter(subject_id=subject_id).first()


def open_to(subject_id: int, scope_id: int, cause: str) -> None:
    """Let ``scope`` see everything of the subject, because of ``cause`` (``registration:42``). Again is no error."""
    Access.objects.get_or_create(subject_id=subject_id, scope_id=scope_id, defaults={"cause": cause})


def close_to(subject_id: int, scope_id: int) -> None:
    """Take that sight away again; what the scope decided itself it still sees."""
    Access.objects.filter(subject_id=subject_id, scope_id=scope_id).delete()
