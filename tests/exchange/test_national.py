"""SM2 with SM3: the system's OpenSSL verifies what we sign and signs what we verify; nothing else is believed."""

import secrets
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from django.utils import timezone

from tests.exchange.test_sealing import OPENING, ROWS, SAID
from yizheng.documents.signing.key_files import public_pem
from yizheng.exchange.channels.signing import NotSigned, OwnKey, provider_for, signed_headers, verify
from yizheng.exchange.keys import UnreadableKey, own_keys, signing_key
from yizheng.exchange.national import Sm2Key, Sm2PublicKey, read_public, sm3
from yizheng.exchange.partners import fingerprint
from yizheng.exchange.sealing import UnfitPackage, pack, unpack

OURS = Sm2Key.generate()
IDENTITY = ("-pkeyopt", "distid:1234567812345678")


def openssl(*words: str | Path) -> bytes:
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """A private key made by OpenSSL."""
    path = tmp_path / "theirs.pem"
    openssl("genpkey", "-algorithm", "SM2", "-out", path)
    return path


def test_openssl_verifies_what_we_sign_with_the_key_as_we_write_it(tmp_path: Path) -> None:
    key, content, signature = (tmp_path / name for name in ("key.pem", "content", "signature"))
    key.write_text(OURS.public.pem())
    content.write_bytes("护士执业证书".encode())
    signature.write_bytes(OURS.sign(content.read_bytes()))
    said = openssl(
        "pkeyutl",
        "-verify",
        "-pubin",
        "-inkey",
        key,
        "-rawin",
        "-digest",
        "sm3",
        "-in",
        content,
        "-sigfile",
        signature,
        *IDENTITY,
    )
    assert b"Signature Verified Successfully" in said


def test_we_verify_what_openssl_signs_and_nothing_that_was_changed(tmp_path: Path, theirs: Path) -> None:
    content = tmp_path / "content"
    content.write_bytes(b"manifest")
    signature = openssl("pkeyutl", "-sign", "-inkey", theirs, "-rawin", "-digest", "sm3", "-in", content, *IDENTITY)
    key = signing_key(openssl("pkey", "-in", theirs, "-pubout").decode())
    assert isinstance(key, Sm2PublicKey)
    key.verify(signature, b"manifest")
    none = encode_dss_signature(0, 1)
    for told, said in ((signature, b"manifesto"), (signature[:-1], b"manifest"), (b"", b""), (none, b"manifest")):
        with pytest.raises(InvalidSignature):
            key.verify(told, said)


def test_a_digest_is_that_of_the_standard() -> None:
    assert sm3(b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_key_is_read_as_it_was_written_whatever_digits_it_begins_with() -> None:
    beginning = next(key for key in (Sm2Key(number) for number in range(1, 400)) if key.public.point[:1] in "04")
    read = read_public(beginning.public.pem())
    assert read == beginning.public
    assert read is not None
    read.verify(beginning.sign(b"x"), b"x")


def test_other_texts_are_no_such_key() -> None:
    for text in ("", "x", "国密", public_pem(own_keys().signing.public_key()), OURS.public.pem()[:80]):
        assert read_public(text) is None


def test_a_point_beside_the_curve_is_refused() -> None:
    beside = Sm2PublicKey(OURS.public.point[:-1] + ("0" if OURS.public.point[-1] != "0" else "1"))
    with pytest.raises(UnreadableKey, match="SM2"):
        signing_key(beside.pem())


def test_a_partner_is_called_and_believed_in_the_algorithm_of_its_key() -> None:
    provider = provider_for(OURS.public.pem())
    assert (provider.name, provider_for(public_pem(own_keys().signing.public_key())).name) == ("SM2", "Ed25519")
    headers = signed_headers(
        provider, "yizheng", "partner", "/messages", b"{}", at=timezone.now(), nonce=secrets.token_hex(4)
    )
    verify(headers, "partner", "/messages", b"{}", own_keys().national.public, now=timezone.now())
    for key in (OURS.public, own_keys().signing.public_key()):
        with pytest.raises(NotSigned):
            verify(headers, "partner", "/messages", b"{}", key, now=timezone.now())
    with pytest.raises(NotSigned, match="不是签给本方"):
        verify(headers, "another", "/messages", b"{}", own_keys().national.public, now=timezone.now())
    ordinary = signed_headers(OwnKey(own_keys().signing), "yizheng", "partner", "/m", b"", at=timezone.now(), nonce="1")
    with pytest.raises(NotSigned):
        verify(ordinary, "partner", "/m", b"", own_keys().national.public, now=timezone.now())


def test_a_package_of_an_sm2_partner_is_opened_and_one_of_another_key_is_not() -> None:
    content = pack(SAID, {"military.csv": (1, ROWS)}, signing_key=OURS, receiver_key=OPENING.public_key())
    assert unpack(content, sender_key=OURS.public, opening_key=OPENING).files["military.csv"] == ROWS
    with pytest.raises(UnfitPackage):
        unpack(content, sender_key=Sm2Key.generate().public, opening_key=OPENING)


def test_fingerprints_are_those_people_compare(tmp_path: Path) -> None:
    assert len(fingerprint(OURS.public.pem()).split()) == 4


def test_an_installation_that_exchanged_before_keeps_its_keys_and_gets_one_of_this_kind(
    tmp_path: Path, settings: Any
) -> None:
    settings.SECRETS_DIR = tmp_path
    first = own_keys()
    shutil.rmtree(tmp_path / "exchange-sm2")
    again = own_keys()
    assert again.public == first.public
    assert again.national != first.national
    assert own_keys().national == again.national
