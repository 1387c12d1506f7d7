"""The content of a sheet: its digest, what is known beside it, and what the rules say of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date

from django.utils import timezone

from yizheng.systems.infection.models import Sheet, SheetVersion, Unit
from yizheng.systems.infection.records.declaring import Row, month_after, month_before, whole
from yizheng.systems.infection.rules.declaring import Finding, Known, Reported, judged

RULE_SET = "2023"
"""The rules a sheet was weighed by (WS/T 312-2023); stored with every version."""
MONTHS_BACK = 12


def digest_of(record: str, rows: Sequence[Row], *, none: bool) -> str:
    """SHA-256 of the content, the same wherever it is computed; a cell left empty and one that is not there are alike."""
    filled = [{name: value for name, value in row.items() if value is not None} for row in rows]
    content = json.dumps([record, none, filled], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def findings_of(sheet: Sheet, today: date | None = None) -> list[Finding]:
    """What the rules find in the draft as it stands, today or on another day."""
    return judged(reported(sheet, today or timezone.localdate()))


def reported(sheet: Sheet, today: date) -> Reported:
    """The draft with what is known beside it."""
    return Reported(sheet.kind, sheet.period, sheet.rows, today, sheet.none, known_of(sheet))


def units_of(subject_id: int) -> dict[str, str]:
    """The units of a hospital by code, each with its kind."""
    return dict(Unit.objects.filter(subject_id=subject_id).values_list("code", "kind"))


def unit_names(subject_id: int) -> dict[str, str]:
    """The units of a hospital by code with their names."""
    return dict(Unit.objects.filter(subject_id=subject_id).values_list("code", "name"))


def known_of(sheet: Sheet) -> Known:
    """The month before, the other sheets of the month, and the totals of twelve months."""
    return Known(
        units_of(sheet.subject_id),
        _former(sheet),
        _beside(sheet),
        _around(sheet),
        _history(sheet) if sheet.record in _HISTORIES else {},
    )


def _former(sheet: Sheet) -> Mapping[str, int]:
    if sheet.record != "icu_log":
        return {}
    before = Sheet.objects.filter(
        subject_id=sheet.subject_id, unit=sheet.unit, record=sheet.record, period=month_before(sheet.period)
    ).first()
    last = whole(before.rows[-1].get("present")) if before and before.rows else None
    return {} if last is None else {"": last}


def _around(sheet: Sheet) -> list[Row]:
    if sheet.record != "case":
        return []
    months = (month_before(sheet.period), month_after(sheet.period))
    others = Sheet.objects.filter(subject_id=sheet.subject_id, record=sheet.record, period__in=months)
    return [row for rows in others.values_list("rows", flat=True) for row in rows]


_BESIDE = {
    "case": ("month", "operation"), "icu_severity": ("icu_log",), "month": ("icu_log",), "stay": ("month", "drugs"),
}  # fmt: skip
"""The sheets a record is weighed beside."""


def _beside(sheet: Sheet) -> dict[str, list[Row]]:
    wanted = _BESIDE.get(sheet.record)
    if wanted is None:
        return {}
    others = Sheet.objects.filter(subject_id=sheet.subject_id, period=sheet.period, record__in=wanted)
    if sheet.unit_id is not None:
        others = others.filter(unit=sheet.unit)
    found: dict[str, list[Row]] = {}
    if sheet.record == "case":
        found["operation_before"] = _operated_before(sheet)
    for other in others.select_related("unit"):
        if other.none or begun(other):
            unit = other.unit.code if other.unit else None
            found.setdefault(other.record, []).extend({**row, "unit": unit} for row in other.rows)
    return found


def _operated_before(sheet: Sheet) -> list[Row]:
    """The operations of the twelve months before, as long as the follow-up of an implant."""
    first = sheet.period.replace(year=sheet.period.year - 1)
    former = Sheet.objects.filter(subject_id=sheet.subject_id, record="operation", period__gte=first)
    return [row for rows in former.filter(period__lt=sheet.period).values_list("rows", flat=True) for row in rows]


def begun(sheet: Sheet) -> bool:
    """Whether anything was typed in the draft."""
    fixed = sheet.kind.fixed()
    return any(value is not None for row in sheet.rows for name, value in row.items() if name not in fixed)


_HISTORIES = {"month": "month.", "case": ""}
"""The records whose past is looked at, and what their items are called without."""


def _history(sheet: Sheet) -> Mapping[str, Sequence[int]]:
    past = SheetVersion.objects.filter(
        pk__in=Sheet.objects.filter(
            subject_id=sheet.subject_id, unit=sheet.unit, record=sheet.record, period__lt=sheet.period
        )
        .order_by("-period")
        .values("version")[:MONTHS_BACK]
    ).order_by("sheet__period")
    found: dict[str, list[int]] = {}
    for counts in past.values_list("counts", flat=True):
        for item, number in counts.items():
            found.setdefault(item.removeprefix(_HISTORIES[sheet.record]), []).append(number)
    return found
