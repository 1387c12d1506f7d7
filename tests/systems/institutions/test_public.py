"""A citizen on a phone asks whether the clinic next door is real."""

import hashlib
import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import sign_in
from tests.disclosure.conftest import house
from tests.systems.institutions.conftest import application, new_founding, registration
from tests.worlds import World
from yizheng.disclosure.district_map import tiles
from yizheng.disclosure.models import PublicInstitution
from yizheng.disclosure.open_data import make_today
from yizheng.disclosure.publishing import publish
from yizheng.documents.verifying.status_list import read
from yizheng.kernel.codes import table
from yizheng.kernel.names import fold_name
from yizheng.licensing.models import Problem
from yizheng.people.scope import acting_as_system

TODAY = timezone.localdate()
pytestmark = pytest.mark.django_db


def _published() -> PublicInstitution:
    founding, founder = new_founding()
    typed = registration(
        institution={"name": "北京清河门诊部", "category": "D110", "level": "9", "service_modes": ["1"]},
        site={"beds": "0"},
    )
    founding.walk(founding.draft(founder, "inst_register", typed))
    return PublicInstitution.objects.get()


PUBLISHED = World("published_clinic", _published)


@pytest.fixture
def published_clinic(db: None) -> PublicInstitution | None:
    return PUBLISHED.here


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ({}, True), ({"q": "清河"}, True), ({"q": "清河", "district": "110108", "subject": "04", "kind": "D"}, True),
        ({"state": "有效"}, True), ({"q": "协和"}, False), ({"district": "110105"}, False), ({"subject": "10"}, False),
        ({"kind": "A"}, False), ({"state": "吊销"}, False), ({"list": "deferred"}, False),
    ],
)  # fmt: skip
def test_it_is_found_by_name_district_subject_kind_and_state(client: Client, published_clinic, asked, there):
    page = client.get("/public/institutions/", asked).content.decode()
    assert ("北京清河门诊部" in page) is there


def test_it_is_found_by_its_number_and_told_as_the_licence_says(client: Client, published_clinic):
    assert "北京清河门诊部" in client.get("/public/institutions/", {"q": published_clinic.number}).content.decode()
    page = client.get(f"/public/institutions/{published_clinic.token}/").content.decode()
    for said in ("有效", "周远山", "吴清越", "外科（门诊）", "北京市海淀区清河路 9 号", "许可证有效期", "下次校验"):
        assert said in page


def test_what_is_only_prepared_is_not_public(founding, founder, client):
    founding.walk(founding.draft(founder, "inst_setup_approve", application()))
    assert not PublicInstitution.objects.exists()


def test_the_list_goes_on_behind_an_entry_and_the_districts_are_counted(client: Client, published_clinic, monkeypatch):
    monkeypatch.setattr("yizheng.disclosure.pages.institutions.SIZE", 1)
    twin = house(7_000_001, "北京清河门诊部东院")
    twin.name_key, twin.district_code = fold_name(twin.name), "110108"
    publish("institution", [twin])
    first = client.get("/public/institutions/", {"q": "清河"})
    second = client.get("/public/institutions/", {"q": "清河", "after": first.context["after"]})
    assert [each.name for page in (first, second) for each in page.context["entries"]] == [
        published_clinic.name,
        twin.name,
    ]
    assert (first.context["count"], second.context["after"]) == (2, "")
    assert {tile.name: tile.count for tile, _ in first.context["tiles"] if tile.count} == {"海淀": 2}
    assert "district=110108" in first.content.decode()


def test_every_district_has_a_tile_of_its_own():
    drawn = tiles({"110108": 8, "110101": 1})
    assert {each.code for each in drawn} == {each.code for each in table("district").items(TODAY)} - {"110000"}
    assert len({(each.row, each.column) for each in drawn}) == len(drawn)
    assert {each.code: each.shade for each in drawn if each.shade} == {"110108": 4, "110101": 1}


