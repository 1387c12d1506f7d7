"""Downloads: who may open what, by which verb, with which headers."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import sign_in
from tests.documents import test_instruments
from tests.documents.conftest import picture
from tests.documents.test_certificates import issue
from yizheng.documents import attachments
from yizheng.people import vault
from yizheng.people.models import Access, Account, AuditEntry
from yizheng.people.scope import acting_as, acting_as_system

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_key")]

WHAT = ("certificate", "certificate_ofd", "instrument", "attachment")
BEGINS = {"certificate_ofd": b"PK", "attachment": b"\xff\xd8\xff"}


@dataclass(frozen=True)
class Papers:
    """One of each, all of the applicant and her district."""

    certificate: int
    instrument: int
    attachment: int

    def address(self, what: str) -> str:
        return reverse(f"documents:{what}", args=[getattr(self, what.removesuffix("_ofd"))])


@pytest.fixture
def papers(applicant: Account, decider: Account, certificate_fields: dict[str, Any]) -> Papers:
    assert applicant.subject_id is not None
    with acting_as(applicant):
        kept = attachments.keep(BytesIO(picture()), "照片 1.jpg", subject_id=applicant.subject_id)
        kept.show_to(decider.grants.get().scope_id, None)
    return Papers(
        certificate=issue(decider, applicant, certificate_fields).pk,
        instrument=test_instruments.issue(decider, applicant, "grant").pk,
        attachment=kept.pk,
    )


@pytest.mark.parametrize("what", WHAT)
def test_the_holder_and_her_authority_open_it(
    client: Client, papers: Papers, applicant: Account, decider: Account, city_clerk: Account, what: str
) -> None:
    for account in (applicant, decider, city_clerk):
        answer = sign_in(client, account).get(papers.address(what))
        assert answer.status_code == 200
        assert answer.content.startswith(BEGINS.get(what, b"%PDF-"))


def test_an_institution_she_works_in_opens_her_certificate_and_nothing_else(
    client: Client, papers: Papers, applicant: Account, institution_operator: Account
) -> None:
    assert applicant.subject_id is not None
    Access.objects.create(subject_id=applicant.subject_id, scope=institution_operator.grants.get().scope)
    sign_in(client, institution_operator)
    assert [client.get(papers.address(what)).status_code for what in WHAT] == [200, 200, 404, 404]


def test_a_document_of_an_erased_person_is_no_longer_opened(
    client: Client, papers: Papers, applicant: Account, decider: Account
) -> None:
    assert applicant.subject_id is not None
    assert sign_in(client, decider).get(papers.address("instrument")).status_code == 200
    with acting_as_system("test"):
        vault.erase(applicant.subject_id, None, "test")
    for what in ("certificate", "certificate_ofd", "instrument"):
        assert sign_in(client, decider).get(papers.address(what)).status_code == 404


@pytest.mark.parametrize("what", WHAT)
def test_others_are_told_there_is_no_such_page(
    client: Client,
    papers: Papers,
    stranger: Account,
    another_applicant: Account,
    other_district_clerk: Account,
    institution_operator: Account,
    system_admin: Account,
    what: str,
) -> None:
    for account in (stranger, another_applicant, other_district_clerk, institution_operator, system_admin):
        assert sign_in(client, account).get(papers.address(what)).status_code == 404


@pytest.mark.parametrize("what", WHAT)
def test_an_analyst_counts_rows_and_opens_no_file(client: Client, papers: Papers, analyst: Account, what: str) -> None:
    assert sign_in(client, analyst).get(papers.address(what)).status_code == 404


@pytest.mark.parametrize("what", WHAT)
def test_an_inspector_of_the_district_opens_it(client: Client, papers: Papers, inspector: Account, what: str) -> None:
    assert sign_in(client, inspector).get(papers.address(what)).status_code == 200


@pytest.mark.parametrize("what", WHAT)
def test_nobody_opens_anything_without_signing_in(client: Client, papers: Papers, what: str) -> None:
    answer = client.get(papers.address(what))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/")


@pytest.mark.parametrize("what", WHAT)
def test_downloads_only_read(client: Client, papers: Papers, applicant: Account, what: str) -> None:
    sign_in(client, applicant)
    for verb in ("post", "put", "delete"):
        assert getattr(client, verb)(papers.address(what)).status_code == 405


@pytest.mark.parametrize("what", WHAT)
def test_nothing_is_guessed_cached_or_shown_unasked(
    client: Client, papers: Papers, applicant: Account, what: str
) -> None:
    sign_in(client, applicant)
    answer = client.get(papers.address(what))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    shown = client.get(papers.address(what), {"view": "1"})
    assert shown["Content-Disposition"].startswith("inline; ")


@pytest.mark.parametrize("what", WHAT)
def test_opening_is_recorded(client: Client, papers: Papers, applicant: Account, what: str) -> None:
    sign_in(client, applicant).get(papers.address(what))
    kind = what.removesuffix("_ofd")
    entry = AuditEntry.objects.filter(verb=f"documents.open_{kind}").latest("pk")
    assert entry.actor_id == applicant.pk
    assert entry.object_ref == f"{kind}:{getattr(papers, kind)}"


def test_a_file_name_cannot_break_out_of_its_header(client: Client, applicant: Account) -> None:
    assert applicant.subject_id is not None
    with acting_as(applicant):
        kept = attachments.keep(BytesIO(picture()), 'a"; x=\r\n照.jpg', subject_id=applicant.subject_id)
    header = sign_in(client, applicant).get(reverse("documents:attachment", args=[kept.pk]))["Content-Disposition"]
    assert "\n" not in header
    assert '"' not in header
