"""Packages (交换包): files for one receiver, signed by one sender, with a manifest that says what is inside.

A package is a zip of three members: ``manifest.json``, its signature ``manifest.sig`` (Ed25519, RFC 8032, or SM2), and
``payload.bin``, the files as a zip, enciphered for the receiver with HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM)
and bound to the manifest. Nothing of the files can be read on the way, and nothing of the package changed.
"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from io import BytesIO
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from yizheng.exchange.national import Sm2PublicKey
from yizheng.kernel.archives import ArchiveFault, BadArchive, Limits, open_archive

SCHEMA = 1
MANIFEST, SIGNATURE, PAYLOAD = "manifest.json", "manifest.sig", "payload.bin"
MOST_BYTES = 64 * 1024 * 1024
_MOST_MANIFEST = 1024 * 1024
_LIMITS = Limits(members=200, unpacked=MOST_BYTES)
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class Signing(Protocol):
    """What a manifest is signed with."""

    def sign(self, data: bytes, /) -> bytes:
        """The signature."""


class UnfitPackage(ValueError):
    """A package that cannot be opened or trusted; ``code`` names the fault, the message says it in Chinese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a package says of itself, readable on the way and signed."""

    sender: str
    receiver: str
    serial: int
    """Counted by the sender for each receiver, without gaps."""
    kind: str
    made_at: datetime
    reply_to: int | None = None
    """The serial of the receiver's package that this one answers."""
    files: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """By name: ``rows`` and the SHA-256 of the plain content."""

    def to_json(self) -> bytes:
        """The bytes that are signed."""
        said = {**asdict(self), "schema": SCHEMA, "made_at": self.made_at.isoformat()}
        return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


@dataclass(frozen=True, slots=True)
class Opened:
    """A package opened and found true."""

    manifest: Manifest
    files: Mapping[str, bytes]


def pack(
    manifest: Manifest, files: Mapping[str, tuple[int, bytes]], *, signing_key: Signing, receiver_key: X25519PublicKey
) -> bytes:
    """Seal files (name: rows and content) for the receiver; the manifest's ``files`` are filled in here."""
    about = {
        name: {"rows": rows, "sha256": hashlib.sha256(content).hexdigest()} for name, (rows, content) in files.items()
    }
    said = replace(manifest, files=about).to_json()
    plain = BytesIO()
    with zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as inner:
        for name, (_, content) in sorted(files.items()):
            inner.writestr(name, content)
    sealed = BytesIO()
    with zipfile.ZipFile(sealed, "w", zipfile.ZIP_STORED) as outer:
        outer.writestr(MANIFEST, said)
        outer.writestr(SIGNATURE, signing_key.sign(said))
        outer.writestr(PAYLOAD, _SUITE.encrypt(plain.getvalue(), receiver_key, info=_bound(said)))
    return sealed.getvalue()


def read_manifest(content: bytes) -> tuple[Manifest, bytes]:
    """What a package says of itself and the bytes that were signed; nothing is checked yet. Raises UnfitPackage."""
    members = _members(content)
    said = members[MANIFEST]
    try:
        values = json.loads(said)
        if values["schema"] != SCHEMA:
            raise UnfitPackage(
                "schema", f"交换包的版式是 {values['schema']}，本平台只认版式 {SCHEMA}；请对方按约定版式重发"
            )
        made = datetime.fromisoformat(values["made_at"])
        serial, reply = int(values["serial"]), values["reply_to"]
        files = {str(name): dict(about) for name, about in values["files"].items()}
        manifest = Manifest(
            str(values["sender"]), str(values["receiver"]), serial, str(values["kind"]), made,
            None if reply is None else int(reply), files,
        )  # fmt: skip
    except UnfitPackage:
        raise
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UnfitPackage("manifest", "交换包的清单缺项或者格式不对，请对方重新制作") from fault
    return manifest, said


def unpack(content: bytes, *, sender_key: Ed25519PublicKey | Sm2PublicKey, opening_key: X25519PrivateKey) -> Opened:
    """Open a package: signature, seal, digests and row names, in this order. Raises UnfitPackage."""
    manifest, said = read_manifest(content)
    members = _members(content)
    try:
        sender_key.verify(members[SIGNATURE], said)
    except InvalidSignature as fault:
        raise UnfitPackage("signature", "签名不是对方登记的密钥所签，或者清单被改动；不要使用，并告知对方") from fault
    try:
        plain = _SUITE.decrypt(members[PAYLOAD], opening_key, info=_bound(said))
    except (InvalidTag, ValueError) as fault:
        raise UnfitPackage("seal", "内容不是为本平台的密钥加密的，或者被改动；请对方核对公钥后重发") from fault
    return Opened(manifest, _files(plain, manifest))


def _bound(said: bytes) -> bytes:
    """What ties the enciphered files to this manifest and to no other."""
    return b"yizheng-exchange-1:" + hashlib.sha256(said).digest()


def _members(content: bytes) -> dict[str, bytes]:
    if len(content) > MOST_BYTES:
        raise UnfitPackage("too_large", f"交换包超过 {MOST_BYTES // 1024 // 1024} MB，请对方分批发送")
    try:
        with open_archive(content, _LIMITS) as outer:
            if set(outer.members) != {MANIFEST, SIGNATURE, PAYLOAD}:
                raise UnfitPackage("members", "不是交换包：应有且只有 manifest.json、manifest.sig、payload.bin")
            if outer.size(MANIFEST) > _MOST_MANIFEST:
                raise _too_large()
            return {name: outer.read(name) for name in outer.members}
    except BadArchive as bad:
        if bad.fault is ArchiveFault.BOMB:
            raise _too_large() from bad
        raise UnfitPackage("damaged", "不是交换包，或者在传送中损坏、截断；请重新取得文件") from bad


def _too_large() -> UnfitPackage:
    return UnfitPackage("too_large", "交换包的内容超过约定的大小，请对方核对")


def _files(plain: bytes, manifest: Manifest) -> dict[str, bytes]:
    try:
        with open_archive(plain, _LIMITS) as inner:
            files = {name: inner.read(name) for name in inner.members}
    except BadArchive as bad:
        if bad.fault is ArchiveFault.BOMB:
            raise _too_large() from bad
        raise UnfitPackage("damaged", "交换包的内容损坏，请对方重新制作") from bad
    if set(files) != set(manifest.files):
        raise UnfitPackage("files", "交换包里的文件与清单不一致，请对方核对")
    for name, content in files.items():
        if hashlib.sha256(content).hexdigest() != manifest.files[name].get("sha256"):
            raise UnfitPackage("digest", f"文件“{name}”与清单的摘要不一致，请对方重新制作")
    return files
