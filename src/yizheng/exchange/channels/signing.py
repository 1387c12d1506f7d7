"""Signatures of calls, behind one interface: which algorithm and where the key lies is up to the provider (Ed25519 here).

Signed is what a call is: its sender, address, time, a number used once, and the SHA-256 of its body. A provider of national
algorithms (SM2 with SM3) or one whose key lies in a hardware module takes the place of ``OwnKey`` without another change.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

VALID_FOR = timedelta(minutes=5)
SENDER, TIME, NONCE, SIGNATURE = "X-Exchange-Sender", "X-Exchange-Time", "X-Exchange-Nonce", "X-Exchange-Signature"


class Provider(Protocol):
    """Signs with a key that stays where it is."""

    name: str

    def sign(self, content: bytes) -> bytes:
        """The signature."""


class OwnKey:
    """A provider whose key lies in the folder of secrets."""

    name = "Ed25519"

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def sign(self, content: bytes) -> bytes:
        """RFC 8032."""
        return self._key.sign(content)


class NotSigned(Exception):
    """A call that carries no signature of its sender, or an old one; the message is Chinese."""


def signed_headers(
    provider: Provider, sender: str, path: str, body: bytes, *, at: datetime, nonce: str
) -> dict[str, str]:
    """The headers that prove who calls."""
    moment = at.isoformat()
    signature = provider.sign(_content(sender, path, moment, nonce, body))
    return {SENDER: sender, TIME: moment, NONCE: nonce, SIGNATURE: base64.b64encode(signature).decode()}


def verify(headers: Mapping[str, str], path: str, body: bytes, key: Ed25519PublicKey, *, now: datetime) -> None:
    """Raises NotSigned unless the call was signed with the key within the last minutes."""
    try:
        moment = datetime.fromisoformat(headers[TIME])
        signature = base64.b64decode(headers[SIGNATURE], validate=True)
        content = _content(headers[SENDER], path, headers[TIME], headers[NONCE], body)
        fresh = abs(now - moment) <= VALID_FOR
        key.verify(signature, content)
    except (KeyError, ValueError, TypeError, InvalidSignature) as fault:
        raise NotSigned("签名无效") from fault
    if not fresh:
        raise NotSigned("签名时间与本机时间相差超过五分钟")


def _content(sender: str, path: str, moment: str, nonce: str, body: bytes) -> bytes:
    return "\n".join((sender, path, moment, nonce, hashlib.sha256(body).hexdigest())).encode()
