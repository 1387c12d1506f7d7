"""Signatures of calls, behind one interface: which algorithm and where the key lies is up to the provider.

Signed is what a call is: its sender, whom it is for, address, time, a number used once, and the digest of its body. A partner is called and
believed in the algorithms of its own key: Ed25519 with SHA-256, or SM2 with SM3. A provider whose key lies in a hardware module
takes the place of ``OwnKey`` without another change.
"""

import base64
import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from yizheng.exchange.keys import own_keys
from yizheng.exchange.national import Sm2PublicKey, read_public, sm3

VALID_FOR = timedelta(minutes=5)
SENDER, RECEIVER, SIGNATURE = "X-Exchange-Sender", "X-Exchange-Receiver", "X-Exchange-Signature"
TIME, NONCE = "X-Exchange-Time", "X-Exchange-Nonce"


class Provider(Protocol):
    """Signs with a key that stays where it is."""

    name: str

    def sign(self, content: bytes) -> bytes:
        """The signature."""

    def digest(self, body: bytes) -> str:
        """The digest of a body, in hexadecimal, that goes with the signature."""


class OwnKey:
    """A provider whose key lies in the folder of secrets."""

    name = "Ed25519"

    def digest(self, body: bytes) -> str:
        """SHA-256."""
        return hashlib.sha256(body).hexdigest()

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key

    def sign(self, content: bytes) -> bytes:
        """RFC 8032."""
        return self._key.sign(content)


def provider_for(partner_key: str) -> Provider:
    """Our provider for a partner with this public key: of national algorithms where the partner's is one."""
    own = own_keys()
    return own.national if read_public(partner_key) else OwnKey(own.signing)


class NotSigned(Exception):
    """A call that carries no signature of its sender, or an old one; the message is Chinese."""


def signed_headers(
    provider: Provider, sender: str, receiver: str, path: str, body: bytes, *, at: datetime, nonce: str
) -> dict[str, str]:
    """The headers that prove who calls."""
    moment = at.isoformat()
    signature = base64.b64encode(provider.sign(_content(sender, receiver, path, moment, nonce, provider.digest(body))))
    return {SENDER: sender, RECEIVER: receiver, TIME: moment, NONCE: nonce, SIGNATURE: signature.decode()}


def verify(
    headers: Mapping[str, str], receiver: str, path: str, body: bytes, key: Ed25519PublicKey | Sm2PublicKey,
    *, now: datetime,
) -> None:  # fmt: skip
    """Raises NotSigned unless the call was signed for this receiver with the key within the last minutes."""
    try:
        moment = datetime.fromisoformat(headers[TIME])
        signature = base64.b64decode(headers[SIGNATURE], validate=True)
        digest = sm3(body) if isinstance(key, Sm2PublicKey) else hashlib.sha256(body).hexdigest()
        content = _content(headers[SENDER], receiver, path, headers[TIME], headers[NONCE], digest)
        fresh = abs(now - moment) <= VALID_FOR
        key.verify(signature, content)
    except (KeyError, ValueError, TypeError, InvalidSignature) as fault:
        raise NotSigned("签名无效，或者不是签给本方的") from fault
    if not fresh:
        raise NotSigned("签名时间与本机时间相差超过五分钟")


def _content(sender: str, receiver: str, path: str, moment: str, nonce: str, digest: str) -> bytes:
    return "\n".join((sender, receiver, path, moment, nonce, digest)).encode()
