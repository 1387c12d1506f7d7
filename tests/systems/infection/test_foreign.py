"""Results of laboratories: the same isolates from WHONET, from an HL7 v2 message and from a FHIR bundle."""

import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from yizheng.cli import hospital_agent
from yizheng.systems.infection.uploads.files import BadPackage
from yizheng.systems.infection.uploads.foreign import READERS
from yizheng.systems.infection.uploads.foreign.results import rows_of

WHONET = b"""PATIENT_ID\tWARD\tSPEC_NUM\tSPEC_DATE\tSPEC_TYPE\tORGANISM\tVAN_NM\tOXA_NM\tLNZ_ND30
ZY00001\tICU1\tB1\t09/10/2026\tbl\tsau\tS\tR\t
ZY00002\tICU1\tB2\t10/10/2026\tsp\tnew\t\t\t
"""
HL7 = "\r".join((
    "MSH|^~\\&|LIS|HOSPITAL|YIZHENG|CITY|202610100800||ORU^R01|1|P|2.5.1",
    "PID|1||ZY00001^^^HOSPITAL",
    "PV1|1|I|ICU1^12",
    "OBR|1||B1|600-7^Bacteria identified^LN|||202610091230||||||||bl",
    "OBX|1|CE|634-6^Bacteria identified^LN|1|sau^Staphylococcus aureus^WHONET||||||F",
    "OBX|2|ST|VAN^Vancomycin^WHONET|1||||S|||F",
    "OBX|3|ST|OXA^Oxacillin^WHONET|1||||R|||F",
)).encode()  # fmt: skip


def coded(code: str) -> dict[str, Any]:
    return {"coding": [{"code": code}]}


def bundle() -> bytes:
    identified = [{"value": "B1"}]
    drugs = [
        {"resourceType": "Observation", "id": drug, "code": coded(drug), "interpretation": [coded(sir)]}
        for drug, sir in (("VAN", "S"), ("OXA", "R"))
    ]
    resources = [
        {"resourceType": "Patient", "id": "p", "identifier": [{"value": "ZY00001"}]},
        {"resourceType": "Encounter", "id": "e", "location": [{"location": {"identifier": {"value": "ICU1"}}}]},
        {
            "resourceType": "Specimen", "id": "s", "identifier": identified, "type": coded("bl"),
            "collection": {"collectedDateTime": "2026-10-09T12:30:00+08:00"},
        },
        {
            "resourceType": "Observation", "id": "o", "code": coded("634-6"), "valueCodeableConcept": coded("sau"),
            "subject": {"reference": "Patient/p"}, "encounter": {"reference": "Encounter/e"},
            "specimen": {"reference": "Specimen/s"},
            "hasMember": [{"reference": "Observation/VAN"}, {"reference": "Observation/OXA"}],
        },
        *drugs,
    ]  # fmt: skip
    return json.dumps({"resourceType": "Bundle", "entry": [{"resource": each} for each in resources]}).encode()


FILES = {"whonet": WHONET, "hl7": HL7, "fhir": bundle()}


@pytest.mark.parametrize("kind", FILES)
def test_an_isolate_of_blood_with_two_drugs_tested_is_the_same_from_every_program(kind: str):
    rows = [row for row in rows_of(READERS[kind](FILES[kind])) if row["number"] == "B1"]
    assert [(row["drug"], row["sir"]) for row in rows] == [("J01XA01", "S"), ("J01CF04", "R")]
    about = {(row["inpatient_number"], row["ward"], row["specimen"], row["sampled"], row["pathogen"]) for row in rows}
    assert about == {("ZY00001", "ICU1", "BL", "2026-10-09", "BAC-GP-001")}


def test_what_was_not_tested_has_a_row_and_a_code_nobody_knows_stays_as_it_is():
    row = list(rows_of(READERS["whonet"](WHONET)))[-1]
    assert (row["number"], row["pathogen"], row["drug"], row["purpose"]) == ("B2", "new", None, "C")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("whonet", b"a,b\n1,2\n"),
        ("whonet", b"\xff"),
        ("hl7", b"PID|1"),
        ("hl7", b"\xff"),
        ("fhir", b"{}"),
        ("fhir", b"no"),
    ],
)
def test_what_is_no_file_of_its_kind_is_refused(kind: str, content: bytes):
    with pytest.raises(BadPackage):
        READERS[kind](content)


def test_the_agent_packs_what_a_laboratory_wrote(tmp_path: Path):
    message = tmp_path / "results.hl7"
    message.write_bytes(HL7)
    add = ["--folder", str(tmp_path), "add", "--month", "2026-10", f"isolate=hl7:{message}"]
    assert hospital_agent.main(add) == 0
    with ZipFile(tmp_path / "outbox" / "00000001.zip") as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert [(each["record"], each["rows"]) for each in manifest["files"]] == [("isolate", 2)]
