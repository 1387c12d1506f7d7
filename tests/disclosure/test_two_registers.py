"""A nurse who is a doctor too has two entries, each found, shown and withdrawn by its own register."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from tests.cast import new_subject
from tests.disclosure.conftest import NUMBER, doctor, standing
from tests.disclosure.two_registers import NURSES, nurses
from yizheng.disclosure import announcements, lookup, sources
from yizheng.disclosure.announcements import Kind
from yizheng.disclosure.door import PublicDoor
from yizheng.disclosure.models import PublicPractitioner, PublicTally
from yizheng.disclosure.publishing import publish, recount, refresh
from yizheng.disclosure.records import PractitionerRecord
from yizheng.disclosure.standings import Standing
from yizheng.documents.models import Certificate
from yizheng.documents.verifying import verdicts
from yizheng.documents.verifying.verdicts import Answer, Verdict
from yizheng.people.models import Scope

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.disclosure.two_registers")]

NURSE_NUMBER = "201811012345"


def nurse(subject: int) -> PractitionerRecord:
    return replace(doctor(subject, "林知夏", NURSE_NUMBER, "北京云杉医院"), level="", category="", scopes=(), others=())


@pytest.fixture
def both(city: Scope, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """One person, registered as a doctor and as a nurse."""
    monkeypatch.setitem(sources._sources, "nurse", NURSES)
    subject = new_subject("person").pk
    nurses[subject] = nurse(subject)
    publish("doctor", [doctor(subject, "林知夏")])
    publish("nurse", [nurses[subject]])
    yield subject
    nurses.clear()


def test_she_has_two_entries_at_two_addresses(both: int) -> None:
    entries = PublicPractitioner.objects.filter(subject=both)
    assert {each.register: each.practice_number for each in entries} == {"doctor": NUMBER, "nurse": NURSE_NUMBER}
    assert len({each.token for each in entries}) == 2


def test_each_register_finds_its_own_entry_alone(both: int) -> None:
    assert [each.register for each in lookup.by_name("doctor", "林知夏", "安和").entries] == ["doctor"]
    assert lookup.by_name("nurse", "林知夏", "安和").entries == []
    assert [each.register for each in lookup.by_name("nurse", "林知夏", "云杉").entries] == ["nurse"]
    assert lookup.by_practice_number(sources.people_of("doctor"), NURSE_NUMBER).entries == []
    assert [each.register for each in lookup.by_practice_number(NURSES, NURSE_NUMBER).entries] == ["nurse"]


def test_withdrawing_one_leaves_the_other(both: int) -> None:
    del nurses[both]
    assert refresh("nurse", [both]) == 0
    assert [each.register for each in PublicPractitioner.objects.filter(subject=both)] == ["doctor"]


def test_making_one_anew_leaves_the_other_as_it_was(both: int) -> None:
    before = PublicPractitioner.objects.get(register="doctor", subject=both)
    nurses[both] = standing(nurses[both], Standing.SUSPENDED_BY_PENALTY)
    refresh("nurse", [both])
    after = PublicPractitioner.objects.get(register="doctor", subject=both)
    assert (after.standing, after.refreshed) == (before.standing, before.refreshed)
    assert PublicPractitioner.objects.get(register="nurse", subject=both).standing == "SUSP_PENAL"


def test_registers_of_people_are_counted_apart(both: int) -> None:
    recount()
    assert {each.register: each.in_force for each in PublicTally.objects.all()} == {"doctor": 1, "nurse": 1}


def test_only_the_list_of_a_register_names_who_entered_it(both: int) -> None:
    listed = announcements.page("nurse", Kind.REGISTERED, date(2016, 9, 1), None, date(2016, 9, 30))
    assert [line.entry.register for line in listed.lines] == ["nurse"]


def test_the_page_of_a_register_speaks_in_its_own_words(both: int, client: Client) -> None:
    home = client.get("/?of=nurses&by=number").content.decode()
    assert "护士执业证书编号" in home
    assert "医师资格证书编码" not in home
    found = client.post("/public/nurses/", {"number": NURSE_NUMBER}).content.decode()
    assert "查到 1 条" in found
    token = PublicPractitioner.objects.get(register="nurse", subject=both).token
    assert f"/public/nurses/{token}/" in found
    page = client.get(f"/public/nurses/{token}/").content.decode()
    assert "执业证书编号" in page
    assert "执业级别" not in page
    assert client.get(f"/public/doctors/{token}/").status_code == 404


def test_the_door_answers_for_every_register(both: int, client: Client) -> None:
    door = PublicDoor(lambda environ, start: [], lambda *line: None)
    found = {path: door._source({"PATH_INFO": path, "HTTP_HOST": "localhost"}) for path in ("/public/nurses/", "/")}
    assert found == {"/public/nurses/": NURSES, "/": None}


def test_a_certificate_leads_to_every_entry_of_its_holder(
    both: int, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = Certificate(
        kind="doctor_practice", issuer="北京市卫生健康委员会", issued_on=date(2026, 1, 5), version=1, subject_id=both
    )
    monkeypatch.setattr(verdicts, "check", lambda payload: Verdict(Answer.VALID, shown))
    page = client.get("/verify/anything").content.decode()
    for entry in PublicPractitioner.objects.filter(subject=both):
        assert f"{sources.people_of(entry.register).address}{entry.token}/" in page


def test_a_register_that_announces_nothing_has_no_lists_and_the_page_leads_to_its_search(
    both: int, client: Client
) -> None:
    assert client.get("/public/lists/?of=nurses").status_code == 404
    lists = client.get("/public/lists/").content.decode()
    assert "护士的注册决定逐人公开，不公布名单" in lists
    assert 'href="/?of=nurses"' in lists
