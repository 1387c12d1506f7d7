"""Receiving a package: codes are mapped, rows go into the drafts of the month, the receipt names every line that needs a hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from yizheng.people import audit
from yizheng.people.models import Account, Scope
from yizheng.systems.infection.models import CodeMap, Package, Plan, Recovery, RecoveryState, Sheet
from yizheng.systems.infection.records.declaring import Field, Record, Row
from yizheng.systems.infection.reporting.content import digest_of, findings_of, unit_names
from yizheng.systems.infection.reporting.lifecycle import EDITABLE
from yizheng.systems.infection.reporting.plans import EARLIEST, district_of, open_month, planned
from yizheng.systems.infection.restoring.acting import came_back
from yizheng.systems.infection.uploads.files import BadPackage
from yizheng.systems.infection.uploads.package import Parcel, Part, read


@dataclass(frozen=True, slots=True)
class Maps:
    """Our code by the list and the hospital's own code; the units it registered by code with their names."""

    ours: Mapping[tuple[str, str], str]
    units: Mapping[str, str]


TAKEN, WARNED, WRONG, HELD, REFUSED, EQUAL = "接收", "提示", "须改", "待对照", "没有接收", "无变化"


def receive(hospital: Scope, account: Account | None, data: bytes) -> Package:
    """Take a package in, from a person or, without one, from the hospital's own system. Raises BadPackage.

    The same again gives the receipt it had; another content under its number is refused.
    """
    parcel = read(data)
    if not EARLIEST <= parcel.period <= timezone.localdate():
        raise BadPackage(f"清单的月份 {parcel.period:%Y-%m} 还没有到，或者太早")
    known = Package.objects.filter(subject_id=hospital.subject_id or 0, identifier=parcel.identifier).first()
    if known is not None:
        if known.digest != parcel.digest:
            raise BadPackage("DQ32：同一个数据包号已上传过，内容不同；改过的内容请用新的数据包号")
        return known
    try:
        with transaction.atomic():
            package = Package.objects.create(
                subject_id=hospital.subject_id or 0, authority_scope=district_of(hospital), identifier=parcel.identifier,
                sequence=parcel.sequence, recovery=_recovery(hospital, parcel), period=parcel.period, digest=parcel.digest,
                account=account, content=[_kept(each) for each in parcel.parts],
            )  # fmt: skip
            _enter(package, hospital, parcel)
            audit.record(account, "infection.package", f"infection_package:{package.pk}")
    except IntegrityError:
        raise BadPackage(f"序号 {parcel.sequence} 已用过，请按次序编号") from None
    return package


def _recovery(hospital: Scope, parcel: Parcel) -> Recovery | None:
    """The recovery whose package comes back. Raises BadPackage where it is none of this hospital's."""
    if parcel.recovery is None:
        return None
    given = Recovery.objects.filter(subject_id=hospital.subject_id or 0, state=RecoveryState.RELEASED)
    found = given.filter(pk=parcel.recovery).first()
    if found is None:
        raise BadPackage(f"没有给回本院的恢复 {parcel.recovery}；上传新的数据请写 sequence")
    return found


def last_sequence(subject_id: int) -> int:
    """The highest number a hospital's packages had; 0 before the first."""
    sent = Package.objects.filter(subject_id=subject_id, sequence__isnull=False).order_by("-sequence")
    return sent.values_list("sequence", flat=True).first() or 0


def _kept(part: Part) -> dict[str, Any]:
    return {"name": part.name, "record": part.record.code, "unit": part.unit, "rows": len(part.rows), "none": part.none}


def maps_of(subject_id: int) -> Maps:
    """The code map of a hospital as it stands."""
    rows = CodeMap.objects.filter(subject_id=subject_id).order_by("id")
    ours = {(name, theirs): ours for name, theirs, ours in rows.values_list("list", "theirs", "ours")}
    return Maps(ours, unit_names(subject_id))


def _enter(package: Package, hospital: Scope, parcel: Parcel) -> None:
    maps = maps_of(package.subject_id)
    plans = planned(Plan.objects.filter(subject_id=package.subject_id), parcel.period).select_related("unit")
    sheets = {
        (each.record, each.unit.code if each.unit else ""): each for each in open_month(hospital, plans, parcel.period)
    }
    receipt: list[dict[str, Any]] = []
    for part in parcel.parts:
        sheet = sheets.get((part.record.code, part.unit))
        if sheet is None:
            receipt.append(_line(part, None, REFUSED, "监测计划没有这张报表，请核对报表种类和科室代码"))
            continue
        read = translated(part, maps)
        if said := _equal(sheet, part, read):
            receipt.append(_line(part, None, EQUAL, said))
        elif sheet.state not in EDITABLE:
            receipt.append(_line(part, None, REFUSED, f"报表现在是“{sheet.get_state_display()}”，不能覆盖"))
        else:
            receipt += _into(sheet, part, read)
    former = Package.objects.filter(subject_id=package.subject_id, pk__lt=package.pk, sequence__isnull=False)
    last = former.order_by("-sequence").values_list("sequence", flat=True).first()
    if last is not None and parcel.sequence is not None and parcel.sequence != last + 1:
        words = f"序号 {parcel.sequence} 与上一包 {last} 不连续，请核对有没有漏传"
        receipt.insert(0, {"file": "", "line": None, "state": WARNED, "rule": "", "words": words})
    package.receipt = receipt
    package.save(update_fields=["receipt"])
    came_back(package, sum(each["state"] == EQUAL for each in receipt), len(parcel.parts))


