"""Advisories of osv.dev from a file: taken in, held against what is installed, each hit a vulnerability of the ledger.

The file comes by hand from the client's network: the platform itself asks nobody outside.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import distributions
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

from yizheng.people import audit
from yizheng.systems.service.matters.acting import open_matter
from yizheng.systems.service.matters.kinds import VULNERABILITY
from yizheng.systems.service.models import Advisory, Matter

_SEVERITY = {"CRITICAL": "严重", "HIGH": "高", "MODERATE": "中", "MEDIUM": "中", "LOW": "低"}
UNKNOWN = "高"
"""How an advisory without a severity is graded: not lower than it may be."""
LONGEST_FILE = 200_000_000


class AdvisoryError(ValueError):
    """What is wrong with a file of advisories, in words for whoever brought it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An installed package an advisory concerns."""

    advisory: Advisory
    version: str

    @property
    def source(self) -> str:
        """What the ledger knows it by."""
        return f"{self.advisory.code}:{self.advisory.package}:{self.version}"[:120]


@transaction.atomic
def take_in(text: str) -> tuple[int, int]:
    """Read a file: one advisory, a list, or one a line. How many rows were kept, how many vulnerabilities were opened."""
    rows = [row for each in _read(text) for row in _rows(each)]
    if not rows:
        raise AdvisoryError("文件里没有 PyPI 软件包的通告，请核对是不是 osv.dev 的格式")
    Advisory.objects.bulk_create(
        {(each.code, each.package): each for each in rows}.values(),
        update_conflicts=True,
        unique_fields=["code", "package"],
        update_fields=["severity", "title", "ranges", "modified", "imported"],
    )
    opened = 0
    for hit in hits():
        if not Matter.objects.filter(kind=VULNERABILITY.code, source=hit.source).exists():
            _open(hit)
            opened += 1
    audit.record(None, "service.advisories", "advisories", {"rows": len(rows), "opened": opened})
    return len(rows), opened


def hits() -> list[Hit]:
    """The installed packages that advisories concern, by code."""
    installed = {str(canonicalize_name(each.metadata["Name"])): each.version for each in distributions()}
    known = Advisory.objects.filter(package__in=installed).order_by("code", "package")
    return [Hit(each, installed[each.package]) for each in known if concerns(each.ranges, installed[each.package])]


def concerns(ranges: Iterable[tuple[str, str]], version: str) -> bool:
    """Whether a version lies in one of the ranges: from the first concerned to before the first that is mended."""
    try:
        here = Version(version)
        return any(Version(first or "0") <= here and (not fixed or here < Version(fixed)) for first, fixed in ranges)
    except InvalidVersion:
        return True  # a version that cannot be read is looked at by a person


def imported() -> datetime | None:
    """When advisories were taken in last."""
    last = Advisory.objects.order_by("-imported").first()
    return last.imported if last else None


def _open(hit: Hit) -> None:
    content = {
        "object": f"{hit.advisory.package} {hit.version}",
        "reference": hit.advisory.code,
        "severity": hit.advisory.severity,
        "found_by": "依赖核对",
    }
    open_matter(VULNERABILITY, None, hit.advisory.title or hit.advisory.code, content, source=hit.source)


def _read(text: str) -> Iterator[Mapping[str, Any]]:
    if len(text) > LONGEST_FILE:
        raise AdvisoryError("文件太大，请只取 PyPI 一类的通告")
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        try:
            found = [json.loads(line) for line in text.splitlines() if line.strip()]
        except json.JSONDecodeError as wrong:
            raise AdvisoryError("读不了：文件不是 JSON，也不是一行一个 JSON") from wrong
    if isinstance(found, dict):
        found = found.get("vulns", [found])
    if not isinstance(found, list):
        raise AdvisoryError("文件里不是通告的列表")
    yield from (each for each in found if isinstance(each, dict))


def _rows(said: Mapping[str, Any]) -> Iterator[Advisory]:
    for affected in said.get("affected", []):
        package = affected.get("package", {})
        if package.get("ecosystem") != "PyPI" or not package.get("name") or said.get("withdrawn"):
            continue
        named = (affected.get("database_specific") or {}, said.get("database_specific") or {})
        severity = next((str(each["severity"]).upper() for each in named if each.get("severity")), "")
        yield Advisory(
            code=str(said.get("id", ""))[:40],
            package=canonicalize_name(package["name"])[:100],
            severity=_SEVERITY.get(severity, UNKNOWN),
            title=str(said.get("summary", ""))[:200],
            ranges=list(_ranges(affected)),
            modified=parse_datetime(str(said.get("modified", ""))) or timezone.now(),
            imported=timezone.now(),
        )


def _ranges(affected: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for each in affected.get("ranges", []):
        first: str | None = None
        for event in each.get("events", []) if each.get("type") == "ECOSYSTEM" else []:
            if "introduced" in event:
                first = str(event["introduced"])
            elif first is not None and "fixed" in event:
                yield first, str(event["fixed"])
                first = None
        if first is not None:
            yield first, ""
