"""个性化统计: the accepted lines of cases, intensive care, operations, exposures and newborns, to be asked like the registers.

A figure is by the sheets that stood accepted at the position of the slice; asked again of the same slice it is the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from yizheng.analysis import catalogue, derived
from yizheng.analysis.derived import LEDGER, DerivedTable
from yizheng.people.scope import acting_as_system
from yizheng.slices.columns import SliceColumn
from yizheng.systems.infection.lists import group, names
from yizheng.systems.infection.models import AcceptedSheet, SheetVersion, Unit
from yizheng.systems.infection.records.declaring import Field, Holds, Record, Row, day_of
from yizheng.systems.infection.records.kinds import CASES, EXPOSURES, ICU_LOG, NEWBORN_LOG, OPERATIONS
from yizheng.systems.infection.statistics.risk import index_of
from yizheng.systems.institutions.register import INSTITUTIONS

PATIENT = "inpatient_number"
KINDS = {"icu": "ICU", "newborn": "新生儿病房", "surgery": "外科", "ward": "病区", "dialysis": "透析室"}
UNIT_KIND = SliceColumn("unit_kind", "科室类别", "text", codes=KINDS)
RISK = SliceColumn("risk_index", "危险指数", "text", codes={str(each): f"{each} 级" for each in range(4)})
ORGANISMS = {
    "G+": "革兰阳性菌", "G+ anaerobe": "革兰阳性厌氧菌", "G- Enterobacterales": "肠杆菌目", "G- non-fermenter": "非发酵革兰阴性菌",
    "G-": "其他革兰阴性菌", "G- anaerobe": "革兰阴性厌氧菌", "acid-fast": "抗酸杆菌", "fungus": "真菌", "virus": "病毒",
    "spirochaete": "螺旋体",
}  # fmt: skip
GROUP = SliceColumn("pathogen_group", "病原体类别", "text", codes=ORGANISMS)
_TYPES = {Holds.COUNT: "integer", Holds.DAY: "day", Holds.FLAG: "flag"}


def _columns(record: Record) -> Iterator[SliceColumn]:
    """The coded, counted, dated and yes-or-no fields of a record; texts and who is meant are personal."""
    for field in record.fields:
        personal = field.name in (*record.personal, "born", "birth_weight") or field.holds in (Holds.TEXT, Holds.NUMBER)
        if field.holds is Holds.UNIT:
            continue
        codes = dict(names(field.list)) if field.list else None
        yield SliceColumn(field.name, field.label, _TYPES.get(field.holds, "text"), codes=codes, personal=personal)


def _value(field: Field, value: Any) -> Any:
    if value in (None, ""):
        return None
    if field.holds is Holds.DAY:
        return day_of(value)
    if field.holds is Holds.COUNT:
        return value if isinstance(value, int) else None
    return str(value) == "1" if field.holds is Holds.FLAG else str(value)


def _more(record: Record, row: Row, kinds: Mapping[str, str], kind: str) -> dict[str, Any]:
    """What is asked by and not typed: the kind of the unit, the risk index, the group of an organism."""
    if record is OPERATIONS:
        index = index_of(row)
        return {RISK.name: None if index is None else str(index)}
    if record is CASES:
        return {
            UNIT_KIND.name: kinds.get(str(row.get("ward"))),
            GROUP.name: group("pathogen", str(row.get("pathogen") or "")) or None,
        }
    return {UNIT_KIND.name: kind or None}


EXTRA: Mapping[str, tuple[SliceColumn, ...]] = {OPERATIONS.code: (RISK,), CASES.code: (UNIT_KIND, GROUP)}


def draw(record: Record, day: date, position: int) -> pl.DataFrame:
    """The lines of every sheet of a record that stood accepted at the position, of months begun by the day."""
    columns = (*LEDGER, *_columns(record), *EXTRA.get(record.code, (UNIT_KIND,)))
    fields = [each for each in record.fields if each.holds is not Holds.UNIT]
    found: dict[str, list[Any]] = {each.name: [] for each in columns}
    with acting_as_system("个性化统计"):
        facts = AcceptedSheet.objects.known(position).filter(record=record.code, valid_from__lte=day)
        standing = {(each.subject_id, each.line, each.digest): each for each in facts}
        kinds: dict[int, dict[str, str]] = {}
        for subject, code, kind in Unit.objects.values_list("subject_id", "code", "kind"):
            kinds.setdefault(subject, {})[code] = kind
        versions = SheetVersion.objects.filter(sheet__record=record.code).select_related("sheet__unit").order_by("pk")
        for version in versions.iterator():
            sheet = version.sheet
            fact = standing.pop((sheet.subject_id, sheet.line, version.digest), None)
            if fact is None:
                continue
            for row in version.rows:
                values = {each.name: _value(each, row.get(each.name)) for each in fields}
                ledger = (fact.subject_id, fact.line, fact.valid_from, fact.authority_scope)
                values |= dict(zip((each.name for each in LEDGER), ledger, strict=True))
                values |= _more(record, row, kinds.get(sheet.subject_id, {}), sheet.unit.kind if sheet.unit else "")
                for name, column in found.items():
                    column.append(values.get(name))
    return pl.DataFrame(found, schema={each.name: each.dtype for each in columns})


for _record, _counted, _distinct in (
    (CASES, "例次", (PATIENT, "例")), (ICU_LOG, "日", None), (OPERATIONS, "台", (PATIENT, "名患者")), (EXPOSURES, "起", None),
    (NEWBORN_LOG, "行", None),
):  # fmt: skip
    derived.declare(
        DerivedTable(
            f"infection_{_record.code}",
            f"感染监测：{_record.title}",
            INSTITUTIONS,
            _counted,
            (*_columns(_record), *EXTRA.get(_record.code, (UNIT_KIND,))),
            partial(draw, _record),
            _distinct,
        )
    )
catalogue.declare("infection", "医院感染", Path(__file__).parent / "data" / "questions.csv")
