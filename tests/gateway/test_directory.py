"""The public registers read as FHIR R4 by a registered partner: with a token, in pages, and since an instant."""

import secrets
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from yizheng.disclosure.models import PublicInstitution, PublicPractitioner
from yizheng.exchange.channels.signing import OwnKey, signed_headers
from yizheng.exchange.models import Partner
from yizheng.exchange.simulating.partners import PARTNERS, key_of, register
from yizheng.gateway.fhir.resources import KINDS
from yizheng.people.models import AuditEntry, Scope

pytestmark = pytest.mark.django_db
NOW = timezone.now()
PARTNER = "city-certificates"


@pytest.fixture
def directory(city: Scope) -> None:
    """Three institutions, refreshed an hour apart, and a doctor of the first."""
    register(PARTNERS[PARTNER], city.pk)
    for number in range(3):
        PublicInstitution.objects.create(
            register="institution", subject=9001 + number, name=f"北京澄怀第{number}医院", category="综合医院", district="海淀区",
            authority="北京市海淀区卫生健康委员会", in_force=True, valid_from=date(2020, 1, 1), number=f"E9999001{number}",
            category_code="A100", subject_codes=["03"], stored_notes=[["地址", "北京市海淀区澄怀路 8 号"]],
            stored_subjects=[["内科", ""]], refreshed=NOW - timedelta(hours=3 - number),
        )  # fmt: skip
    PublicPractitioner.objects.create(
        register="doctor", subject=9101, name="林知夏", name_key="林知夏", institution_keys="", practice_number="110110108004217",
        standing="REG", sex="女", level="执业医师", category="临床", place="北京市海淀区", authority="北京市海淀区卫生健康委员会",
        first_registered=date(2021, 3, 1), stored_scopes=[["内科专业", None]],
        stored_periods=[["REG", "2021-03-01", "9999-12-31", "北京澄怀第0医院", ["内科专业"]]],
        stored_main=[9001, "北京澄怀第0医院", "2021-03-01", "9999-12-31"], refreshed=NOW,
    )  # fmt: skip


def token(client: Client, signed_by: str = PARTNER) -> tuple[int, dict[str, Any]]:
    headers = signed_headers(
        OwnKey(key_of(signed_by)),
        PARTNER,
        settings.EXCHANGE_CODE,
        "/fhir/token",
        b"{}",
        at=timezone.now(),
        nonce=secrets.token_hex(4),
    )
    answer = client.post("/fhir/token", b"{}", content_type="application/json", headers=headers)
    return answer.status_code, answer.json()


@pytest.fixture
def read(client: Client, directory: None) -> Any:
    given = token(client)[1]["access_token"]

    def reader(path: str, **asked: str) -> tuple[int, dict[str, Any]]:
        answer = client.get(f"/fhir/{path}", asked, headers={"Authorization": f"Bearer {given}"})
        assert answer["Content-Type"] == "application/fhir+json"
        return answer.status_code, answer.json()

    return reader


def test_every_kind_of_resource_refers_to_what_can_be_read(read: Any) -> None:
    (person,), (role,) = (_resources(read(name)[1]) for name in ("Practitioner", "PractitionerRole"))
    assert (person["name"][0]["text"], person["gender"], person["active"]) == ("林知夏", "female", True)
    assert person["identifier"][0]["value"] == "110 110108 ***217", "as the public sees it"
    for reference in (role["practitioner"]["reference"], role["organization"]["reference"]):
        status, found = read(reference)
        assert (status, f"{found['resourceType']}/{found['id']}") == (200, reference)
    place = _resources(read("Location")[1])[0]
    assert place["address"]["text"] == "北京市海淀区澄怀路 8 号"
    service = _resources(read("HealthcareService", _id=place["id"].replace("-place", "-service"))[1])[0]
    assert service["specialty"][0]["coding"][0]["code"] == "03"
    assert read("Organization/unheard-of")[0] == 404
    assert AuditEntry.objects.filter(verb="exchange.directory", detail__partner=PARTNER).exists()


def _resources(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [each["resource"] for each in bundle.get("entry", [])]


def test_pages_lead_through_everything_once_and_an_instant_gives_what_changed_since(read: Any) -> None:
    seen, asked = [], {"_count": "2"}
    while True:
        bundle = read("Organization", **asked)[1]
        seen += [each["name"] for each in _resources(bundle)]
        following = [link["url"] for link in bundle["link"] if link["relation"] == "next"]
        if not following:
            break
        asked = dict(parse_qsl(urlsplit(following[0]).query))
    assert seen == [f"北京澄怀第{number}医院" for number in range(3)]
    since = (NOW - timedelta(hours=1, minutes=30)).isoformat()
    changed = read("Organization/_history", _since=since)[1]
    assert (changed["type"], len(changed["entry"])) == ("history", 1)
    assert changed["entry"][0]["request"]["method"] == "PUT"
    assert len(_resources(read("Organization", _lastUpdated=f"lt{since}")[1])) == 2
    assert len(_resources(read("Organization", name="北京澄怀第1")[1])) == 1
    assert len(_resources(read("Organization", identifier="x|E99990012")[1])) == 1


@pytest.mark.parametrize(
    "asked",
    [{"_count": "0"}, {"_count": "201"}, {"_count": "x"}, {"_since": "gestern"}, {"_since": "2026-11-01"}, {"_lastUpdated": "2026"},
     {"_page": "x"}, {"unheard": "x"}],
)  # fmt: skip
def test_a_search_that_cannot_be_read_is_said(read: Any, asked: dict[str, str]) -> None:
    status, outcome = read("Organization", **asked)
    assert (status, outcome["resourceType"]) == (400, "OperationOutcome")


def test_without_a_token_in_force_nothing_is_read_but_what_the_interface_can_do(
    client: Client, directory: None
) -> None:
    statement = client.get("/fhir/metadata").json()
    assert {each["type"] for each in statement["rest"][0]["resource"]} == set(KINDS)
    assert client.get("/fhir/Organization").status_code == 401
    assert client.get("/fhir/Organization", headers={"Authorization": "Bearer x"}).status_code == 401
    assert token(client, "city-credit")[0] == 401, "signed with another key"
    status, given = token(client)
    bearer = {"Authorization": f"Bearer {given['access_token']}"}
    assert (status, client.get("/fhir/Organization", headers=bearer).status_code) == (200, 200)
    assert client.get("/fhir/Patient", headers=bearer).status_code == 404
    Partner.objects.filter(code=PARTNER).update(active=False)
    assert client.get("/fhir/Organization", headers=bearer).status_code == 401
    assert token(client)[0] == 401
