"""A package as it is read: a zip of a manifest and files, each named with its hash and its number of rows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from yizheng.kernel.archives import ArchiveFault, BadArchive, Limits, open_archive
from yizheng.kernel.calculators import BadInput, day
from yizheng.systems.infection.records.declaring import Record, Row
from yizheng.systems.infection.records.kinds import RECORDS
from yizheng.systems.infection.uploads.files import BadPackage, rows_of

LARGEST = 20 * 1024 * 1024
_LIMITS = Limits(members=100, unpacked=60 * 1024 * 1024)
MOST_ROWS = 60_000
"""Rows of a package in all."""
MANIFEST = "manifest.json"
LONGEST_CODE = 20
_IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a package: a sheet of a record and unit, its rows each with the line it stands on."""

    name: str
    record: Record
    unit: str
    rows: tuple[tuple[int, Row], ...]
    none: bool


@dataclass(frozen=True, slots=True)
class Parcel:
    """A whole package; what comes back after a recovery has its number instead of one of the sender's."""

    identifier: str
    sequence: int | None
    recovery: int | None
    period: date
    digest: str
    parts: tuple[Part, ...]


def read(data: bytes) -> Parcel:
    """Read a package and hold it to its manifest. Raises BadPackage."""
    if len(data) > LARGEST:
        raise BadPackage("数据包大于 20 MB，请按月份或者科室分开")
    try:
        with open_archive(data, _LIMITS) as archive:
            files = {name: archive.read(name) for name in archive.members}
        manifest = json.loads(files[MANIFEST])
        return _parcel(manifest, files, hashlib.sha256(data).hexdigest())
    except (BadArchive, KeyError, TypeError, ValueError, AttributeError, RecursionError) as wrong:
        if isinstance(wrong, BadPackage):
            raise
        if isinstance(wrong, BadArchive) and wrong.fault is ArchiveFault.BOMB:
            raise BadPackage("数据包展开后过大，请按月份或者科室分开") from wrong
        raise BadPackage(
            "不是数据包：应当是含 manifest.json 的 zip 文件，清单有 package、sequence、period、files 四项"
        ) from wrong


def _parcel(manifest: Mapping[str, Any], files: Mapping[str, bytes], digest: str) -> Parcel:
    identifier, recovery = str(manifest["package"]).lower(), manifest.get("recovery")
    sequence = manifest["sequence"] if recovery is None else None
    number = sequence if recovery is None else recovery
    if not _IDENTIFIER.fullmatch(identifier) or type(number) is not int or not 0 < number < 2**31:
        raise BadPackage("清单的 package 应为 UUID，sequence 应为正整数")
    try:
        period = day("period", f"{manifest['period']}-01", 0)
    except BadInput:
        raise BadPackage(f"清单的 period “{manifest['period']}”不是 2026-01 的样子") from None
    parts: list[Part] = []
    for each in manifest["files"]:
        parts.append(_part(each, files))
        if sum(len(part.rows) for part in parts) > MOST_ROWS:
            raise BadPackage(f"数据包多于 {MOST_ROWS} 行，请按科室分开")
    sheets = [(part.record.code, part.unit) for part in parts]
    if len(set(sheets)) < len(sheets):
        raise BadPackage("同一张报表在包里有两个文件，请合成一个")
    return Parcel(identifier, sequence, recovery, period, digest, tuple(parts))


def _part(said: Mapping[str, Any], files: Mapping[str, bytes]) -> Part:
    name, unit = str(said["name"]), str(said.get("unit", ""))
    if not (name + unit).isprintable() or len(unit) > LONGEST_CODE:
        raise BadPackage("清单里的文件名或者科室代码有不能保存的字符")
    if name not in files:
        raise BadPackage(f"清单列有 {name}，包里没有")
    if hashlib.sha256(files[name]).hexdigest() != str(said["sha256"]).lower():
        raise BadPackage(f"{name} 的 SHA-256 与清单不一致")
    record = RECORDS.get(str(said["record"]))
    if record is None:
        raise BadPackage(f"{name} 的报表种类“{said['record']}”不认识，可用：{'、'.join(RECORDS)}")
    rows = tuple(rows_of(record, name, files[name]))
    if len(rows) != said["rows"]:
        raise BadPackage(f"{name} 有 {len(rows)} 行，清单写 {said['rows']} 行")
    return Part(name, record, unit, rows, said.get("none") is True)