def test_an_objection_lies_on_the_desk_with_its_contact_covered(client: Client, published_clinic, district_desk):
    address = f"/public/institutions/{published_clinic.token}/"
    assert "提出异议" in client.get(address).content.decode()
    answer = client.post(f"{address}objection/", {"words": "不在登记的地址", "contact": "13900000002"})
    assert answer["Location"] == f"{address}?sent=1#objection"
    assert "5 个工作日内核实" in client.get(f"{address}?sent=1").content.decode()
    assert client.post(f"{address}objection/", {"words": " "})["Location"] == f"{address}#objection"
    with acting_as_system("test"):
        problem = Problem.objects.get()
    assert "13900000002" not in problem.sealed_contact
    sign_in(client, district_desk.reviewer)
    assert "不在登记的地址" in client.get("/problems/").content.decode()
    shown = client.post(f"/problems/{problem.pk}/contact/", {"reason": "核实"})
    assert shown.content.decode() == "13900000002"


def test_the_open_data_say_what_the_pages_say_and_are_signed(client: Client, published_clinic):
    assert "还没有生成" in client.get("/public/open-data/").content.decode()
    made = make_today()
    assert make_today() == made
    signed = read(client.get("/public/open-data/manifest.jws").content.decode())
    table_file = client.get("/public/open-data/institutions.csv").getvalue()
    lines = client.get("/public/open-data/institutions.jsonl").getvalue()
    digests = {each["name"]: each["sha256"] for each in signed["files"]}
    assert digests == {
        "institutions.csv": hashlib.sha256(table_file).hexdigest(),
        "institutions.jsonl": hashlib.sha256(lines).hexdigest(),
        "changes.jsonl": made.changes,
    }
    (row,) = map(json.loads, lines.decode().splitlines())
    assert (row["name"], row["number"], row["address"]) == (
        "北京清河门诊部", published_clinic.number, "北京市海淀区清河路 9 号",
    )  # fmt: skip
    assert signed["rows"] == 1
    assert "周远山" not in lines.decode()
    assert "登记机关" in client.get("/public/open-data/").content.decode()


def test_who_holds_yesterdays_data_reaches_todays_by_the_changes_alone(client: Client, published_clinic, monkeypatch):
    first = make_today()
    assert first.changed == 1, "at first everything is new"
    copied = _copy({}, client, first.day)
    PublicInstitution.objects.filter(subject=published_clinic.subject).update(state="暂停")
    PublicInstitution.objects.create(
        register="institutions", subject=published_clinic.subject + 100, name="=另一家", category="门诊部", district="海淀区",
        authority="海淀区", in_force=True, valid_from=TODAY, refreshed=timezone.now(),
    )  # fmt: skip
    monkeypatch.setattr("yizheng.disclosure.open_data.timezone.localdate", lambda: TODAY + timedelta(days=1))
    second = make_today()
    copied = _copy(copied, client, second.day)
    rows = client.get("/public/open-data/institutions.jsonl").getvalue().decode().splitlines()
    assert sorted(copied.values(), key=str) == sorted(map(json.loads, rows), key=str)
    assert {each["state"] for each in copied.values()} == {"暂停", ""}
    PublicInstitution.objects.exclude(subject=published_clinic.subject).delete()
    monkeypatch.setattr("yizheng.disclosure.open_data.timezone.localdate", lambda: TODAY + timedelta(days=2))
    third = make_today()
    assert len(_copy(copied, client, third.day)) == third.rows == 1
    signed = read(client.get(f"/public/open-data/changes/{second.day}.jws").content.decode())
    assert (signed["since"], signed["changes"]) == (first.day.isoformat(), 2)
    for day in ("2001-01-01", "x"):
        assert client.get(f"/public/open-data/changes/{day}.jsonl").status_code == 404


def _copy(held, client: Client, day):
    """What somebody holds who applies the changes of a day to what she held."""
    lines = client.get(f"/public/open-data/changes/{day}.jsonl").getvalue().decode().splitlines()
    for row in map(json.loads, lines):
        change, entry = row.pop("change"), row["id"]
        held = {key: each for key, each in held.items() if key != entry}
        if change != "removed":
            held[entry] = row
    return held
