"""Handing in a file: what is kept, how, and what is refused with a sentence."""

import hashlib
import os
import stat
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from tests.documents.conftest import picture
from yizheng.documents import attachments
from yizheng.documents.attachments import IMAGES, PAPERS, RefusedFile, Store
from yizheng.documents.attachments.keeping import MAX_BYTES
from yizheng.documents.attachments.sniffing import sniff
from yizheng.documents.attachments.store import MissingFile
from yizheng.documents.models import Attachment, StoredFile
from yizheng.people.models import Account
from yizheng.people.scope import acting_as


def pdf(pages: int = 1, change: object = None) -> bytes:
    """A plain PDF of blank pages, changed by `change(writer)`."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if callable(change):
        change(writer)
    output = BytesIO()
    writer.write(output)
    return output.getvalue()


def keep(account: Account, content: bytes, name: str, max_bytes: int = MAX_BYTES) -> Attachment:
    assert account.subject_id is not None
    with acting_as(account):
        return attachments.keep(BytesIO(content), name, subject_id=account.subject_id, max_bytes=max_bytes)


def test_a_kept_file_has_its_digest_size_type_and_last_name(applicant: Account) -> None:
    content = picture()
    kept = keep(applicant, content, "C:\\照片\\me.JPG")
    assert kept.digest == hashlib.sha256(content).hexdigest()
    assert (kept.size, kept.media_type, kept.name) == (len(content), "image/jpeg", "me.JPG")
    with acting_as(applicant):
        assert attachments.read(kept) == content


def test_the_file_lies_under_its_digest_readable_by_its_owner_alone(applicant: Account) -> None:
    kept = keep(applicant, picture(), "me.jpg")
    path = attachments.store().path(kept.digest)
    assert path.parts[-3:] == (kept.digest[:2], kept.digest[2:4], kept.digest)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_equal_bytes_of_two_people_are_stored_once(applicant: Account, another_applicant: Account) -> None:
    first, second = keep(applicant, pdf(), "a.pdf"), keep(another_applicant, pdf(), "b.pdf")
    assert first.digest == second.digest
    assert first.pk != second.pk
    assert StoredFile.objects.filter(digest=first.digest).count() == 1


def test_only_the_owner_sees_a_file_until_it_is_shown_to_the_authority(
    applicant: Account,
    stranger: Account,
    acceptor: Account,
    other_district_clerk: Account,
    institution_operator: Account,
) -> None:
    kept = keep(applicant, pdf(), "a.pdf")

    def seen_by(account: Account) -> bool:
        with acting_as(account):
            by_verb = Attachment.objects.visible_to(account).filter(pk=kept.pk).exists()
            by_policy = Attachment.objects.all().filter(pk=kept.pk).exists()
        assert by_verb == by_policy
        return by_verb

    readers = (applicant, stranger, acceptor, other_district_clerk, institution_operator)
    assert [seen_by(reader) for reader in readers] == [True, False, False, False, False]
    with acting_as(applicant):
        kept.show_to(acceptor.grants.get().scope_id, institution_operator.grants.get().scope_id)
    assert [seen_by(reader) for reader in readers] == [True, False, True, False, True]


@pytest.mark.parametrize(
    ("content", "name"), [(picture(), "a.jpg"), (picture(), "a.JPEG"), (picture(form="PNG"), "a.png"), (pdf(), "a.pdf")]
)
def test_pictures_and_pdfs_are_accepted(content: bytes, name: str) -> None:
    assert sniff(content, name, PAPERS) in PAPERS


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"GIF89a", "a.gif", "不是可以接收的文件"),
        (b"<html>", "a.html", "不是可以接收的文件"),
        (picture(), "a.png", "与扩展名不符"),
        (pdf(), "a.jpg", "与扩展名不符"),
        (picture() + b"PK\x03\x04rest", "a.jpg", "夹带"),
        (picture(form="PNG") + b"<script>1</script>", "a.png", "夹带"),
        (picture()[:-200], "a.jpg", "夹带"),
        (pdf() + b"PK\x05\x06" + b"\0" * 18, "a.pdf", "夹带"),
        (b"%PDF-1.7 no end", "a.pdf", "夹带"),
    ],
)
def test_a_file_that_is_not_what_it_claims_is_refused(content: bytes, name: str, words: str) -> None:
    with pytest.raises(RefusedFile, match=words):
        sniff(content, name, PAPERS)


def test_a_pdf_is_refused_where_a_picture_is_asked_for() -> None:
    with pytest.raises(RefusedFile, match="请上传JPG 图片、PNG 图片"):
        sniff(pdf(), "a.pdf", IMAGES)


def test_an_empty_or_large_file_is_refused_with_the_limit(applicant: Account) -> None:
    with pytest.raises(RefusedFile, match="空文件"):
        keep(applicant, b"", "a.pdf")
    with pytest.raises(RefusedFile, match=r"超过 0\.5 MB"):
        keep(applicant, pdf() + b"\n" * 600_000, "a.pdf", max_bytes=512 * 1024)


def _encrypted(writer: PdfWriter) -> None:
    writer.encrypt("secret")


def _script(writer: PdfWriter) -> None:
    action = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(DictionaryObject(action))


def _launches(writer: PdfWriter) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("calc.exe")})
    writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)


def _carries_a_file(writer: PdfWriter) -> None:
    writer.add_attachment("inner.exe", b"MZ")


def _links_outside(writer: PdfWriter) -> None:
    writer.add_annotation(0, Link(rect=(0, 0, 10, 10), url="https://elsewhere.example/"))


def _links_inside(writer: PdfWriter) -> None:
    writer.add_annotation(0, Link(rect=(0, 0, 10, 10), target_page_index=0))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_encrypted, "密码"),
        (_script, "脚本"),
        (_launches, "脚本"),
        (_carries_a_file, "脚本"),
        (_links_outside, "外部链接"),
    ],
)
def test_a_pdf_that_is_locked_or_acts_is_refused(applicant: Account, change: object, words: str) -> None:
    with pytest.raises(RefusedFile, match=words):
        keep(applicant, pdf(change=change), "a.pdf")


def test_a_pdf_with_inner_links_is_kept(applicant: Account) -> None:
    assert keep(applicant, pdf(change=_links_inside), "a.pdf").media_type == "application/pdf"


def test_a_pdf_of_too_many_pages_is_refused(applicant: Account) -> None:
    with pytest.raises(RefusedFile, match="201 页"):
        keep(applicant, pdf(pages=201), "a.pdf")


def test_a_damaged_pdf_is_refused(applicant: Account) -> None:
    with pytest.raises(RefusedFile, match="损坏"):
        keep(applicant, b"%PDF-1.7\nnothing here\n%%EOF", "a.pdf")


def test_a_picture_that_would_unfold_into_gigabytes_is_refused(applicant: Account) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")

    header = (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    with pytest.raises(RefusedFile, match="尺寸过大"):
        keep(applicant, bomb, "a.png")


def test_a_damaged_picture_is_refused(applicant: Account) -> None:
    content = bytearray(picture(form="PNG"))
    content[60:200] = bytes(140)
    with pytest.raises(RefusedFile, match="损坏"):
        keep(applicant, bytes(content), "a.png")


def test_the_check_of_the_store_names_the_lost_and_the_changed(applicant: Account) -> None:
    whole, lost, changed = (keep(applicant, pdf(pages=count), "a.pdf").digest for count in (1, 2, 3))
    files = attachments.store()
    files.path(lost).unlink()
    files.path(changed).write_bytes(b"other")
    report = attachments.verify_store()
    assert set(report.damaged) == {lost, changed}
    assert whole not in report.damaged
    with pytest.raises(MissingFile):
        files.read(changed)


def test_handing_in_again_heals_a_damaged_file(applicant: Account) -> None:
    kept = keep(applicant, pdf(), "a.pdf")
    attachments.store().path(kept.digest).write_bytes(b"other")
    keep(applicant, pdf(), "a.pdf")
    assert attachments.store().holds(kept.digest)


def test_bytes_and_directory_are_on_disk_before_the_file_has_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    sync = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    files = Store(tmp_path / "store")
    digest = files.put(b"content")
    folder = files.path(digest).parent
    draft = next(index for index, name in enumerate(synced) if ".draft-" in name)
    assert str(folder) in synced[draft + 1 :]
    assert {str(folder.parent), str(files.root), str(files.root.parent)} <= set(synced[:draft])
