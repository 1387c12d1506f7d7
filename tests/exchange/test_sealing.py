"""A package is read by its receiver alone, and any change to it shows."""

import json
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from yizheng.exchange.sealing import MANIFEST, PAYLOAD, SIGNATURE, Manifest, UnfitPackage, pack, read_manifest, unpack

SIGNING, OPENING = Ed25519PrivateKey.generate(), X25519PrivateKey.generate()
SAID = Manifest("a", "b", 7, "military", datetime(2026, 11, 2, tzinfo=UTC))
ROWS = "姓名,证件号码\n林知夏,110108199003280328\n".encode()
PACKAGE = pack(SAID, {"military.csv": (1, ROWS)}, signing_key=SIGNING, receiver_key=OPENING.public_key())


def opened(content: bytes) -> object:
    return unpack(content, sender_key=SIGNING.public_key(), opening_key=OPENING)


def altered(name: str, content: bytes | None) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(PACKAGE)) as old, zipfile.ZipFile(stream, "w") as new:
        for each in (MANIFEST, SIGNATURE, PAYLOAD):
            kept = content if each == name else old.read(each)
            if kept is not None:
                new.writestr(each, kept)
    return stream.getvalue()


def code_of(content: bytes) -> str:
    with pytest.raises(UnfitPackage) as refused:
        opened(content)
    assert str(refused.value)
    return refused.value.code


def test_what_was_packed_comes_out_and_nothing_of_it_can_be_read_on_the_way() -> None:
    out = unpack(PACKAGE, sender_key=SIGNING.public_key(), opening_key=OPENING)
    assert out.files == {"military.csv": ROWS}
    assert (out.manifest.serial, out.manifest.files["military.csv"]["rows"]) == (7, 1)
    assert "林知夏".encode() not in PACKAGE
    assert b"110108" not in PACKAGE


def test_a_changed_manifest_breaks_the_signature() -> None:
    said = json.loads(zipfile.ZipFile(BytesIO(PACKAGE)).read(MANIFEST))
    assert code_of(altered(MANIFEST, json.dumps({**said, "serial": 8}).encode())) == "signature"


def test_another_signer_is_not_believed() -> None:
    with pytest.raises(UnfitPackage) as refused:
        unpack(PACKAGE, sender_key=Ed25519PrivateKey.generate().public_key(), opening_key=OPENING)
    assert refused.value.code == "signature"


def test_another_receiver_cannot_open_it() -> None:
    with pytest.raises(UnfitPackage) as refused:
        unpack(PACKAGE, sender_key=SIGNING.public_key(), opening_key=X25519PrivateKey.generate())
    assert refused.value.code == "seal"


def test_the_payload_of_another_package_does_not_fit_the_manifest() -> None:
    other = pack(SAID, {"military.csv": (2, ROWS)}, signing_key=SIGNING, receiver_key=OPENING.public_key())
    assert code_of(altered(PAYLOAD, zipfile.ZipFile(BytesIO(other)).read(PAYLOAD))) == "seal"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "damaged"),
        (b"MZ not a package", "damaged"),
        (PACKAGE[: len(PACKAGE) // 2], "damaged"),
        (altered(SIGNATURE, None), "members"),
        (altered(MANIFEST, b"{}"), "manifest"),
        (altered(MANIFEST, b"\xff\xfe"), "manifest"),
        (altered(MANIFEST, b'{"schema": 9}'), "schema"),
    ],
)
def test_a_bad_file_is_refused_in_words(content: bytes, code: str) -> None:
    assert code_of(content) == code


@given(st.integers(0, len(PACKAGE) - 1), st.integers(1, 255))
def test_no_changed_byte_goes_unnoticed_or_changes_what_comes_out(at: int, by: int) -> None:
    content = bytearray(PACKAGE)
    content[at] ^= by
    try:
        found = unpack(bytes(content), sender_key=SIGNING.public_key(), opening_key=OPENING)
    except UnfitPackage:
        return
    assert found.files == {"military.csv": ROWS}


def test_the_manifest_can_be_read_by_whoever_carries_it() -> None:
    manifest, _ = read_manifest(PACKAGE)
    assert (manifest.sender, manifest.receiver, manifest.kind) == ("a", "b", "military")
