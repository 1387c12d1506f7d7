"""登记事实的结构: the columns of a kind as its fields declare them, for datasets, slices, interfaces and the data dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from yizheng.registry.fields import CodeField, CodesField, Declared, SubjectField
from yizheng.registry.models import EventFact, Fact

LEDGER: Mapping[str, Mapping[str, Any]] = {
    "subject": {"title": "主体", "type": "integer"},
    "line": {"title": "登记项", "type": "string"},
    "valid_from": {"title": "生效日期", "type": "string", "format": "date"},
    "valid_to": {"title": "失效日期（不含当日）", "type": ["string", "null"], "format": "date"},
    "opened": {"title": "写入的变更", "type": "integer"},
    "closed": {"title": "关闭的变更", "type": ["integer", "null"]},
    "authority_scope": {"title": "主管辖区", "type": "integer"},
}
"""What every version says besides its fields."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a kind: what it is called, what it holds, and who may see it."""

    name: str
    label: str
    type_word: str
    schema: Mapping[str, Any]
    size: int | None
    required: bool
    tables: tuple[str, ...]
    codes: Mapping[str, str]
    """The few codes declared beside the field itself."""
    of: str
    """The register of the subject it names; empty where it names none."""
    unit: str
    public: bool
    personal: bool
    printed: bool


class Undeclared(TypeError):
    """A field of a kind that says nothing of itself."""


def columns(kind: type[Fact]) -> tuple[Column, ...]:
    """The columns of a kind that say something, in their order. Raises Undeclared."""
    return tuple(_column(kind, field) for field in kind.typed_fields())


def json_schema(kind: type[Fact]) -> dict[str, Any]:
    """A version of the kind in JSON Schema; code tables, personal and public columns are told by extensions."""
    told = columns(kind)
    return {
        "title": kind.kind_title(),
        "type": "object",
        "x-kind": "event" if issubclass(kind, EventFact) else "state",
        "properties": {**LEDGER, **{each.name: _property(each) for each in told}},
        "required": [*LEDGER, *(each.name for each in told)],
        "additionalProperties": False,
    }


def _column(kind: type[Fact], field: Any) -> Column:
    if not isinstance(field, Declared):
        raise Undeclared(f"{kind.fact_table()}.{field.name}")
    plain: Any = field
    return Column(
        name=field.name,
        label=field.label,
        type_word=field.type_word,
        schema=field.json_type,
        size=getattr(plain, "base_field", plain).max_length,
        required=not (plain.null or plain.blank),
        tables=field.tables(),
        codes=field.inline() if isinstance(field, CodeField | CodesField) else {},
        of=field.of.title if isinstance(field, SubjectField) and field.of else "",
        unit=field.unit,
        public=field.public,
        personal=field.personal,
        printed=field.printed,
    )


def _property(column: Column) -> dict[str, Any]:
    made: dict[str, Any] = {"title": column.label, **column.schema}
    if (not column.required and made["type"] in ("integer", "number", "boolean")) or "format" in made:
        made["type"] = made["type"] if column.required else [made["type"], "null"]
    if column.size and made["type"] == "string":
        made["maxLength"] = column.size
    if column.codes:
        made["enum"] = [*column.codes] if column.required else ["", *column.codes]
    extensions = {
        "x-code-tables": [*column.tables],
        "x-unit": column.unit,
        "x-public": column.public,
        "x-personal": column.personal,
        "x-printed": column.printed,
    }
    return {**made, **{name: value for name, value in extensions.items() if value}}
