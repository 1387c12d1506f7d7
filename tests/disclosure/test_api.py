"""The open interface answers what the pages answer, under the same rules; every fault is a problem in Chinese."""

import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import new_subject
from tests.disclosure.conftest import NUMBER, doctor
from yizheng.disclosure.api.endpoints import api
from yizheng.disclosure.models import PublicPractitioner
from yizheng.disclosure.publishing import publish
from yizheng.people import vault

pytestmark = pytest.mark.django_db
DOCTORS = "/api/v1/public/doctors"
BY_QUALIFICATION = f"{DOCTORS}/by-qualification-number"
QUALIFICATION = "201611110110108199003071233"
DOCS = Path(__file__).resolve().parents[2] / "docs" / "api.md"


def test_by_name_and_institution(client: Client, published: PublicPractitioner) -> None:
    answer = client.get(DOCTORS, {"name": "林知夏", "institution": "安和"})
    body = answer.json()
    assert (answer.status_code, body["count"], body["more"]) == (200, 1, False)
    found = body["results"][0]
    assert found["practice_number"] == "110 110108 ***217"
    assert found["may_practise"] is True
    assert [place["name"] for place in found["other_institutions"]] == ["海淀区青禾社区卫生服务中心"]
    assert found["link"].endswith(f"/public/doctors/{published.token}/")
    assert "no-store" in answer.headers["Cache-Control"]


def test_only_the_public_fields_leave(client: Client, published: PublicPractitioner) -> None:
    found = client.get(DOCTORS, {"practice_number": NUMBER}).json()["results"][0]
    assert set(found) == {
        "name", "sex", "level", "category", "scopes", "place", "main_institution", "other_institutions", "authority",
        "practice_number", "first_registered", "status", "may_practise", "valid_until", "verdict", "link",
    }  # fmt: skip
    assert NUMBER not in json.dumps(found)


def test_a_hit_and_a_miss_have_the_same_shape_and_cost(client: Client, published: PublicPractitioner) -> None:
    costs = []
    for asked in ({"name": "林知夏", "institution": "安和"}, {"name": "林知秋", "institution": "安和"}):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(DOCTORS, asked)
        costs.append((answer.status_code, set(answer.json()), len(queries)))
    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("asked", "field", "words"),
    [
        ({}, "name", "请填写姓名全名"),
        ({"name": "林知夏"}, "institution", "请填写执业机构"),
        ({"institution": "安和"}, "name", "请填写姓名全名"),
        ({"name": "林知夏", "institution": "医院"}, "institution", "有区别的部分"),
        ({"practice_number": QUALIFICATION}, "practice_number", "身份证件号码"),
        ({"practice_number": "110108199003071233"}, "practice_number", "不能用居民身份证号码"),
        ({"name": "林" * 300, "institution": "安和"}, "name", "格式不对"),
    ],
)
def test_faults_are_problems_in_words(client: Client, asked: dict[str, str], field: str, words: str) -> None:
    answer = client.get(DOCTORS, asked)
    body = answer.json()
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")
    assert body["status"] == 422
    assert body["field"] == field
    assert words in body["detail"]
    assert not any(value and value in answer.content.decode() for value in asked.values() if value.isdigit())


def test_a_qualification_number_is_asked_in_the_body_only(client: Client, city: object) -> None:
    vault.prepare()
    subject = new_subject("person")
    vault.store(subject.pk, "qualification_number", QUALIFICATION)
    publish("doctor", [doctor(subject.pk, "林知夏")])
    hit = client.post(BY_QUALIFICATION, {"qualification_number": QUALIFICATION}, content_type="application/json")
    assert [found["name"] for found in hit.json()["results"]] == ["林知夏"]
    assert QUALIFICATION not in hit.content.decode()
    assert client.get(BY_QUALIFICATION, {"qualification_number": QUALIFICATION}).status_code == 405


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"qualification_number": 1}', '{"qualification_number": "1"}', "null"]
)
def test_a_wrong_body_is_a_problem(client: Client, body: str) -> None:
    answer = client.post(BY_QUALIFICATION, body, content_type="application/json")
    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("code", ["7K2M4Q9TXR0000000000000000", "x", "%25", "A" * 144, "林"])
def test_a_certificate_that_is_not_there_is_an_answer_not_an_error(client: Client, code: str) -> None:
    answer = client.get(f"/api/v1/public/certificates/{code}")
    assert answer.status_code == 200
    body = answer.json()
    assert body["verdict"] in ("unknown", "forged")
    assert set(body) == {"verdict", "sentence", "title", "issuer", "issued_on", "version", "status", "ended_on"}


def test_a_text_nothing_can_hold_is_a_problem(client: Client) -> None:
    for address in ("/api/v1/public/certificates/%00", "/api/v1/public/doctors?name=%00"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_faults_are_described_as_problems() -> None:
    for methods in api.get_openapi_schema()["paths"].values():
        for operation in methods.values():
            told = {status: [*answer["content"]] for status, answer in operation["responses"].items()}
            assert told.pop(200) == ["application/json"]
            assert 400 in told
            assert set(map(tuple, told.values())) == {("application/problem+json",)}


def test_the_description_is_served_from_here(client: Client) -> None:
    page = client.get("/api/docs").content.decode()
    assert "swagger-ui" in page
    assert not re.search(r"(src|href)=\"(https?:)?//", page)
    assert client.get("/api/openapi.json").json()["openapi"].startswith("3.1")


def test_every_path_is_in_the_documentation() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            assert f"`{method.upper()} {path}`" in text
