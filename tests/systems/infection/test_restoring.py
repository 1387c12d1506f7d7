"""A hospital that lost its data gets it back byte for byte: three persons, a sealed package, and uploading it again changes nothing."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.utils import timezone

from tests.cast import sign_in
from tests.systems.infection.conftest import PERIOD, Ward, case, log
from yizheng.exchange.keys import own_keys
from yizheng.exchange.sealing import UnfitPackage
from yizheng.people.models import Account, Grant
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.systems.infection.agent.keys import keys_in, opened
from yizheng.systems.infection.models import Recovery, RecoveryEvent, Sender, Sheet, SheetVersion
from yizheng.systems.infection.records.kinds import RECORDS, TITLES
from yizheng.systems.infection.reporting.lifecycle import APPROVER
from yizheng.systems.infection.restoring import acting
from yizheng.systems.infection.restoring.packing import months_of
from yizheng.systems.infection.uploads.package import read
from yizheng.systems.infection.uploads.receiving import receive
from yizheng.systems.infection.uploads.writing import csv_of
from yizheng.work import approval
from yizheng.work.models import Approval

pytestmark = pytest.mark.django_db
COMMAS = case(2, pathogen="BAC-GP-001", mdro="MRSA", inpatient_number='住院,"2"')


@pytest.fixture
def known(ward: Ward, tmp_path: Path) -> Sender:
    """The hospital's system with its keys."""
    signing, opening = keys_in(tmp_path).public
    with acting_as_system("test"):
        return Sender.objects.create(
            subject_id=ward.hospital.subject_id or 0, institution_scope=ward.hospital.pk, name="院感系统", signing_key=signing,
            authority_scope=ward.sheet("case").authority_scope, opening_key=opening, account=ward.approver,
        )  # fmt: skip


def asked(ward: Ward, **more: object) -> Recovery:
    said = {
        "first": PERIOD,
        "last": PERIOD,
        "records": list(TITLES),
        "as_of": timezone.now(),
        "reason": "机房进水",
        "contact": "何清芷",
    }
    with acting_as(ward.nurse):
        return acting.ask(ward.hospital, ward.nurse, **{**said, **more})  # type: ignore[arg-type]


def step(ward: Ward, recovery: Recovery, code: str, account: Account, reason: str = "") -> None:
    with acting_as(account):
        acting.perform(Recovery.objects.get(pk=recovery.pk), code, account, reason)


def test_what_was_accepted_comes_back_byte_for_byte_and_again_is_no_effect(ward: Ward, known: Sender, tmp_path: Path):
    ward.accepted("icu_log", log())
    ward.accepted("case", [case(1), COMMAS])
    ward.accepted("exposure", [], none=True)
    recovery = asked(ward)
    step(ward, recovery, "agree", ward.approver)
    step(ward, recovery, "release", ward.city)
    with acting_as(ward.nurse):
        sealed = acting.hand_out(Recovery.objects.get(), ward.nurse)
        months = months_of(recovery)
    assert b"ZY00001" not in sealed
    found = opened(sealed, keys_in(tmp_path), own_keys().public[0])
    data = found[f"{PERIOD:%Y-%m}.zip"]
    assert [data] == [each.data for each in months]
    parcel = read(data)
    rows = {part.record.code: [row for _, row in part.rows] for part in parcel.parts}
    assert rows["case"] == [case(1), COMMAS]
    assert [part.record.code for part in parcel.parts if part.none] == ["exposure"]
    assert all(csv_of(RECORDS[code], each) in _unpacked(data) for code, each in rows.items())
    with acting_as_system("test"):
        before = list(Sheet.objects.order_by("pk").values()), SheetVersion.objects.count()
    with acting_as(ward.nurse):
        package = receive(ward.hospital, ward.nurse, data)
    assert {each["state"] for each in package.receipt} == {"无变化"}
    with acting_as_system("test"):
        assert (list(Sheet.objects.order_by("pk").values()), SheetVersion.objects.count()) == before
        kept = list(RecoveryEvent.objects.order_by("pk").values_list("act", flat=True))
    assert kept == ["申请", "同意", "批准给回", "取走", "重传核对"]
    with pytest.raises(UnfitPackage):
        opened(sealed, keys_in(tmp_path / "another"), own_keys().public[0])


def _unpacked(data: bytes) -> list[bytes]:
    with ZipFile(BytesIO(data)) as archive:
        return [archive.read(each) for each in archive.namelist()]


