"""Signatures: valid to our own check and to an independent reader, void at the first changed byte."""

import os
import shutil
import stat
import subprocess
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from tests.documents.signatures import check_pdf
from tests.documents.test_typesetting import notice
from yizheng.documents.signing.countersigning import countersign, witnessed
from yizheng.documents.signing.keys import KeyRing
from yizheng.documents.signing.pdf import sign_pdf

ISSUER = "北京市海淀区卫生健康委员会"


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    ring = KeyRing(tmp_path_factory.mktemp("secrets") / "signing")
    ring.ensure()
    return ring


@pytest.fixture(scope="module")
def signed(ring: KeyRing) -> bytes:
    return sign_pdf(notice(), issuer=ISSUER, reason="签发《告知书》", ring=ring)


def changed(content: bytes, at: int) -> bytes:
    copy = bytearray(content)
    copy[at] ^= 0x01
    return bytes(copy)


def test_a_signed_page_is_valid(signed: bytes, ring: KeyRing) -> None:
    report = check_pdf(signed, ring=ring)
    assert report.valid
    assert report.signer == "医政平台电子签章"


def container(signed: bytes) -> range:
    """Where the signature itself lies: the one stretch it cannot cover."""
    start = signed.find(b"/Contents <") + len(b"/Contents <")
    return range(start, signed.find(b">", start))


def test_any_changed_byte_makes_it_invalid(signed: bytes, ring: KeyRing) -> None:
    for at in range(40, len(signed), len(signed) // 60):
        if at not in container(signed):
            assert not check_pdf(changed(signed, at), ring=ring).valid, at


def test_a_changed_signature_is_no_signature(signed: bytes, ring: KeyRing) -> None:
    value = container(signed)[-512:]
    for at in value[::64]:
        digit = b"0" if signed[at : at + 1] != b"0" else b"1"
        assert not check_pdf(signed[:at] + digit + signed[at + 1 :], ring=ring).valid, at


def test_no_room_is_left_behind_the_signature(signed: bytes) -> None:
    stretch = container(signed)
    raw = bytes.fromhex(signed[stretch.start : stretch.stop].decode("ascii"))
    assert len(raw) == 4 + int.from_bytes(raw[2:4], "big")


def test_anything_appended_makes_it_invalid(signed: bytes, ring: KeyRing) -> None:
    assert not check_pdf(signed + b"\n% more", ring=ring).valid


def test_an_unsigned_page_and_a_foreign_file_are_unsigned(ring: KeyRing) -> None:
    assert not check_pdf(notice(), ring=ring).signed
    assert not check_pdf(b"nothing", ring=ring).signed


def test_a_signature_of_another_installation_is_not_trusted(signed: bytes, tmp_path: Path) -> None:
    report = check_pdf(signed, ring=KeyRing(tmp_path / "signing"))
    assert report.intact
    assert not report.trusted
    assert not report.valid


def test_keys_are_the_owners_alone(ring: KeyRing) -> None:
    assert stat.S_IMODE(ring.folder.stat().st_mode) == 0o700
    assert {file.name for file in ring.folder.iterdir()} == {
        f"{name}.{kind}" for name in ("root", "seal", "witness") for kind in ("key", "crt")
    }
    for file in ring.folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_seal_is_an_end_certificate_under_the_root(ring: KeyRing) -> None:
    seal, root = ring.seal().certificate, ring.root()
    seal.verify_directly_issued_by(root)
    assert seal.extensions.get_extension_for_class(x509.BasicConstraints).value.ca is False
    assert seal.extensions.get_extension_for_class(x509.KeyUsage).value.content_commitment


def _fingerprint(folder: Path) -> bytes:
    return KeyRing(folder).root().public_bytes(Encoding.DER)


def test_processes_that_start_at_once_agree_on_one_root(tmp_path: Path) -> None:
    with ProcessPoolExecutor(max_workers=3) as pool:
        roots = set(pool.map(_fingerprint, [tmp_path / "signing"] * 3))
    assert len(roots) == 1
    assert [entry.name for entry in tmp_path.iterdir()] == ["signing"]


def test_a_witnessed_statement_cannot_be_reworded() -> None:
    signature = countersign("position 12 root ab12")
    assert witnessed("position 12 root ab12", signature)
    assert not witnessed("position 13 root ab12", signature)
    assert not witnessed("position 12 root ab12", "AAAA")
    assert not witnessed("position 12 root ab12", "not base64")


@pytest.fixture(scope="module")
def reader(ring: KeyRing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The certificate store of an independent reader that trusts our root and nothing else."""
    missing = [program for program in ("pdfsig", "certutil") if shutil.which(program) is None]
    if missing:
        how = (
            "运行 ./yizheng test" if os.geteuid() == 0 else "请管理员安装 Debian 软件包 poppler-utils 和 libnss3-tools"
        )
        pytest.fail(f"缺少 {'、'.join(missing)}，无法由独立程序核验签名；{how}")
    store = tmp_path_factory.mktemp("nss")
    subprocess.run(["certutil", "-N", "-d", f"sql:{store}", "--empty-password"], check=True, capture_output=True)
    add = ["certutil", "-A", "-d", f"sql:{store}", "-n", "yizheng", "-t", "CT,C,C", "-i", str(ring.root_file)]
    subprocess.run(add, check=True, capture_output=True)
    return store


def pdfsig(store: Path, content: bytes) -> str:
    file = store / "page.pdf"
    file.write_bytes(content)
    done = subprocess.run(["pdfsig", "-nssdir", f"sql:{store}", str(file)], capture_output=True, text=True, check=False)
    return done.stdout


def test_an_independent_reader_calls_it_valid_and_trusted(signed: bytes, reader: Path) -> None:
    said = pdfsig(reader, signed)
    assert "Signature is Valid" in said
    assert "Certificate is Trusted" in said
    assert "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_an_independent_reader_calls_a_changed_byte_invalid(signed: bytes, reader: Path) -> None:
    inside = container(signed)
    for at in (20, len(signed) // 3, inside.start // 2, inside.start + 2000, inside.stop - 40, len(signed) - 60):
        said = pdfsig(reader, changed(signed, at))
        assert not ("Signature is Valid" in said and "Certificate is Trusted" in said), at


def test_signing_appends_and_leaves_the_page_as_it_was_set(ring: KeyRing) -> None:
    page = notice()
    assert sign_pdf(page, issuer=ISSUER, reason="签发", ring=ring).startswith(page)
