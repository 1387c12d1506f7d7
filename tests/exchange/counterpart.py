"""The other side of an exchange: its own keys, packages it makes, packages it opens."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings

from yizheng.exchange.keys import opening_key, own_keys, signing_key
from yizheng.exchange.models import Partner
from yizheng.exchange.sealing import Manifest, Opened, pack, unpack

MADE = datetime(2026, 11, 2, 1, 30, tzinfo=UTC)


def pem(key: Ed25519PrivateKey | X25519PrivateKey) -> str:
    """The public half."""
    return (
        key.public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


@dataclass
class Counterpart:
    """A partner of the platform with its private keys."""

    code: str = "military-health"
    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    opening: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    def known_to(self, authority_scope: int) -> Partner:
        """The platform trusts it."""
        return Partner.objects.create(
            code=self.code, name="军队卫生部门", signing_key=pem(self.signing), opening_key=pem(self.opening),
            authority_scope=authority_scope,
        )  # fmt: skip

    def sends(
        self, kind: str, name: str, rows: int, content: bytes, *, serial: int = 1, reply_to: int | None = None
    ) -> bytes:
        """A package for the platform."""
        return pack(
            Manifest(self.code, settings.EXCHANGE_CODE, serial, kind, MADE, reply_to),
            {name: (rows, content)},
            signing_key=self.signing,
            receiver_key=opening_key(own_keys().public[1]),
        )

    def opens(self, content: bytes) -> Opened:
        """A package of the platform, opened."""
        return unpack(content, sender_key=signing_key(own_keys().public[0]), opening_key=self.opening)