def test_what_stood_at_a_moment_comes_back_whatever_was_accepted_since(ward: Ward, known: Sender):
    ward.accepted("icu_log", log())
    then = timezone.now()
    ward.act(ward.sheet("icu_log"), "correct", reason="漏记一名患者")
    ward.accepted("icu_log", log(present=9))
    presents = []
    for moment in (then, timezone.now()):
        with acting_as(ward.nurse):
            months = months_of(asked(ward, as_of=moment))
        presents.append(read(months[0].data).parts[0].rows[0][1]["present"])
    assert presents == [8, 9]
    with pytest.raises(acting.NotGiven, match="没有市级入库"):
        asked(ward, as_of=then - timedelta(days=400))


def test_each_step_belongs_to_another_person(ward: Ward, known: Sender, institution_operator: Account):
    ward.accepted("icu_log", log())
    recovery = asked(ward)
    everybody = {
        "nurse": ward.nurse,
        "approver": ward.approver,
        "district": ward.district,
        "city": ward.city,
        "x": institution_operator,
    }
    for state, expected in (
        ("asked", {"decline": "approver", "agree": "approver"}),
        ("agreed", {"refuse": "city", "release": "city"}),
    ):
        recovery.state = state
        may = {each.code: name for name, account in everybody.items() for each in acting.steps_of(recovery, account)}
        assert may == expected
    recovery.state = "asked"
    Grant.objects.create(account=ward.nurse, role=APPROVER, scope=ward.hospital)
    assert acting.steps_of(recovery, ward.nurse) == []


def test_of_two_who_decide_at_once_one_is_told_and_a_refusal_wants_a_reason(ward: Ward, known: Sender):
    ward.accepted("icu_log", log())
    recovery = asked(ward)
    with acting_as(ward.approver):
        second = Recovery.objects.get()
    with pytest.raises(acting.NotGiven, match="理由"):
        step(ward, recovery, "decline", ward.approver)
    step(ward, recovery, "agree", ward.approver)
    with acting_as(ward.approver), pytest.raises(acting.NotGiven, match="他人"):
        acting.perform(second, "agree", ward.approver)


def test_rows_that_were_touched_are_not_handed_out(ward: Ward, known: Sender, monkeypatch: pytest.MonkeyPatch):
    ward.accepted("icu_log", log())
    recovery = asked(ward)
    monkeypatch.setattr("yizheng.systems.infection.restoring.packing.digest_of", lambda *_, **__: "0" * 64)
    with acting_as(ward.nurse), pytest.raises(acting.NotGiven, match="摘要不符"):
        acting.ask(ward.hospital, ward.nurse, PERIOD, PERIOD, ["icu_log"], recovery.as_of, "重装", "何清芷")


def test_the_pages_lead_from_the_keys_to_the_package(ward: Ward, tmp_path: Path, client, security_admin: Account):
    ward.accepted("icu_log", log())
    ask = {
        "first": f"{PERIOD:%Y-%m}",
        "last": f"{PERIOD:%Y-%m}",
        "records": ["icu_log"],
        "reason": "机房进水",
        "contact": "何清芷",
    }
    answer = sign_in(client, ward.nurse).post("/infection/recoveries/ask/", ask)
    assert "医院系统" in answer.content.decode()
    signing, opening = keys_in(tmp_path).public
    keys = {"name": "院感系统", "signing": signing, "opening": opening, "reason": "自动上传"}
    assert client.post("/infection/system/", keys).status_code == 422
    assert sign_in(client, ward.approver).post("/infection/system/", {**keys, "opening": signing}).status_code == 422
    assert client.post("/infection/system/", keys).status_code == 302
    approval.approve(Approval.objects.get().pk, security_admin)
    assert "院感系统" in client.get("/infection/system/").content.decode()
    answer = sign_in(client, ward.nurse).post("/infection/recoveries/ask/", ask)
    address = answer["Location"]
    assert client.post(f"{address}package/").status_code == 422
    sign_in(client, ward.approver).post(f"{address}act/", {"step": "agree"})
    sign_in(client, ward.city).post(f"{address}act/", {"step": "release"})
    assert client.post(f"{address}package/").status_code == 403
    found = sign_in(client, ward.nurse).post(f"{address}package/").content
    assert list(opened(found, keys_in(tmp_path), own_keys().public[0])) == [f"{PERIOD:%Y-%m}.zip"]
    assert "取走" in client.get(address).content.decode()
    assert client.post("/infection/recoveries/ask/", {**ask, "as_of": "2999-01-01T00:00"}).status_code == 422
    assert client.post("/infection/recoveries/ask/", {**ask, "last": "2024-01"}).status_code == 422
