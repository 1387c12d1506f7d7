"""A certificate is checked by its code or its QR code; the page and its cost are the same whatever the verdict."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.disclosure.conftest import doctor
from yizheng.disclosure.publishing import publish
from yizheng.documents.models import Certificate
from yizheng.documents.verifying import verdicts
from yizheng.documents.verifying.verdicts import Answer, Verdict

pytestmark = pytest.mark.django_db
CODE = "7K2M4-Q9TXR-00000-00000-000000"


def verdict(answer: Answer) -> Verdict:
    if answer in (Answer.FORGED, Answer.UNKNOWN):
        return Verdict(answer)
    issued = date(2026, 1, 5)
    return Verdict(
        answer,
        Certificate(kind="doctor_practice", issuer="北京市卫生健康委员会", issued_on=issued, version=2, subject_id=101),
    )


def test_the_form_explains_itself_and_an_empty_code_is_told(client: Client) -> None:
    assert "核验码" in client.get("/verify/").content.decode()
    assert "请填写核验码" in client.get("/verify/?code=").content.decode()


@pytest.mark.parametrize("path", [f"/verify/?code={CODE}", "/verify/?code=x"])
def test_an_unknown_code_is_not_found_in_words(client: Client, path: str) -> None:
    assert "没有查到这个核验码" in client.get(path).content.decode()


@pytest.mark.parametrize("payload", ["abc", "A" * 144, "A" * 5000, "%3Cscript%3E", "../../etc/passwd"])
def test_a_payload_that_is_not_ours_is_called_forged(client: Client, payload: str) -> None:
    answer = client.get(f"/verify/{payload}")
    if answer.status_code != 404:
        assert "不是本机关签发" in answer.content.decode()
        assert "<script>" not in answer.content.decode()


def test_what_a_scanner_typed_into_the_box_is_checked_as_a_payload(client: Client) -> None:
    assert "不是本机关签发" in client.get("/verify/", {"code": "https://x.test/verify/" + "A" * 144}).content.decode()


@pytest.mark.parametrize("answer", list(Answer))
def test_every_verdict_has_its_sentence_first(client: Client, monkeypatch: pytest.MonkeyPatch, answer: Answer) -> None:
    publish("doctor", [doctor(101, "林知夏")])
    monkeypatch.setattr(verdicts, "check", lambda payload: verdict(answer))
    page = client.get("/verify/anything").content.decode()
    assert verdicts.SENTENCES[answer] in page
    assert ("查看持证人的公示登记" in page) == (answer in (Answer.VALID, Answer.SUPERSEDED, Answer.REVOKED))
    assert "林知夏" not in page
    assert "101" not in page.replace("110 110108", "")


def test_every_verdict_costs_the_same(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    publish("doctor", [doctor(101, "林知夏")])
    counts = set()
    for answer in Answer:
        monkeypatch.setattr(verdicts, "check_code", lambda code, answer=answer: verdict(answer))
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/verify/?code={CODE}")
        counts.add(len(asked))
    assert len(counts) == 1
