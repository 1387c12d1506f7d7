"""AES-256-GCM and keyed digests, the only two constructions the vault uses. Pure: keys in, bytes out."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12


class Undecipherable(Exception):
    """The ciphertext was not made with this key for this place: a wrong master key, or bytes moved or changed."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return secrets.token_bytes(32)


def encipher(key: bytes, plain: bytes, place: str) -> bytes:
    """Nonce and ciphertext; ``place`` is bound in, so it cannot be read as something else elsewhere."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def decipher(key: bytes, sealed: bytes, place: str) -> bytes:
    """What ``encipher`` was given; raises Undecipherable."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise Undecipherable(f"cannot decipher {place}") from error


def digest(key: bytes, text: str, size: int = 16) -> bytes:
    """A keyed digest cut to ``size`` bytes: equal texts meet, nothing else can be asked of it."""
    return hmac.digest(key, text.encode(), hashlib.sha256)[:size]
