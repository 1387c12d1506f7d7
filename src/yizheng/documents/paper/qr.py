"""The QR code of a document: what it says, that we said it, and whether it still holds. No name and no number in it.

The payload is 108 bytes in base64url: form, class, key id, code, version, issue date, digest of the printed fields,
Ed25519 signature. Printed as an address, so that any phone opens the public check page; checked without the paper's
personal content.
"""

import base64
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.http import urlsafe_base64_encode

from yizheng.documents import codes
from yizheng.documents.models import Certificate, IssuedDocument
from yizheng.documents.signing.marks import MarkKey, MarkKeys, mark_keys
from yizheng.kernel.qr_codes import drawn

VERIFY_PATH = "/verify/"
_FORM = 1
_CERTIFICATE, _INSTRUMENT = 1, 2
_BODY = struct.Struct(f">BB4s{codes.CODE_BYTES}sHI16s")
_SIGNATURE_BYTES = 64


class Forged(ValueError):
    """The payload is none of ours: unreadable, of an unknown key, or its signature does not fit."""


@dataclass(frozen=True)
class Mark:
    """What a genuine payload says."""

    of_certificate: bool
    code: str
    version: int
    issued_on: date
    digest: str


def payload(document: IssuedDocument, keys: MarkKeys | None = None) -> str:
    """The signed payload of a document, in the letters of base64url."""
    return _signed(document, (keys or mark_keys()).current())


def _signed(document: IssuedDocument, signer: MarkKey) -> str:
    body = _BODY.pack(
        _FORM,
        _CERTIFICATE if isinstance(document, Certificate) else _INSTRUMENT,
        signer.identity,
        codes.to_bytes(document.code),
        document.edition,
        document.issued_on.toordinal(),
        bytes.fromhex(document.digest),
    )
    return urlsafe_base64_encode(body + signer.key.sign(body))


def read(text: str, keys: MarkKeys | None = None) -> Mark:
    """What a payload (or the address that carries it) says, once its signature has been checked. Raises Forged."""
    encoded = text.strip().rsplit("/", 1)[-1]
    try:
        raw = decoded(encoded)
    except ValueError:
        raise Forged("unreadable") from None
    if len(raw) != _BODY.size + _SIGNATURE_BYTES:
        raise Forged("wrong length")
    body, signature = raw[: _BODY.size], raw[_BODY.size :]
    form, kind, identity, code, version, day, digest = _BODY.unpack(body)
    if form != _FORM or not (keys or mark_keys()).verifies(identity, body, signature):
        raise Forged("not signed by us")
    return Mark(kind == _CERTIFICATE, codes.to_text(code), version, date.fromordinal(day), digest.hex())


def decoded(text: str) -> bytes:
    """The bytes of a text in base64url. Raises ValueError for any other letter."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def address(document: IssuedDocument) -> str:
    """The address the code is printed as: the public check page with the payload."""
    return addresses([document])[0]


def addresses(documents: Sequence[IssuedDocument]) -> list[str]:
    """The same of many, signed with the one key that signs now."""
    begins, signer = settings.PUBLIC_BASE.rstrip("/") + VERIFY_PATH, mark_keys().current()
    return [begins + _signed(document, signer) for document in documents]


def picture(text: str) -> bytes:
    """The code as SVG, without a quiet zone (the page leaves one)."""
    code = drawn(text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{code.side}" height="{code.side}" '
        f'viewBox="0 0 {code.side} {code.side}"><path stroke="#000" d="{code.path}"/></svg>'
    ).encode()
