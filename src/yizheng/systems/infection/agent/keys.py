"""The keys of a hospital's system, and opening what the city gave back to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from yizheng.documents.signing import key_files
from yizheng.exchange.keys import signing_key
from yizheng.exchange.sealing import unpack

_SIGN, _OPEN = "sign.key", "open.key"


@dataclass(frozen=True, slots=True)
class Keys:
    """The private keys of the system; they stay on this machine."""

    signing: Ed25519PrivateKey
    opening: X25519PrivateKey

    @property
    def public(self) -> tuple[str, str]:
        """What is entered on the page 医院系统: to check signatures with, to seal for."""
        return key_files.public_pem(self.signing.public_key()), key_files.public_pem(self.opening.public_key())


def keys_in(folder: Path) -> Keys:
    """The keys in the folder of the agent, made at first use."""
    kept = folder / "keys"
    key_files.ensure(kept, _make)
    signing, opening = (
        serialization.load_pem_private_key((kept / name).read_bytes(), password=None) for name in (_SIGN, _OPEN)
    )
    return Keys(cast("Ed25519PrivateKey", signing), cast("X25519PrivateKey", opening))


def _make(folder: Path) -> None:
    key_files.write_private(folder / _SIGN, Ed25519PrivateKey.generate())
    key_files.write_private(folder / _OPEN, X25519PrivateKey.generate())


def opened(sealed: bytes, keys: Keys, platform_key: str) -> Mapping[str, bytes]:
    """The packages inside what was given back, signature and hashes checked. Raises UnfitPackage, UnreadableKey."""
    return unpack(sealed, sender_key=signing_key(platform_key), opening_key=keys.opening).files
