"""The columns of a slice, from the declaration of the fact: what each is called, holds, and may be shown to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from yizheng.registry.fields import AmountField, CodesField, Declared, SubjectField
from yizheng.registry.models import Fact
from yizheng.registry.reading import kinds
from yizheng.registry.registers import Register, registers
from yizheng.registry.wording.dictionary import columns as declared_columns

KEY = ("subject_id", "line", "valid_from", "id")
"""The order of the rows of a slice: no two are equal in it."""
ANY = "any"
PEOPLE = Register("people", "人员")
"""Stands for the kinds that belong to a person, whatever registers she stands in."""
_LEDGER = (
    ("id", "版本", "integer"), ("subject_id", "主体", "integer"), ("line", "登记项", "text"), ("valid_from", "生效日期", "day"),
    ("valid_to", "失效日期（不含当日）", "day"), ("opened", "写入的变更", "integer"), ("authority_scope", "主管辖区", "integer"),
)  # fmt: skip
_TYPES: Mapping[str, pl.DataType] = {
    "integer": pl.Int64(),
    "text": pl.String(),
    "day": pl.Date(),
    "flag": pl.Boolean(),
    "codes": pl.List(pl.String()),
}


@dataclass(frozen=True, slots=True)
class SliceColumn:
    """One column as the manifest has it."""

    name: str
    label: str
    type: str
    """integer, text, day, flag, codes, or amount with its decimals (``amount:2``)."""
    tables: tuple[str, ...] = ()
    codes: Mapping[str, str] | None = None
    unit: str = ""
    public: bool = False
    personal: bool = False
    required: bool = True
    of: str = ""
    """The register of the subject it names; ``any`` where it may be of any."""

    @property
    def dtype(self) -> pl.DataType:
        """The type of the column in Parquet."""
        if self.type.startswith("amount:"):
            return pl.Decimal(38, int(self.type.removeprefix("amount:")))
        return _TYPES[self.type]

    @property
    def is_text(self) -> bool:
        """Whether it holds plain text, codes among it."""
        return self.type == "text"


def columns_of(kind: type[Fact]) -> tuple[SliceColumn, ...]:
    """The columns of a kind: those of every version, then its own in the order of their declaration."""
    return (*(SliceColumn(*each) for each in _LEDGER), *map(_column, declared_columns(kind)))


def _column(field: Declared) -> SliceColumn:
    return SliceColumn(
        field.attname,
        field.label,
        _type(field),
        field.tables,
        dict(field.codes) or None,
        field.unit,
        field.public,
        field.personal,
        field.required,
        (field.of.code if field.of else ANY) if isinstance(field, SubjectField) else "",
    )


def _type(field: Declared) -> str:
    if isinstance(field, AmountField):
        return f"amount:{field.decimal_places}"
    if isinstance(field, CodesField):
        return "codes"
    if field.json_type.get("format") == "date":
        return "day"
    return {"integer": "integer", "boolean": "flag"}.get(str(field.json_type["type"]), "text")


def written(columns: Iterable[SliceColumn]) -> list[dict[str, Any]]:
    """The columns as a manifest keeps them."""
    return [asdict(each) for each in columns]


def read(kept: Iterable[Mapping[str, Any]]) -> tuple[SliceColumn, ...]:
    """The columns of a manifest."""
    return tuple(SliceColumn(**{**each, "tables": tuple(each["tables"])}) for each in kept)


def registers_to_slice() -> tuple[Register, ...]:
    """Every register, and the people who stand in several."""
    return (*registers(), PEOPLE)


def kinds_in(register: Register) -> tuple[type[Fact], ...]:
    """The kinds that the slice of a register holds: its own alone, so that every version lies in one slice."""
    own = register if register != PEOPLE else None
    return tuple(kind for kind in kinds() if kind.registers() and kind.register == own)


def register_of(code: str) -> Register:
    """The register a slice is of. Raises LookupError."""
    for each in registers_to_slice():
        if each.code == code:
            return each
    raise LookupError(f"{code} is no register")
