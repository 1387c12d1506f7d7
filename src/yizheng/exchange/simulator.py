"""A simulated counterpart: another authority with keys of its own, for the demonstration city and for tests.

It stands on the other side of ``sealing`` with nothing but what a real partner has: its private keys and the public halves
of the platform's.
"""

from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from django.conf import settings
from django.utils import timezone

from yizheng.documents.signing.key_files import public_pem
from yizheng.exchange.keys import opening_key, own_keys, signing_key
from yizheng.exchange.models import Partner
from yizheng.exchange.sealing import Manifest, Opened, pack, unpack


@dataclass
class Counterpart:
    """A partner of the platform with its private keys."""

    code: str = "military-health"
    name: str = "军队卫生部门"
    signing: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    opening: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)
    made_at: datetime = field(default_factory=timezone.now)

    def known_to(self, authority_scope: int) -> Partner:
        """Let the platform trust it, as two administrators would."""
        return Partner.objects.create(
            code=self.code,
            name=self.name,
            signing_key=public_pem(self.signing.public_key()),
            opening_key=public_pem(self.opening.public_key()),
            authority_scope=authority_scope,
        )

    def sends(
        self, kind: str, name: str, rows: int, content: bytes, *, serial: int = 1, reply_to: int | None = None
    ) -> bytes:
        """A package for the platform."""
        return pack(
            Manifest(self.code, settings.EXCHANGE_CODE, serial, kind, self.made_at, reply_to),
            {name: (rows, content)},
            signing_key=self.signing,
            receiver_key=opening_key(own_keys().public[1]),
        )

    def opens(self, content: bytes) -> Opened:
        """A package of the platform, opened."""
        return unpack(content, sender_key=signing_key(own_keys().public[0]), opening_key=self.opening)
