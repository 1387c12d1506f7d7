"""证照状态名单: which certificates no longer hold, signed once a day, so that a QR code can be checked without a network.

A certificate is named by 48 bits of the digest of its random code: who holds the certificate finds it in the list, who
holds the list finds nobody (国务院关于在线政务服务的若干规定第九条、第十条；电子签名法第十三条). What is genuine and not in the list was in
force when the list was signed. The list is a compact JWS (RFC 7515, EdDSA) by the key that signs QR codes.
"""

import hashlib
import json
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.http import urlsafe_base64_encode

from yizheng.documents import codes
from yizheng.documents.attachments import store, store_bytes
from yizheng.documents.models import Certificate, Status, StatusList
from yizheng.documents.paper.qr import decoded
from yizheng.documents.signing.marks import MarkKeys, mark_keys
from yizheng.registry.models import Seal

NAME_BYTES = 6
MEDIA_TYPE = "application/jose"
_CHUNK = 20_000


class NotOurs(ValueError):
    """The text is no list signed by one of our keys."""


def sign_today() -> StatusList:
    """The list of today, signed now; a second call of a day gives the first one's row."""
    today = timezone.localdate()
    with transaction.atomic():
        kept = StatusList.objects.filter(pk=today).first()
        if kept is not None:
            return kept
        revoked, superseded = _names(Status.REVOKED), _names(Status.SUPERSEDED)
        text = _signed(_contents(today, revoked, superseded), keys := mark_keys())
        row = StatusList(
            day=today,
            digest=store_bytes(text.encode("ascii")),
            size=len(text),
            key=keys.current().identity.hex(),
            entries=(len(revoked) + len(superseded)) // NAME_BYTES,
        )
        StatusList.objects.bulk_create([row], ignore_conflicts=True)
        return StatusList.objects.get(pk=today)


def newest() -> StatusList | None:
    """The newest list there is."""
    return StatusList.objects.first()


def text_of(row: StatusList) -> bytes:
    """The signed list as it was published. Raises MissingFile."""
    return store().read(row.digest)


def read(text: str, keys: MarkKeys | None = None) -> dict[str, Any]:
    """What a signed list says, once its signature was checked. Raises NotOurs."""
    try:
        head, body, signature = text.split(".")
        protected = json.loads(decoded(head))
        fits = (keys or mark_keys()).verifies(
            bytes.fromhex(protected["kid"]), f"{head}.{body}".encode("ascii"), decoded(signature)
        )
        if not fits or protected["alg"] != "EdDSA":
            raise NotOurs("not signed by us")
        return dict(json.loads(decoded(body)))
    except (ValueError, KeyError, TypeError):
        raise NotOurs("unreadable") from None


def name_of(code: str) -> bytes:
    """By what a certificate stands in the list: the beginning of the digest of its code's sixteen bytes."""
    return hashlib.sha256(codes.to_bytes(code)).digest()[:NAME_BYTES]


def public_keys() -> dict[str, Any]:
    """The keys that signed codes and lists, present and former, as a JSON Web Key Set (RFC 7517)."""
    current = mark_keys().current().identity.hex()
    return {
        "keys": [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "alg": "EdDSA",
                "use": "sig",
                "kid": identity,
                "x": urlsafe_base64_encode(raw),
                "status": "current" if identity == current else "former",
            }
            for identity, raw in mark_keys().public().items()
        ]
    }


def _contents(day: date, revoked: bytes, superseded: bytes) -> dict[str, Any]:
    seal = Seal.objects.order_by("-number").first()
    return {
        "iss": settings.PUBLIC_BASE.rstrip("/"),
        "day": day.isoformat(),
        "signed_at": timezone.localtime().isoformat(timespec="seconds"),
        "next": (day + timedelta(days=1)).isoformat(),
        "seal": {"number": seal.number, "root": bytes(seal.root).hex()} if seal else None,
        "name_bytes": NAME_BYTES,
        "revoked": urlsafe_base64_encode(revoked),
        "superseded": urlsafe_base64_encode(superseded),
    }


def _names(status: Status) -> bytes:
    rows = Certificate.objects.all().filter(status=status).values_list("code", flat=True)
    return b"".join(sorted(map(name_of, rows.iterator(_CHUNK))))


def _signed(contents: dict[str, Any], keys: MarkKeys) -> str:
    return compact_jws("certificate-status+jws", contents, keys)


def compact_jws(kind: str, contents: dict[str, Any], keys: MarkKeys | None = None) -> str:
    """What is published, signed by the key that signs QR codes (RFC 7515, EdDSA)."""
    signer = (keys or mark_keys()).current()
    head = {"alg": "EdDSA", "kid": signer.identity.hex(), "typ": kind}
    said = f"{urlsafe_base64_encode(_text(head))}.{urlsafe_base64_encode(_text(contents))}"
    return f"{said}.{urlsafe_base64_encode(signer.key.sign(said.encode('ascii')))}"


def _text(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