def _line(part: Part, line: int | None, state: str, words: str, rule: str = "") -> dict[str, Any]:
    return {"file": part.name, "line": line, "state": state, "rule": rule, "words": words}


@dataclass(frozen=True, slots=True)
class Translated:
    """The rows of a file in our codes with their lines, and what the receipt says of those whose code nobody knows yet."""

    rows: list[Row]
    lines: list[int]
    held: list[dict[str, Any]]


def translated(part: Part, maps: Maps) -> Translated:
    """Put the hospital's codes into ours, a column at a time: most columns have nothing to translate."""
    rows = [row for _, row in part.rows]
    waiting: dict[int, tuple[Field, str]] = {}
    for field in part.record.fields:
        if not field.mapped:
            continue
        allowed = field.choices or maps.units
        theirs = {value for row in rows if (value := row[field.name]) is not None and str(value) not in allowed}
        ours = {value: maps.ours.get((field.mapped, str(value))) for value in theirs}
        for number, row in enumerate(rows if theirs else ()):
            value = row[field.name]
            if value in ours and (mapped := ours[value]) is None:
                waiting.setdefault(number, (field, str(value)))
            elif value in ours:
                rows[number] = {**row, field.name: mapped}
    lines = [line for line, _ in part.rows]
    held = [_waits(part, lines[number], *waiting[number]) for number in sorted(waiting)]
    taken = [number for number in range(len(rows)) if number not in waiting] if waiting else range(len(rows))
    return Translated([rows[number] for number in taken], [lines[number] for number in taken], held)


def _waits(part: Part, line: int, field: Field, code: str) -> dict[str, Any]:
    words = f"{field.label}“{code}”没有对照；在“代码对照”里对上以后重新上传这个月"
    return {**_line(part, line, HELD, words), "list": field.mapped, "code": code}


def _equal(sheet: Sheet, part: Part, read: Translated) -> str:
    """Where the sheet holds exactly what came, words that say so: nothing is to be done then, whatever its state."""
    typing = sheet.state in EDITABLE
    held = sheet.rows if typing else sheet.version.rows if sheet.version else []
    if read.held or len(held) != len(read.rows) or not (held or part.none):
        return ""
    none = sheet.none if typing else bool(sheet.version and sheet.version.none)
    same = digest_of(sheet.record, read.rows, none=part.none and not read.rows)
    if same != digest_of(sheet.record, held, none=none):
        return ""
    number = sheet.version.number if sheet.version else 0
    return f"与{'草稿' if typing else f'平台第 {number} 版'}一致，{len(held)} 行"


def _into(sheet: Sheet, part: Part, read: Translated) -> list[dict[str, Any]]:
    """The rows of a file into the draft of its sheet; what the receipt says of them."""
    said, lines = list(read.held), read.lines
    places = _placed(sheet, part.record, read.rows)
    for line, place in zip(lines, places, strict=True):
        if place is None:
            said.append(_line(part, line, REFUSED, "这一行不是本月报表里的一天，或者同一天已有一行；没有接收"))
    Sheet.objects.filter(pk=sheet.pk).update(
        rows=sheet.rows, none=part.none and not sheet.rows, revision=sheet.revision + 1, window="", saved=timezone.now()
    )
    by_place = {place: line for place, line in zip(places, lines, strict=True) if place is not None}
    for each in findings_of(sheet, timezone.localdate()):
        where = by_place.get(each.row) if each.row is not None else None
        said.append(_line(part, where, WRONG if each.is_error else WARNED, each.words, each.rule))
    wrong = {each["line"] for each in said if each["line"] is not None}
    entered = len(places) - places.count(None)
    said.append(_line(part, None, TAKEN, f"{entered} 行进入草稿，其中 {len(set(lines) - wrong)} 行没有问题"))
    return said


def _placed(sheet: Sheet, record: Record, rows: list[Row]) -> list[int | None]:
    """Put the rows where they belong; the place of each, nothing for one that belongs nowhere or where another stands already.

    Events take the place of the whole draft, a log is filled in by its days.
    """
    fixed = sorted(record.fixed())
    if not fixed:
        sheet.rows = rows
        return list(range(len(rows)))
    where = {tuple(row.get(name) for name in fixed): place for place, row in enumerate(sheet.rows)}
    places = []
    for row in rows:
        place = where.pop(tuple(row.get(name) for name in fixed), None)
        if place is not None:
            sheet.rows[place] = row
        places.append(place)
    return places
