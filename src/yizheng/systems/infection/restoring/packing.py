"""What goes back: the versions that stood in the register at a moment, a package a month, sealed for the hospital alone."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.conf import settings
from django.utils import timezone

from yizheng.exchange.keys import opening_key, own_keys
from yizheng.exchange.sealing import Manifest, pack
from yizheng.systems.infection.models import AcceptedSheet, Recovery, Sheet, SheetVersion
from yizheng.systems.infection.models.senders import CODE
from yizheng.systems.infection.reporting.content import digest_of
from yizheng.systems.infection.uploads.writing import enclosed, packed

KIND = "infection.recovery"
_NAMES = UUID("5d3b0a3e-8d0f-4c57-9a53-6f6e0c9a1f15")


class NotIntact(Exception):
    """A version whose rows do not give the digest the register has; nothing of the kind is handed out."""


@dataclass(frozen=True, slots=True)
class Month:
    """What goes back of a month: a package in the format of an upload."""

    period: date
    sheets: int
    rows: int
    data: bytes

    @property
    def name(self) -> str:
        """The name of the package."""
        return f"{self.period:%Y-%m}.zip"

    def told(self) -> dict[str, str | int]:
        """What the log keeps of it."""
        digest = hashlib.sha256(self.data).hexdigest()
        return {"period": f"{self.period:%Y-%m}", "sheets": self.sheets, "rows": self.rows, "sha256": digest}


def months_of(recovery: Recovery) -> list[Month]:
    """Everything asked for, month by month. Raises NotIntact."""
    found: dict[date, list[tuple[Sheet, SheetVersion]]] = {}
    for sheet, version in _versions(recovery):
        found.setdefault(sheet.period, []).append((sheet, version))
    return [_month(recovery, period, found[period]) for period in sorted(found)]


def _versions(recovery: Recovery) -> Iterator[tuple[Sheet, SheetVersion]]:
    """Each sheet with the version the register knew at the moment, whatever was accepted since."""
    among = {"subject_id": recovery.subject_id, "record__in": recovery.records}
    facts = AcceptedSheet.objects.known(recovery.as_of).filter(
        **among, valid_from__gte=recovery.first, valid_from__lte=recovery.last
    )
    sheets = {
        each.line: each
        for each in Sheet.objects.filter(**among, period__gte=recovery.first, period__lte=recovery.last).select_related("unit")
    }  # fmt: skip
    versions = {
        (each.sheet_id, each.number): each for each in SheetVersion.objects.filter(sheet__in=list(sheets.values()))
    }
    for fact in facts.order_by("valid_from", "line"):
        sheet = sheets[fact.line]
        version = versions[sheet.pk, fact.version]
        if not fact.digest == version.digest == digest_of(sheet.record, version.rows, none=version.none):
            raise NotIntact(f"{sheet} 第 {version.number} 版的内容与登记簿里的摘要不符，不能给回，请报市级核验登记簿")
        yield sheet, version


def _month(recovery: Recovery, period: date, sheets: list[tuple[Sheet, SheetVersion]]) -> Month:
    files = [
        enclosed(number, sheet.kind, sheet.unit.code if sheet.unit else "", version.rows, none=version.none)
        for number, (sheet, version) in enumerate(sheets, 1)
    ]
    identifier = str(uuid5(_NAMES, f"{recovery.pk}:{period:%Y-%m}"))
    data = packed(identifier, None, period, files, recovery=recovery.pk)
    return Month(period, len(files), sum(each.rows for each in files), data)


def sealed(recovery: Recovery) -> bytes:
    """All months in one exchange package: signed by the platform, enciphered for the key of the request. Raises NotIntact."""
    manifest = Manifest(settings.EXCHANGE_CODE, f"{CODE}{recovery.subject_id}", recovery.pk, KIND, timezone.localtime())
    files = {each.name: (each.rows, each.data) for each in months_of(recovery)}
    return pack(manifest, files, signing_key=own_keys().signing, receiver_key=opening_key(recovery.key))
