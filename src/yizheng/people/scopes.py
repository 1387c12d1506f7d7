"""The tree of scopes: loading the city's jurisdictions, hanging organisations on them, opening subjects to them."""

import csv
from collections.abc import Iterable
from importlib.resources import files

from yizheng.people.kinds import ScopeKind
from yizheng.people.models import Access, Scope
from yizheng.people.rights.reach import JURISDICTIONS
from yizheng.registry.writer.rows import Known, insert_many


def load_jurisdictions() -> int:
    """Make the city and its districts from ``data/jurisdictions.csv`` (or bring their names up to date); how many there are."""
    with files("yizheng.people").joinpath("data/jurisdictions.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    kept = {scope.code: scope for scope in Scope.objects.filter(code__in=[row["code"] for row in rows])}
    tops = [row for row in rows if not row["parent"]]
    for level in (tops, [row for row in rows if row["parent"]]):
        kept |= _brought_up_to_date(level, kept)
    return len(rows)


def _brought_up_to_date(rows: list[dict[str, str]], kept: dict[str, Scope]) -> dict[str, Scope]:
    """Scopes of these rows: made where missing, changed where they differ; parents must be among ``kept``."""
    missing, changed = [], []
    for row in rows:
        kind, name, parent = row["kind"], row["name"], kept.get(row["parent"])
        scope = kept.get(row["code"])
        if scope is None:
            missing.append(Scope(code=row["code"], kind=kind, name=name, parent=parent))
        elif (scope.kind, scope.name, scope.parent_id) != (kind, name, parent and parent.pk):
            scope.kind, scope.name, scope.parent = kind, name, parent
            changed.append(scope)
    Scope.objects.bulk_update(changed, ["kind", "name", "parent"])
    made = {scope.code: scope for scope in Scope.objects.bulk_create(missing)}
    JURISDICTIONS.forget()
    return made


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


def organisations_of(subject_ids: Iterable[int]) -> dict[int, int]:
    """The scope ids of several institutions, by subject, in one query."""
    return dict(Scope.objects.filter(subject_id__in=list(subject_ids)).values_list("subject_id", "pk"))


def open_many(rows: Iterable[tuple[int, int, str]]) -> None:
    """As ``open_to`` for many (subject, scope, cause) at once."""
    opened = [Access(subject_id=subject, scope_id=scope, cause=cause) for subject, scope, cause in rows]
    insert_many(opened, Known.KEPT)


def open_to(subject_id: int, scope_id: int, cause: str) -> None:
    """Let ``scope`` see everything of the subject, because of ``cause`` (``registration:42``). Again is no error."""
    Access.objects.get_or_create(subject_id=subject_id, scope_id=scope_id, defaults={"cause": cause})


def close_to(subject_id: int, scope_id: int) -> None:
    """Take that sight away again; what the scope decided itself it still sees."""
    Access.objects.filter(subject_id=subject_id, scope_id=scope_id).delete()
