"""The printing desk: many certificates in one file, every sheet in the ledger, spoilt sheets and deliveries."""

import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from pypdf import PdfReader
from zxingcpp import read_barcodes

from tests.cast import new_subject, sign_in
from tests.documents.conftest import picture
from tests.matrix import AccessMatrix
from yizheng.documents import certificates
from yizheng.documents.attachments import store_bytes
from yizheng.documents.models import Certificate, LedgerAct, LedgerEntry, MadeFor
from yizheng.documents.paper import printing, qr
from yizheng.people.models import Account, AuditEntry
from yizheng.people.scope import acting_as, acting_as_system
from yizheng.work.models import Job

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("vault_key")]

Fields = dict[str, Any]
DESK = "/certificates/print/"


def issue_many(clerk: Account, fields: Fields, count: int) -> list[int]:
    scope = clerk.grants.get().scope_id
    with acting_as(clerk):
        certificates.issue_many(
            certificates.Draft(
                "doctor_practice" if place % 2 else "assistant_practice",
                new_subject("person").pk,
                scope,
                {**fields, "number": f"110110108{place:06d}"},
                timezone.localdate(),
            )
            for place in range(count)
        )
        return list(Certificate.objects.all().order_by("id").values_list("pk", flat=True))


def entries() -> list[LedgerEntry]:
    with acting_as_system("test"):
        return list(LedgerEntry.objects.all().order_by("id"))


def test_a_run_holds_a_page_each_in_the_order_given_and_is_written_into_the_ledger(
    acceptor: Account, certificate_fields: Fields
) -> None:
    ids = issue_many(acceptor, certificate_fields, 3)
    with acting_as(acceptor):
        run = printing.print_certificates(ids[::-1], by=acceptor, first_serial="A-000998")
        pages = PdfReader(BytesIO(printing.pages_of(run))).pages
    assert ["110110108000002" in pages[0].extract_text(), len(pages)] == [True, 3]
    written = entries()
    assert [(one.certificate_id, one.paper_serial, one.nth) for one in written] == [
        (ids[2], "A-000998", 1),
        (ids[1], "A-000999", 1),
        (ids[0], "A-001000", 1),
    ]
    assert {one.purpose for one in written} == {MadeFor.FIRST}
    assert AuditEntry.objects.get(verb="certificates.print").detail == {"certificates": 3}


def test_a_scanner_reads_the_code_of_each_printed_page_as_its_certificate(
    acceptor: Account, certificate_fields: Fields, tmp_path: Path
) -> None:
    photo = store_bytes(picture())
    ids = issue_many(acceptor, {**certificate_fields, "photo": photo}, 2)
    with acting_as(acceptor):
        run = printing.print_certificates(ids, by=acceptor)
        (tmp_path / "run.pdf").write_bytes(printing.pages_of(run))
        printed = [Certificate.objects.all().get(pk=pk) for pk in ids]
    subprocess.run(["pdftoppm", "-r", "110", "-gray", str(tmp_path / "run.pdf"), str(tmp_path / "page")], check=True)
    for certificate, page in zip(printed, sorted(tmp_path.glob("*.pgm")), strict=True):
        (read,) = read_barcodes(Image.open(page))
        mark = qr.read(read.text)
        assert (mark.code, mark.digest) == (certificate.code, certificate.digest)
        assert read.ec_level == "M"


def test_the_count_goes_on_over_versions_and_a_reissue_says_why(acceptor: Account, certificate_fields: Fields) -> None:
    (first,) = issue_many(acceptor, certificate_fields, 1)
    with acting_as(acceptor):
        printing.print_certificates([first], by=acceptor)
        lost = Certificate.objects.all().get(pk=first)
        again = certificates.reissue(lost, reason=MadeFor.LOST, on=timezone.localdate())
        printing.print_certificates([again.pk], by=acceptor)
        assert printing.print_count(again) == 2
        with pytest.raises(printing.PrintingRefused, match="有效状态"):
            printing.print_certificates([first], by=acceptor)
    assert [(one.nth, one.purpose) for one in entries()] == [(1, MadeFor.FIRST), (2, MadeFor.LOST)]


def test_a_sheet_is_printed_again_only_when_spoilt_or_with_a_reason(
    acceptor: Account, certificate_fields: Fields
) -> None:
    (one,) = issue_many(acceptor, certificate_fields, 1)
    with acting_as(acceptor):
        certificate = Certificate.objects.all().get(pk=one)
        with pytest.raises(printing.PrintingRefused, match="没有可以作废"):
            printing.spoil(certificate, by=acceptor, serial="B1", reason="卡纸")
        printing.print_certificates([one], by=acceptor, first_serial="B1")
        with pytest.raises(printing.PrintingRefused, match="已经打印过"):
            printing.print_certificates([one], by=acceptor)
        printing.spoil(certificate, by=acceptor, serial="B1", reason="卡纸")
        with pytest.raises(printing.PrintingRefused, match="B1 已经用过"):
            printing.print_certificates([one], by=acceptor, first_serial="B1")
        printing.print_certificates([one], by=acceptor, first_serial="B2")
        printing.print_certificates([one], by=acceptor, again="窗口另存一份")
    assert [entry.act for entry in entries()] == ["printed", "spoilt", "printed", "printed"]
    assert entries()[-1].note == "窗口另存一份"


