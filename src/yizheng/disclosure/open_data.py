"""开放数据: the public register of institutions as a file, made anew every day and signed, with its dictionary.

Beside it stands what changed since the day before, so that whoever holds a copy follows it without reading everything again.
Only what stands on the page of every institution, and of that no names of persons. The manifest names the files by their digest
and is signed by the key that signs certificates (compact JWS, RFC 7515), so that whoever uses a copy can check where it is from.
"""

import csv
import json
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from yizheng.disclosure.models import OpenDataDay, PublicInstitution
from yizheng.documents.attachments import store, store_file
from yizheng.documents.verifying.status_list import compact_jws
from yizheng.kernel.signs import neutralised

MEDIA_TYPE = "open-data-manifest+jws"
_CHUNK = 2000

CHANGES = {"added": "新增", "changed": "变更", "removed": "不再公示"}
"""What a line of the changes says happened to an entry."""
KEPT = 31
"""Days whose changes are offered."""
FIELDS: Final = (
    ("id", "条目标识", "固定不变；公示页地址为 /public/institutions/ 加条目标识"),
    ("number", "登记号", "登记号；备案的为备案编号"),
    ("name", "机构名称", "登记的第一名称"),
    ("state", "状态", "有效、已备案、暂停、已超期、已注销、吊销"),
    ("state_detail", "状态说明", "如（暂缓校验）、（停业）；没有的为空"),
    ("since", "状态自", "这一状态开始的日期，年-月-日"),
    ("category", "机构类别", "《卫生机构（组织）分类与代码》的名称"),
    ("category_code", "机构类别代码", "同上的代码"),
    ("district", "所在区", "区的名称"),
    ("district_code", "所在区代码", "GB/T 2260；经济技术开发区为 BDA"),
    ("authority", "登记机关", "登记或者备案的机关"),
    ("subjects", "诊疗科目", "各科目以分号分开，备注写在括号里"),
    ("address", "地址", "主要执业地点"),
    ("business_nature", "经营性质", "非营利性或者营利性"),
    ("beds", "床位", "核定床位，没有床位的为空"),
    ("term", "许可证有效期", "自…至…；备案的没有有效期"),
    ("verified", "最近校验", "日期和结论"),
    ("due", "下次校验", "应当办理校验的日期"),
)
"""The dictionary: the name in the files, the heading, what it holds."""
_NOTES = {
    "address": "地址",
    "business_nature": "经营性质",
    "beds": "床位",
    "term": "许可证有效期",
    "verified": "最近校验",
    "due": "下次校验",
}


def rows() -> Iterator[dict[str, str]]:
    """Every entry, by name."""
    for each in PublicInstitution.objects.order_by("name_key", "subject").iterator(_CHUNK):
        notes = {note.label: note.words for note in each.notes}
        own: dict[str, Any] = {
            "id": each.token,
            **{name: getattr(each, name) for name, _, _ in FIELDS if hasattr(each, name) and name != "subjects"},
            "since": each.valid_from.isoformat(),
            "subjects": "；".join(f"{one.label}（{one.words}）" if one.words else one.label for one in each.subjects),
            **{name: notes.get(label, "") for name, label in _NOTES.items()},
        }
        yield {name: str(own[name] or "") for name, _, _ in FIELDS}


def make_today() -> OpenDataDay:
    """The files of today; a second call of a day gives the first one's row."""
    today = timezone.localdate()
    kept = OpenDataDay.objects.filter(pk=today).first()
    if kept is not None:
        return kept
    with tempfile.TemporaryDirectory() as folder, transaction.atomic():
        table, lines, changes = (
            Path(folder) / f"{name}" for name in ("institutions.csv", "institutions.jsonl", "changes.jsonl")
        )
        count, before = _write(table, lines), newest()
        told = _write_changes(changes, before, lines)
        digests = {each.name: store_file(each) for each in (table, lines, changes)}
        manifest = {
            **_manifest(today, count, digests),
            "changes": told,
            "since": before.day.isoformat() if before else "",
        }
        made = OpenDataDay(
            day=today, rows=count, csv=digests[table.name], jsonl=digests[lines.name], changes=digests[changes.name],
            changed=told, manifest=compact_jws(MEDIA_TYPE, manifest),
        )  # fmt: skip
        OpenDataDay.objects.bulk_create([made], ignore_conflicts=True)
    return OpenDataDay.objects.get(pk=today)


def _write(table: Path, lines: Path) -> int:
    """Both files in one reading; the table opens in a spreadsheet and starts no formula."""
    count = 0
    with table.open("w", encoding="utf-8-sig", newline="") as sheet, lines.open("w", encoding="utf-8") as objects:
        writer = csv.writer(sheet)
        writer.writerow([title for _, title, _ in FIELDS])
        for row in rows():
            writer.writerow([neutralised(value) for value in row.values()])
            objects.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def _write_changes(to: Path, before: OpenDataDay | None, now: Path) -> int:
    """What is in today's lines otherwise than in those of the last day that was made, by entry; how many lines."""
    known = dict(_lines(store().path(before.jsonl))) if before else {}
    count = 0
    with to.open("w", encoding="utf-8") as told:
        for entry, row in _lines(now):
            was = known.pop(entry, None)
            if was != row:
                told.write(_change("added" if was is None else "changed", row))
                count += 1
        for row in known.values():
            told.write(_change("removed", row))
    return count + len(known)


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """Each line of a file of rows, by entry."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield str(json.loads(line)["id"]), line


def _change(kind: str, row: str) -> str:
    return json.dumps({"change": kind, **json.loads(row)}, ensure_ascii=False) + "\n"


def _manifest(day: date, count: int, digests: dict[str, str]) -> dict[str, Any]:
    return {
        "iss": settings.PUBLIC_BASE.rstrip("/"),
        "day": day.isoformat(),
        "signed_at": timezone.localtime().isoformat(timespec="seconds"),
        "rows": count,
        "files": [{"name": name, "sha256": digest} for name, digest in digests.items()],
        "kinds_of_change": CHANGES,
        "fields": [{"name": name, "title": title, "meaning": meaning} for name, title, meaning in FIELDS],
    }


def newest() -> OpenDataDay | None:
    """The newest day there is."""
    return OpenDataDay.objects.first()


def day_of(day: date) -> OpenDataDay | None:
    """What was made on a day, while it is offered."""
    return next((each for each in recent() if each.day == day), None)


def recent() -> list[OpenDataDay]:
    """The days whose changes are offered, the newest first."""
    return list(OpenDataDay.objects.all()[:KEPT])
