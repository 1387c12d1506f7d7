"""FHIR R4 bundles: an Observation with an organism, and those it has as members with the drugs tested."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from yizheng.systems.infection.uploads.files import BadPackage
from yizheng.systems.infection.uploads.foreign.hl7 import ORGANISM
from yizheng.systems.infection.uploads.foreign.results import Isolate, Test
from yizheng.systems.infection.uploads.foreign.whonet import JUDGED

Resource = Mapping[str, Any]


def isolates(content: bytes) -> list[Isolate]:
    """The isolates of a bundle. Raises BadPackage."""
    try:
        bundle = json.loads(content)
        entries = bundle["entry"] if bundle["resourceType"] == "Bundle" else []
        among = {_name(each): each["resource"] for each in entries}
        observations = [each for each in among.values() if each["resourceType"] == "Observation"]
        found = [_isolate(each, among) for each in observations if _code(each.get("code")) in ORGANISM]
    except (ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise BadPackage("不是可以接收的 FHIR Bundle：应有 entry，其中 Observation 写明病原体（LOINC 634-6）") from None
    return found


def _name(entry: Resource) -> str:
    """What references call it."""
    resource = entry["resource"]
    return f"{resource['resourceType']}/{resource['id']}"


def _isolate(seen: Resource, among: Mapping[str, Resource]) -> Isolate:
    specimen, patient = (_referred(seen, name, among) for name in ("specimen", "subject"))
    encounter = _referred(seen, "encounter", among)
    place = (encounter.get("location") or [{}])[0].get("location", {}).get("identifier", {}).get("value", "")
    members = [among[each["reference"]] for each in seen.get("hasMember", []) if each["reference"] in among]
    sampled = str(specimen.get("collection", {}).get("collectedDateTime", "") or seen.get("effectiveDateTime", ""))
    return Isolate(
        _identifier(specimen), _identifier(patient), str(place), _code(specimen.get("type")), sampled[:10],
        _code(seen.get("valueCodeableConcept")), [_test(each) for each in members],
    )  # fmt: skip


def _referred(seen: Resource, name: str, among: Mapping[str, Resource]) -> Resource:
    return among.get(seen.get(name, {}).get("reference", ""), {})


def _test(seen: Resource) -> Test:
    quantity = seen.get("valueQuantity", {})
    value = f"{quantity.get('comparator', '')}{quantity['value']}" if "value" in quantity else ""
    judged = _code((seen.get("interpretation") or [{}])[0])
    return Test(_code(seen.get("code")), value, judged if judged in JUDGED else "")


def _identifier(resource: Resource) -> str:
    return str((resource.get("identifier") or [{}])[0].get("value", ""))


def _code(concept: Resource | None) -> str:
    return str(((concept or {}).get("coding") or [{}])[0].get("code", ""))
