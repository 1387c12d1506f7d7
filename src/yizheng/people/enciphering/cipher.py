"""AES-256-GCM and keyed digests, the only two constructions the vault uses. Pure: keys in, bytes out."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
_KEY = 32
_BLOCK = 64


class Undecipherable(Exception):
    """The ciphertext was not made with this key for this place: a wrong master key, or bytes moved or changed."""


def new_key() -> bytes:
    """A fresh 256-bit key."""
    return secrets.token_bytes(_KEY)


def encipher(key: bytes, plain: bytes, place: str) -> bytes:
    """Nonce and ciphertext; ``place`` is bound in, so it cannot be read as something else elsewhere."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plain, place.encode())


def encipher_many(keys: Iterable[bytes], plains: Sequence[bytes], places: Iterable[str]) -> list[bytes]:
    """As ``encipher`` for each; nonces are drawn at once, and a key that follows itself is set up once."""
    nonces = secrets.token_bytes(_NONCE * len(plains))
    sealed, at, last, sealer = [], 0, None, None
    for key, plain, place in zip(keys, plains, places, strict=False):
        if sealer is None or key is not last:
            last, sealer = key, AESGCM(key)
        nonce = nonces[at : at + _NONCE]
        sealed.append(nonce + sealer.encrypt(nonce, plain, place.encode()))
        at += _NONCE
    return sealed


def new_keys(count: int) -> list[bytes]:
    """As many fresh keys, drawn at once."""
    drawn = secrets.token_bytes(_KEY * count)
    return [drawn[at : at + _KEY] for at in range(0, len(drawn), _KEY)]


def decipher(key: bytes, sealed: bytes, place: str) -> bytes:
    """What ``encipher`` was given; raises Undecipherable."""
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
    except (InvalidTag, ValueError) as error:
        raise Undecipherable(f"cannot decipher {place}") from error


def digest(key: bytes, text: str, size: int = 16) -> bytes:
    """A keyed digest cut to ``size`` bytes: equal texts meet, nothing else can be asked of it."""
    return hmac.digest(key, text.encode(), hashlib.sha256)[:size]


def digests(key: bytes, texts: Iterable[str], size: int = 16) -> list[bytes]:
    """As ``digest`` for each; what HMAC hashes of the key (RFC 2104) is hashed once and gone on from."""
    padded = key.ljust(_BLOCK, b"\0")
    inner, outer = (hashlib.sha256(bytes(byte ^ pad for byte in padded)) for pad in (0x36, 0x5C))
    found = []
    for text in texts:
        within, around = inner.copy(), outer.copy()
        within.update(text.encode())
        around.update(within.digest())
        found.append(around.digest()[:size])
    return found
