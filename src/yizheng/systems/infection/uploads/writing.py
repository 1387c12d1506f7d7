"""A package as it is written: the format a hospital uploads, and in which it gets its data back. The same rows give the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yizheng.systems.infection.records.declaring import Record, Row

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Enclosed:
    """One file for a package."""

    name: str
    record: str
    unit: str
    rows: int
    content: bytes
    none: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(self.content).hexdigest()


def enclosed(number: int, record: Record, unit: str, rows: Sequence[Row], *, none: bool) -> Enclosed:
    """The rows of a sheet as a file, numbered within its package."""
    name = f"{number:02d}-{record.code}.csv"
    return Enclosed(name, record.code, unit, len(rows), csv_of(record, rows), none)


def csv_of(record: Record, rows: Sequence[Row]) -> bytes:
    """The rows as CSV: every field in its order, nothing for what was not typed."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    names = [each.name for each in record.fields]
    writer.writerow(names)
    writer.writerows([row.get(name) for name in names] for row in rows)
    return stream.getvalue().encode()


def packed(
    identifier: str, sequence: int | None, period: date, files: Sequence[Enclosed], *, recovery: int | None = None
) -> bytes:
    """A package of files. What is given back carries the number of its recovery instead of one of the sender's."""
    manifest = {
        "package": identifier,
        **({"sequence": sequence} if recovery is None else {"recovery": recovery}),
        "period": f"{period:%Y-%m}",
        "files": [
            {
                "name": each.name, "record": each.record, "unit": each.unit, "rows": each.rows, "sha256": each.digest,
                **({"none": True} if each.none else {}),
            }
            for each in files
        ],
    }  # fmt: skip
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        _write(archive, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        for each in files:
            _write(archive, each.name, each.content)
    return stream.getvalue()


def _write(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    """A member without the time it was written, so that the same content gives the same package."""
    archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
