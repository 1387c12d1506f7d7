"""Checking a code: valid, superseded, revoked, forged or unknown, at one price and without personal data."""

import base64
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from pytest_django import DjangoAssertNumQueries

from tests.documents.conftest import ISSUED
from tests.documents.test_certificates import issue
from yizheng.documents import certificates, codes
from yizheng.documents.declarations import instrument_kinds
from yizheng.documents.instruments import Draft, issue_many
from yizheng.documents.models import Certificate, Ending
from yizheng.documents.paper import qr
from yizheng.documents.signing.marks import MarkKeys, mark_keys
from yizheng.documents.verifying.verdicts import SENTENCES, Answer, check, check_code
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_key")]


@pytest.fixture
def certificate(decider: Account, applicant: Account, certificate_fields: dict[str, Any]) -> Certificate:
    return issue(decider, applicant, certificate_fields)


def test_a_genuine_code_says_what_the_document_is_and_that_it_holds(certificate: Certificate) -> None:
    verdict = check(qr.payload(certificate))
    assert verdict.answer is Answer.VALID
    assert verdict.document is not None
    facts = verdict.document
    assert (facts.title, facts.edition, facts.issued_on, facts.status_word) == ("医师执业证书", 1, ISSUED, "有效")
    assert check_code(codes.grouped(certificate.code).lower()) == verdict


def test_the_printed_address_can_be_checked_as_it_was_scanned(certificate: Certificate, settings: LazySettings) -> None:
    settings.PUBLIC_BASE = "https://gongshi.example/"
    address = qr.address(certificate)
    assert address.startswith("https://gongshi.example/verify/")
    assert len(address) < 210
    assert check(address).answer is Answer.VALID


def test_a_payload_holds_no_name_and_no_number(certificate: Certificate) -> None:
    raw = base64.urlsafe_b64decode(qr.payload(certificate) + "==")
    assert len(raw) == 108
    for personal in ("林知遥", "11010819900307004X", "110110108004217"):
        assert personal.encode() not in raw


def test_every_kind_of_notice_receipt_and_decision_verifies_by_its_qr_code_and_by_its_letters(
    applicant: Account, haidian: Scope, decider: Account
) -> None:
    kinds = instrument_kinds()
    drafts = [
        Draft(
            kind.code, subject_id=applicant.subject_id or 0, authority_scope=haidian.pk, issuer="海淀区卫生健康委员会",
            mark="海卫医", case_ref=f"case:{number}", issued_on=ISSUED, fields=dict.fromkeys(kind.fields, "甲"),
        )
        for number, kind in enumerate(kinds)
    ]  # fmt: skip
    with acting_as(decider):
        issued = issue_many(drafts)
    assert {each.kind for each in issued} == {each.code for each in kinds} >= {"acceptance_notice", "correction_notice"}
    for document in issued:
        by_letters = check_code(codes.grouped(document.code).lower())
        assert by_letters == check(qr.payload(document)) == check(qr.address(document))
        assert by_letters.answer is Answer.VALID, document.kind


def test_an_old_print_is_told_from_the_present_version(
    certificate: Certificate, decider: Account, applicant: Account, certificate_fields: dict[str, Any]
) -> None:
    old = qr.payload(certificate)
    new = issue(decider, applicant, certificate_fields, change=2)
    assert check(old).answer is Answer.SUPERSEDED
    assert check(qr.payload(new)).answer is Answer.VALID


def test_a_revoked_certificate_says_since_when_and_by_which_word(certificate: Certificate, decider: Account) -> None:
    with acting_as(decider):
        certificates.revoke(certificate, ending=Ending.PENALTY, on=date(2026, 8, 1))
    verdict = check(qr.payload(certificate))
    assert verdict.answer is Answer.REVOKED
    assert verdict.document is not None
    assert (verdict.document.status_word, verdict.document.ended_on) == ("吊销", date(2026, 8, 1))


def test_any_changed_letter_is_a_forgery(certificate: Certificate) -> None:
    genuine = qr.payload(certificate)
    for at in range(0, len(genuine), 7):
        letter = "A" if genuine[at] != "A" else "B"
        assert check(genuine[:at] + letter + genuine[at + 1 :]).answer is Answer.FORGED, at


@pytest.mark.parametrize("text", ["", "x", "证照", "A" * 144, "https://elsewhere.example/verify/", "A" * 5000])
def test_what_we_did_not_sign_is_a_forgery(text: str) -> None:
    assert check(text).answer is Answer.FORGED


def test_a_signed_payload_that_says_other_than_the_register_is_a_forgery(certificate: Certificate) -> None:
    certificate.version = 9
    assert check(qr.payload(certificate)).answer is Answer.FORGED


def test_a_signed_code_the_register_lost_is_unknown(certificate: Certificate) -> None:
    certificate.code = codes.new_code()
    assert check(qr.payload(certificate)).answer is Answer.UNKNOWN


@pytest.mark.parametrize("typed", ["", "12345", "七", "U" * 26, "0" * 26])
def test_a_code_nobody_issued_is_unknown(typed: str) -> None:
    assert check_code(typed).answer is Answer.UNKNOWN


def test_hit_miss_and_forgery_cost_the_same(
    certificate: Certificate, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    genuine = qr.payload(certificate)
    certificate.code = codes.new_code()
    for payload in (genuine, qr.payload(certificate), "forged"):
        with django_assert_num_queries(QUERIES):
            check(payload)
    for code in (codes.grouped(certificate.code), "nothing"):
        with django_assert_num_queries(QUERIES + 1):
            check_code(code)


QUERIES = 2
"""The jurisdictions the check acts for, and the document; a typed code may be a certificate's or an instrument's."""


def test_a_rotated_key_does_not_void_what_was_printed(certificate: Certificate) -> None:
    before = qr.payload(certificate)
    mark_keys().rotate()
    after = qr.payload(certificate)
    assert before != after
    assert {check(before).answer, check(after).answer} == {Answer.VALID}


def test_a_payload_of_another_installation_is_a_forgery(certificate: Certificate, tmp_path: Any) -> None:
    foreign = qr.payload(certificate, MarkKeys(tmp_path / "marks"))
    assert check(foreign).answer is Answer.FORGED


def test_every_answer_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Answer)


@pytest.mark.parametrize("typed", ["o0oil-00000", "0OOL1 00000"])
def test_misread_letters_are_read_as_meant(typed: str) -> None:
    rest = "0" * 16
    assert codes.read(typed + rest) == "00011" + "00000" + rest


def test_codes_differ_and_survive_grouping() -> None:
    made = {codes.new_code() for _ in range(200)}
    assert len(made) == 200
    for code in made:
        assert codes.read(codes.grouped(code)) == code
        assert codes.to_text(codes.to_bytes(code)) == code
