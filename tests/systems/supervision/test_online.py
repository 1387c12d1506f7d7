"""What internet hospitals did comes in over the channel, is judged on its day by rule I17, and silent days are shown."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from tests.cast import Place, sign_in
from tests.matrix import AccessMatrix
from tests.slices.conftest import add_doctors
from tests.systems.doctors.people_of_pages import license_house
from tests.systems.supervision.test_clues import cut_all, number
from yizheng.exchange.channels import inbox
from yizheng.exchange.channels.declaring import channel_of
from yizheng.exchange.channels.outbox import canonical, hash_of
from yizheng.exchange.channels.protocol import Envelope
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.registry import ChangeKind, changing
from yizheng.systems.institutions.models import InternetService
from yizheng.systems.institutions.models.internet import LINE, MODE, OWN
from yizheng.systems.supervision.finding import judge
from yizheng.systems.supervision.models import Clue, OnlineRecord

DOCTOR, OTHER = "110110108000001", "110110108000002"


class TestWhoSeesTheReporting(AccessMatrix):
    url = "/supervision/online/"
    readers = ("inspector",)
    refused = frozenset({302, 403, 404, 405})


@pytest.fixture
def online(institution: Place, haidian: Scope) -> Place:
    """A hospital that serves over the internet."""
    license_house(institution, haidian)
    values = {
        "form": MODE, "platform": "清河云诊室", "address": "https://clinic.invalid", "doctors": OWN, "partner": "", "agreement_to": None,
        "protection_number": "1101081", "assessed_on": date(2026, 1, 5), "subjects": ["03"], "host_id": None,
    }  # fmt: skip
    with acting_as_system("test"), changing(kind=ChangeKind.DECISION, actor=None, cause="test") as change:
        change.state(
            InternetService,
            institution.subject.pk,
            LINE,
            values,
            valid_from=date(2026, 1, 10),
            authority_scope=haidian.pk,
        )
    return institution


def came(place: Place, kind: str, own: str, version: int = 1, **said: Any) -> str:
    """How the platform's message is answered."""
    message = Envelope(kind, "I", f"{number(place)}:{own}", version, hash_of(canonical(said)), said)
    with acting_as_system("test"):
        (answer,) = inbox.receive(channel_of("internet_services"), [message])
    return answer.code


def visited(place: Place, own: str, version: int = 1, **changed: Any) -> str:
    said = {"date": "2026-10-12", "practitioner": DOCTOR, "subject": "03", "first_visit": False, "age": 40}
    return came(place, "visit", own, version, **{**said, **changed})


def prescribed(place: Place, own: str, **changed: Any) -> str:
    said = {
        "date": "2026-10-12",
        "practitioner": DOCTOR,
        "subject": "03",
        "age": 40,
        "visit": "v1",
        "reviewer": "P1",
        "drug": "",
    }
    return came(place, "prescription", own, **{**said, **changed})


@pytest.mark.django_db
def test_a_record_is_taken_once_corrected_by_its_next_version_and_refused_where_it_says_nothing(online: Place) -> None:
    assert visited(online, "v1", age=5, guardian=True) == "accepted"
    assert visited(online, "v1", age=5, guardian=True) == "known"
    assert visited(online, "v1", version=2, age=6) == "accepted"
    with acting_as_system("test"):
        assert list(OnlineRecord.objects.all().values_list("number", "version", "age")) == [("v1", 2, 6)]
    assert visited(online, "v2", date="2026-13-40") == "date"
    assert visited(online, "v3", date=(timezone.localdate() + timedelta(days=1)).isoformat()) == "date"
    assert visited(online, "v4", age=131) == "age"
    assert visited(online, "v5", practitioner="") == "practitioner"
    assert prescribed(online, "p1", drug="aspirin") == "drug"
    assert prescribed(online, "p2", visit="v9") == "visit"
    assert came(online, "evaluation", "e1", date="2026-10-12", visit="v1", rating=6) == "rating"
    assert came(online, "evaluation", "e2", date="2026-10-12", visit="v1", rating=5) == "accepted"
    assert came(online, "adverse_day", "2026-10-13", date="2026-10-11", events=0) == "key"
    assert came(online, "adverse_day", "2026-10-12", date="2026-10-12", events=0) == "accepted"
    with acting_as_system("test"):
        (answer,) = inbox.receive(
            channel_of("internet_services"),
            [Envelope("visit", "I", "E404:1", 1, hash_of(canonical({"date": "2026-10-12"})), {"date": "2026-10-12"})],
        )
    assert answer.code == "institution"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("beyond", "within"),
    [
        ({"first_visit": True}, {"first_visit": False}),
        ({"age": 5}, {"age": 6}),
        ({"age": 5, "guardian": False}, {"age": 5, "guardian": True}),
    ],
)
def test_a_visit_beyond_bounds_becomes_a_clue_and_one_within_does_not(
    online: Place, haidian: Scope, inspector: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    beyond: dict[str, Any], within: dict[str, Any],
) -> None:  # fmt: skip
    monkeypatch.setattr(settings, "SLICES_DIR", tmp_path / "slices")
    add_doctors(online, haidian, 2)
    cut_all(date(2026, 10, 31))
    assert visited(online, "v1", **within) == "accepted"
    assert prescribed(online, "p1") == "accepted"
    judge()
    with acting_as(inspector):
        assert not Clue.objects.filter(rule="I17").exists()
    assert visited(online, "v2", **beyond) == "accepted"
    judge()
    with acting_as(inspector):
        assert Clue.objects.get(rule="I17").subject == str(online.subject.pk)


@pytest.mark.django_db
@pytest.mark.parametrize("fault", [{"reviewer": ""}, {"reviewer": DOCTOR}, {"drug": "narcotic"}])
def test_a_prescription_without_a_second_signer_or_with_a_controlled_drug_becomes_a_clue(
    online: Place, haidian: Scope, inspector: Account, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: dict[str, str]
) -> None:  # fmt: skip
    monkeypatch.setattr(settings, "SLICES_DIR", tmp_path / "slices")
    add_doctors(online, haidian, 2)
    cut_all(date(2026, 10, 31))
    visited(online, "v1")
    assert prescribed(online, "p1", **fault) == "accepted"
    judge()
    with acting_as(inspector):
        assert Clue.objects.filter(rule="I17").count() == 1


@pytest.mark.django_db
def test_days_without_a_word_about_adverse_events_are_counted(
    client: Client, online: Place, inspector: Account
) -> None:
    today = timezone.localdate()
    for back in (1, 2, 30, 31):
        day = (today - timedelta(days=back)).isoformat()
        assert came(online, "adverse_day", day, date=day, events=0) == "accepted"
    sign_in(client, inspector)
    page = client.get("/supervision/online/").content.decode()
    assert ">27<" in page, "thirty days, three of them told; the thirty-first back does not count"
