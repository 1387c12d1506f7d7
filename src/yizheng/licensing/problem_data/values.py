"""The values of a version as a correction keeps and compares them: plain JSON, and the words a person reads."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from yizheng.people.models import Scope
from yizheng.registry.fields import SubjectField
from yizheng.registry.models import Fact
from yizheng.registry.wording.words import Names, Words

Row = tuple[str, str, str]
"""A field, what stood before, what stands after."""


def plain(value: Any) -> Any:
    """A value of a column as JSON holds it; the column reads it back."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def altered(version: Fact, values: Mapping[str, Any]) -> Fact:
    """The version as it would be with other values; not saved."""
    made = type(version)(**{field.attname: getattr(version, field.attname) for field in version._meta.concrete_fields})  # noqa: SLF001
    for field in version.typed_fields():
        name = field.attname.removesuffix("_id") if isinstance(field, SubjectField) else field.name
        if name in values:
            setattr(made, field.attname, field.to_python(values[name]))
    return made


def words_of(versions: Iterable[Fact]) -> Words:
    """The words for these versions, with the names of the institutions they refer to."""
    referred = {
        getattr(each, field.attname)
        for each in versions
        for field in each.typed_fields()
        if isinstance(field, SubjectField)
    }
    names = Scope.objects.filter(subject_id__in=referred - {None}).values_list("subject_id", "name")
    return Words(Names(dict(names)))


def difference(before: Fact, after: Fact) -> list[Row]:
    """The fields that differ, in words."""
    words = words_of((before, after))
    return [
        (str(field.verbose_name), words.value(before, field.name), words.value(after, field.name))
        for field in before.typed_fields()
        if getattr(before, field.attname) != getattr(after, field.attname)
    ]