def test_a_certificate_is_delivered_once_and_only_when_printed(acceptor: Account, certificate_fields: Fields) -> None:
    (one,) = issue_many(acceptor, certificate_fields, 1)
    with acting_as(acceptor):
        certificate = Certificate.objects.all().get(pk=one)
        with pytest.raises(printing.PrintingRefused, match="还没有打印"):
            printing.deliver(certificate, by=acceptor)
        printing.print_certificates([one], by=acceptor)
        printing.deliver(certificate, by=acceptor, note="本人领取")
        with pytest.raises(printing.PrintingRefused, match="已经登记过送达"):
            printing.deliver(certificate, by=acceptor)


@pytest.mark.parametrize(
    ("first", "count", "made"), [("", 2, ["", ""]), ("A0099", 2, ["A0099", "A0100"]), ("7", 3, ["7", "8", "9"])]
)
def test_paper_serials_follow_the_first(first: str, count: int, made: list[str]) -> None:
    assert printing.serials(first, count) == made


@pytest.mark.parametrize("first", ["A99", "甲", "A"])
def test_a_serial_that_cannot_be_counted_on_is_refused(first: str) -> None:
    with pytest.raises(printing.PrintingRefused):
        printing.serials(first, 2)


def test_a_refused_run_leaves_nothing(acceptor: Account, certificate_fields: Fields) -> None:
    ids = issue_many(acceptor, certificate_fields, 2)
    with acting_as(acceptor):
        printing.print_certificates(ids[:1], by=acceptor)
        with pytest.raises(printing.PrintingRefused):
            printing.print_certificates(ids, by=acceptor)
    assert len(entries()) == 1


def test_another_authoritys_certificates_cannot_be_printed(
    acceptor: Account, other_district_clerk: Account, certificate_fields: Fields
) -> None:
    ids = issue_many(acceptor, certificate_fields, 1)
    with acting_as(other_district_clerk), pytest.raises(printing.PrintingRefused, match="不在您的辖区"):
        printing.print_certificates(ids, by=other_district_clerk)


def test_the_desk_lists_what_waits_prints_it_and_shows_the_file(
    client: Client, acceptor: Account, certificate_fields: Fields
) -> None:
    ids = issue_many(acceptor, certificate_fields, 2)
    sign_in(client, acceptor)
    page = client.get(DESK).content.decode()
    assert "林知遥" in page
    assert "110110108000001" in page
    answer = client.post(f"{DESK}run/", {"row": ids, "first_serial": "C001"}, follow=True)
    assert "C002" in answer.content.decode()
    assert client.get(DESK).context["number"] == 0
    assert client.get(DESK, {"stage": "deliver"}).context["number"] == 2
    run = entries()[0].run_id
    file = client.get(f"/certificates/runs/{run}.pdf")
    assert file["Content-Type"] == "application/pdf"
    assert len(PdfReader(BytesIO(file.content)).pages) == 2
    client.post(f"/certificates/ledger/{ids[0]}/", {"act": "delivered", "note": "本人领取"})
    assert client.get(DESK, {"stage": "deliver"}).context["number"] == 1
    ledger = client.get("/certificates/ledger/", {"act": LedgerAct.DELIVERED}).content.decode()
    assert "本人领取" in ledger
    assert "C002" not in ledger


def test_a_refusal_is_told_on_the_desk_and_keeps_what_was_typed(
    client: Client, acceptor: Account, certificate_fields: Fields
) -> None:
    ids = issue_many(acceptor, certificate_fields, 1)
    answer = sign_in(client, acceptor).post(f"{DESK}run/", {"row": ids, "first_serial": "甲"})
    assert answer.status_code == 409
    assert "首张纸的编号" in answer.content.decode()
    assert "甲" in answer.content.decode()


def test_a_long_run_becomes_a_job(client: Client, acceptor: Account, certificate_fields: Fields) -> None:
    issue_many(acceptor, certificate_fields, 61)
    answer = sign_in(client, acceptor).post(f"{DESK}run/", {"everything": "1"})
    job = Job.objects.get(account=acceptor)
    assert answer["Location"] == f"/jobs/{job.pk}/" or str(job.pk) in answer["Location"]
    assert len(job.arguments["ids"]) == 61


def test_days_before_the_span_are_left_out_and_case_numbers_reach_beyond_it(
    client: Client, acceptor: Account, certificate_fields: Fields
) -> None:
    issue_many(acceptor, certificate_fields, 1)
    sign_in(client, acceptor)
    assert client.get(DESK, {"until": "2020-01-01"}).context["number"] == 0
    assert client.get(DESK, {"cases": "26-000001"}).context["number"] == 0


class TestDesk(AccessMatrix):
    url = DESK
    readers = ("acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk")


class TestLedger(AccessMatrix):
    url = "/certificates/ledger/"
    readers = ("acceptor", "reviewer", "decider", "other_district_clerk", "city_clerk")
