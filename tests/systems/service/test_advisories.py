"""Advisories held against what is installed: versions in range, each hit one vulnerability, what cannot be read refused whole."""

import json
from importlib.metadata import version
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from tests.systems.service.conftest import Service
from yizheng.systems.service.acceptance.materials import bill_of_materials, source_digest, source_files
from yizheng.systems.service.models import Advisory, Matter
from yizheng.systems.service.security.advisories import AdvisoryError, concerns, hits, take_in


def advisory(name: str, fixed: str, code: str = "PYSEC-2026-1") -> dict[str, object]:
    events = [{"introduced": "0"}, *([{"fixed": fixed}] if fixed else [])]
    affected = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
    return {"id": code, "summary": "试验", "modified": "2026-11-01T00:00:00Z", "affected": [affected],
            "database_specific": {"severity": "CRITICAL"}}  # fmt: skip


@pytest.mark.parametrize(
    ("here", "concerned"), [("1.1", False), ("1.2", True), ("1.9.9", True), ("2.0rc1", True), ("2.0", False)]
)
def test_a_version_is_concerned_from_the_first_to_before_the_one_that_is_mended(here: str, concerned: bool) -> None:
    assert concerns([("1.2", "2.0")], here) == concerned


def test_a_version_that_cannot_be_read_is_looked_at() -> None:
    assert concerns([("1.2", "2.0")], "eins")


@pytest.mark.django_db
def test_a_hit_becomes_one_vulnerability_however_often_the_file_comes(service: Service) -> None:
    text = json.dumps([advisory("Django", ""), advisory("nothing-like-it", "", "PYSEC-2026-2")])
    assert take_in(text) == (2, 1)
    assert take_in(text) == (2, 0)
    hole = Matter.objects.get(kind="vulnerability")
    assert hole.content["object"] == f"django {version('django')}"
    assert (hole.content["severity"], (hole.due - timezone.localdate()).days if hole.due else 0) == ("严重", 3)
    assert Advisory.objects.count() == 2
    assert take_in(json.dumps(advisory("Django", "1.0"))) == (1, 0)
    assert hits() == [], "a later file says that it is mended"


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "[1, 2]", "<xml/>", '{"vulns": []}', '"text"'])
def test_what_is_no_file_of_advisories_is_refused(text: str) -> None:
    with pytest.raises(AdvisoryError):
        take_in(text)


@pytest.mark.django_db
def test_the_command_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("nichts")
    with pytest.raises(CommandError, match="不是 JSON"):
        call_command("service_advisories", str(tmp_path / "x.json"))


def test_the_bill_of_materials_names_each_package_and_the_source_has_one_digest() -> None:
    bill = json.loads(bill_of_materials(timezone.localdate()))
    assert {"django", "packaging"} <= {each["name"] for each in bill["components"]}
    listed = source_files()
    assert "systems/service/apps.py" in {name for name, _, _ in listed}
    assert len(source_digest(listed)) == 64
    assert source_digest(listed) != source_digest(listed[1:])
