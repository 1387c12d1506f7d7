"""Versions before they are written: made from values, copied, cut where a splice goes through them (更正拼接).

And what a statement about many of them says of their kind: its table and its columns.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import connection, models

from yizheng.registry.models.fact import Fact, FactQuerySet
from yizheng.registry.models.subject import Subject

Version = TypeVar("Version", bound=Fact)
SubjectRef = Subject | int


def subject_id(subject: SubjectRef) -> int:
    """The id of a subject given as itself or by id."""
    return subject if isinstance(subject, int) else subject.pk


def versions_of(model: type[Version]) -> FactQuerySet[Version]:
    """All versions of a kind, whatever manager the model declares for its pages."""
    return FactQuerySet(model)


def unsaved(model: type[Version], values: Mapping[str, Any], **ledger: Any) -> Version:
    """A version with its values in their columns' own types; a reference may be given as object or id.

    Raises ValidationError for a value its column cannot hold, TypeError for a column the kind has not.
    """
    version = model(**ledger, **{_column(model, name, value): value for name, value in values.items()})
    for field in model.typed_fields():
        setattr(version, field.attname, field.to_python(getattr(version, field.attname)))
    return version


def copy(version: Version, opened: int, valid_from: date, valid_to: date) -> Version:
    """The same statement for another period, opened by another change."""
    values = {field.attname: getattr(version, field.attname) for field in type(version).typed_fields()}
    return type(version)(
        subject_id=version.subject_id,
        line=version.line,
        authority_scope=version.authority_scope,
        valid_from=valid_from,
        valid_to=valid_to,
        opened=opened,
        **values,
    )


def remainders(versions: Iterable[Version], opened: int, start: date, end: date) -> list[Version]:
    """What stays of versions when `[start, end)` is cut out of them: a left and a right part at most."""
    left = [copy(v, opened, v.valid_from, start) for v in versions if v.valid_from < start]
    right = [copy(v, opened, end, v.valid_to) for v in versions if v.valid_to > end]
    return left + right


def _column(model: type[Fact], name: str, value: Any) -> str:
    if isinstance(value, models.Model):
        return name
    names = {field.name: field.attname for field in model.typed_fields()}
    return names.get(name, name)


def quoted(names: Iterable[str], of: str = "") -> str:
    """Names of columns for a statement, each after ``of``."""
    return ", ".join(of + connection.ops.quote_name(name) for name in names)


def columns_of(model: type[Fact], of: str = "") -> str:
    """What a version says, for a statement: its line, period, scope and typed values, not the changes that wrote it."""
    return f"{quoted(('subject_id', 'line', 'valid_from', 'valid_to'), of)}, {values_of(model, of)}"


def values_of(model: type[Fact], of: str = "") -> str:
    """What a version says apart from when: its scope and typed values."""
    return quoted(["authority_scope", *(str(field.column) for field in model.typed_fields())], of)


def filled(template: str, model: type[Fact], **parts: str) -> str:
    """A statement for a kind of fact: `{table}`, the `{columns}` of a version, and other parts by their names."""
    for name, text in {**parts, "table": quoted([model.fact_table()]), "columns": columns_of(model)}.items():
        template = template.replace("{" + name + "}", text)
    return template
