"""Certificates: issued, renewed, ended, compensated; the signed page made once."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pypdf import PdfReader

from tests.documents.conftest import ISSUED, picture
from tests.documents.signatures import check_pdf
from yizheng.documents import attachments, certificates, codes, compensation, sealing
from yizheng.documents.declarations import UndeclaredKind, UnfitFields
from yizheng.documents.models import Certificate, Ending, MadeFor, Rendering, Status
from yizheng.documents.opening import open_document
from yizheng.documents.sealing import printed_digest
from yizheng.people.models import Account, Scope
from yizheng.people.scope import acting_as, acting_as_system

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_key")]

Fields = dict[str, Any]
LATER = date(2026, 9, 1)


def issue(decider: Account, holder: Account, fields: Fields, change: int = 1, on: date = ISSUED) -> Certificate:
    """As the deciding clerk."""
    assert holder.subject_id is not None
    with acting_as(decider):
        return certificates.issue(
            certificates.Draft(
                kind="doctor_practice",
                subject_id=holder.subject_id,
                authority_scope=decider.grants.get().scope_id,
                fields=fields,
                issued_on=on,
                change_id=change,
            )
        )


def now(certificate: Certificate) -> Certificate:
    with acting_as_system("test"):
        return Certificate.objects.all().get(pk=certificate.pk)


def test_the_first_version_is_valid_and_opaque(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    certificate = issue(decider, applicant, certificate_fields)
    assert (certificate.version, certificate.status, certificate.status_word) == (1, Status.VALID, "有效")
    assert codes.read(codes.grouped(certificate.code)) == certificate.code
    assert len(codes.to_bytes(certificate.code)) * 8 >= 128


def test_personal_fields_are_sealed_and_the_row_holds_no_identity_number(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    issue(decider, applicant, certificate_fields)
    with connection.cursor() as cursor, acting_as(decider):
        cursor.execute("select to_jsonb(c)::text from documents_certificate c")
        row = cursor.fetchone()[0]
    for personal in ("林知遥", "11010819900307004X", certificate_fields["qualification_number"]):
        assert personal not in row


def test_the_digest_can_be_recomputed_from_what_is_printed(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    certificate = issue(decider, applicant, certificate_fields)
    fields, check_word = sealing.unseal(certificate)
    assert fields == certificate_fields
    assert printed_digest(fields, check_word) == certificate.digest
    assert printed_digest({**fields, "scope": "内科专业"}, check_word) != certificate.digest
    assert printed_digest(fields, "0" * 16) != certificate.digest


def test_issuing_again_supersedes_with_a_new_version_and_a_new_code(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    first = issue(decider, applicant, certificate_fields)
    second = issue(decider, applicant, {**certificate_fields, "scope": "内科专业"}, change=2, on=LATER)
    assert (second.version, second.supersedes_id) == (2, first.pk)
    assert second.code != first.code
    former = now(first)
    assert (former.status, former.ending, former.ended_on, former.ended_by) == ("superseded", "replaced", LATER, 2)


@pytest.mark.parametrize(
    ("ending", "word"),
    [(Ending.CANCELLED, "注销"), (Ending.ANNULLED, "撤销"), (Ending.PENALTY, "吊销"), (Ending.LAPSED, "失效")],
)
def test_four_endings_are_four_words(
    decider: Account, applicant: Account, certificate_fields: Fields, ending: Ending, word: str
) -> None:
    certificate = issue(decider, applicant, certificate_fields)
    with acting_as(decider):
        certificates.revoke(certificate, ending=ending, on=LATER, change_id=2)
    assert now(certificate).status_word == word


def test_a_certificate_ends_once(decider: Account, applicant: Account, certificate_fields: Fields) -> None:
    certificate = issue(decider, applicant, certificate_fields)
    with acting_as(decider):
        certificates.revoke(certificate, ending=Ending.CANCELLED, on=LATER)
        with pytest.raises(certificates.AlreadyEnded):
            certificates.revoke(certificate, ending=Ending.PENALTY, on=LATER)


@pytest.mark.parametrize(
    "statement",
    [
        "update documents_certificate set status = 'valid'",
        "update documents_certificate set ended_on = null",
        "update documents_certificate set number = '1'",
        "update documents_certificate set sealed = ''",
        "delete from documents_certificate",
        "truncate documents_certificate cascade",
    ],
)
def test_the_database_refuses_to_bring_back_or_rewrite(
    decider: Account, applicant: Account, certificate_fields: Fields, statement: str
) -> None:
    certificate = issue(decider, applicant, certificate_fields)
    with acting_as(decider):
        certificates.revoke(certificate, ending=Ending.CANCELLED, on=LATER)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_reactivation_is_a_new_version_with_the_old_content(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    certificate = issue(decider, applicant, certificate_fields)
    with acting_as(decider):
        certificates.revoke(certificate, ending=Ending.CANCELLED, on=LATER)
        back = certificates.reactivate(certificate, on=LATER, change_id=3)
        with pytest.raises(certificates.AlreadyEnded):
            certificates.reactivate(certificate, on=LATER)
    assert (back.version, back.status, back.supersedes_id) == (2, Status.VALID, certificate.pk)
    assert sealing.unseal(back)[0] == certificate_fields
    assert now(certificate).status == Status.REVOKED


def test_undoing_a_renewal_brings_the_former_content_back_as_a_third_version(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    issue(decider, applicant, certificate_fields, change=1)
    second = issue(decider, applicant, {**certificate_fields, "scope": "内科专业"}, change=2)
    with acting_as(decider):
        foretold = [act.sentence for act in compensation.to_rollback(2).acts()]
        (third,) = compensation.to_rollback(2).carry_out(by=3, on=LATER)
    assert foretold == ["失效（更正回退），前一版本另发新版本"]
    assert now(second).status_word == "更正回退"
    assert (third.version, third.change_id) == (3, 3)
    assert sealing.unseal(third)[0]["scope"] == "外科专业"


def test_undoing_a_first_issue_only_ends_it(decider: Account, applicant: Account, certificate_fields: Fields) -> None:
    certificate = issue(decider, applicant, certificate_fields, change=1)
    with acting_as(decider):
        assert compensation.to_rollback(1).carry_out(by=2, on=LATER) == []
    assert now(certificate).status_word == "更正回退"


def test_undoing_a_cancellation_issues_a_new_version(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    certificate = issue(decider, applicant, certificate_fields, change=1)
    with acting_as(decider):
        certificates.revoke(certificate, ending=Ending.CANCELLED, on=LATER, change_id=2)
        assert [act.sentence for act in compensation.to_rollback(2).acts()] == ["恢复，另发新版本"]
        (back,) = compensation.to_rollback(2).carry_out(by=3, on=LATER)
    assert back.version == 2


@pytest.mark.parametrize("broken", [{"name": None}, {"nickname": "x"}])
def test_missing_and_unknown_fields_are_named(
    decider: Account, applicant: Account, certificate_fields: Fields, broken: Fields
) -> None:
    fields = {key: value for key, value in {**certificate_fields, **broken}.items() if value is not None}
    with pytest.raises(UnfitFields, match=next(iter(broken))):
        issue(decider, applicant, fields)


def test_an_undeclared_kind_is_refused(decider: Account, applicant: Account) -> None:
    assert applicant.subject_id is not None
    with acting_as(decider), pytest.raises(UndeclaredKind):
        certificates.issue(
            certificates.Draft(
                kind="x", subject_id=applicant.subject_id, authority_scope=1, fields={}, issued_on=ISSUED
            )
        )


def test_a_holder_cannot_issue_to_herself(applicant: Account, haidian: Scope, certificate_fields: Fields) -> None:
    assert applicant.subject_id is not None
    with acting_as(applicant), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        certificates.issue(
            certificates.Draft(
                kind="doctor_practice",
                subject_id=applicant.subject_id,
                authority_scope=haidian.pk,
                fields=certificate_fields,
                issued_on=ISSUED,
            )
        )


def test_taking_over_a_register_issues_many_first_versions(
    decider: Account, applicant: Account, another_applicant: Account, certificate_fields: Fields
) -> None:
    scope = decider.grants.get().scope_id
    drafts = [
        certificates.Draft("doctor_practice", subject, scope, {**certificate_fields, "number": number}, ISSUED)
        for subject, number in ((applicant.subject_id, "1" * 15), (another_applicant.subject_id, "2" * 15))
        if subject is not None
    ]
    with acting_as(decider):
        assert certificates.issue_many(drafts) == 2
        with pytest.raises(IntegrityError), transaction.atomic():
            certificates.issue_many(drafts)


def test_the_page_is_signed_prints_its_fields_and_is_the_same_ever_after(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    certificate = issue(decider, applicant, certificate_fields)
    with acting_as(applicant):
        first = open_document(certificate)
        second = open_document(certificate)
    assert first == second
    assert check_pdf(first).valid
    text = re.sub(r"\s", "", PdfReader(BytesIO(first)).pages[0].extract_text())
    for value in certificate_fields.values():
        assert value in text
    assert "2026年5月22日" in text
    assert "第1版" in text


def test_the_page_carries_the_holders_photo(decider: Account, applicant: Account, certificate_fields: Fields) -> None:
    assert applicant.subject_id is not None
    with acting_as(applicant):
        photo = attachments.keep(BytesIO(picture(form="PNG")), "我.png", subject_id=applicant.subject_id)
    certificate = issue(decider, applicant, {**certificate_fields, "photo": photo.digest})
    with acting_as(applicant):
        page = PdfReader(BytesIO(open_document(certificate))).pages[0]
    assert [image.image.size for image in page.images if image.image] == [(354, 472)]


@pytest.mark.django_db(transaction=True)
def test_two_first_openings_keep_one_page(decider: Account, applicant: Account, certificate_fields: Fields) -> None:
    certificate = issue(decider, applicant, certificate_fields)

    def opened(_: int) -> bytes:
        try:
            with acting_as(applicant):
                return open_document(certificate)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as pool:
        pages = set(pool.map(opened, range(4)))
    assert len(pages) == 1
    assert Rendering.objects.filter(certificate_id=certificate.pk).count() == 1


def test_a_lost_certificate_is_made_again_with_the_same_number_and_the_lost_one_no_longer_holds(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    lost = issue(decider, applicant, certificate_fields)
    with acting_as(decider):
        again = certificates.reissue(lost, reason=MadeFor.LOST, on=date(2026, 7, 1), change_id=7)
    assert (again.number, again.version, again.made_for) == (lost.number, 2, MadeFor.LOST)
    assert again.code != lost.code
    assert again.supersedes == lost
    assert (now(lost).status, now(lost).ended_on) == (Status.SUPERSEDED, date(2026, 7, 1))
    assert sealing.unseal(again)[0] == certificate_fields
    with acting_as(decider), pytest.raises(certificates.AlreadyEnded):
        certificates.reissue(lost, reason=MadeFor.DAMAGED, on=date(2026, 7, 2))


def test_a_full_certificate_leaves_its_rows_of_changes_behind(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    rows = [["执业地点", "2026-01-05", "海淀区卫生健康委员会"]]
    full = issue(decider, applicant, {**certificate_fields, "changes": rows})
    with acting_as(decider):
        again = certificates.reissue(full, reason=MadeFor.FULL, on=date(2026, 7, 1))
    assert "changes" not in sealing.unseal(again)[0]


def test_a_certificate_is_not_reissued_for_a_change_of_the_register(
    decider: Account, applicant: Account, certificate_fields: Fields
) -> None:
    certificate = issue(decider, applicant, certificate_fields)
    with acting_as(decider), pytest.raises(ValueError, match="no ground"):
        certificates.reissue(certificate, reason=MadeFor.CHANGED, on=date(2026, 7, 1))
    assert now(certificate).status == Status.VALID
