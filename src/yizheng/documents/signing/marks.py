"""Ed25519 keys for QR codes: one signs, all verify, so that a rotated key does not void what was printed under it.

They are other keys than the seal's, because a QR code has room for 64 bytes of signature and not for 384.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from yizheng.documents.signing import key_files

_IDENTITY_BYTES = 4
_CURRENT = "current"


@dataclass(frozen=True)
class MarkKey:
    """A private key and the four bytes that name it in a payload."""

    key: Ed25519PrivateKey
    identity: bytes


@dataclass(frozen=True)
class MarkKeys:
    """The keys in `folder`; the first is made on first use."""

    folder: Path

    def current(self) -> MarkKey:
        """The key that signs now."""
        self.ensure()
        return _private(self.folder, (self.folder / _CURRENT).read_text("ascii").strip())

    def verifies(self, identity: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the key of this identity, present or former, signed the message."""
        self.ensure()
        path = self.folder / f"{identity.hex()}.pub"
        if not path.is_file():
            return False
        try:
            _public(path).verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def public(self) -> dict[str, bytes]:
        """The raw public keys, present and former, by the name a payload carries."""
        self.ensure()
        return {
            path.stem: _public(path).public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
            for path in sorted(self.folder.glob("*.pub"))
        }

    def ensure(self) -> None:
        """Make the first key unless there is one. Safe to call from several processes at once."""
        key_files.ensure(self.folder, _add_key)

    def rotate(self) -> str:
        """Sign with a new key from now on and return its name; codes printed before stay genuine."""
        self.ensure()
        _add_key(self.folder)
        return self.current().identity.hex()


def mark_keys() -> MarkKeys:
    """The keys of this installation, below its secrets."""
    return MarkKeys(Path(settings.SECRETS_DIR) / "marks")


def _add_key(folder: Path) -> None:
    key = Ed25519PrivateKey.generate()
    raw = key.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    name = hashlib.sha256(raw).digest()[:_IDENTITY_BYTES].hex()
    key_files.write_private(folder / f"{name}.key", key)
    key_files.write(folder / f"{name}.pub", key_files.public_pem(key.public_key()).encode("ascii"))
    key_files.write(folder / _CURRENT, name.encode("ascii"))


@lru_cache(maxsize=8)
def _private(folder: Path, name: str) -> MarkKey:
    key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{name}.key is not an Ed25519 key")
    return MarkKey(key, bytes.fromhex(name))


@lru_cache(maxsize=64)
def _public(path: Path) -> Ed25519PublicKey:
    key = serialization.load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError(f"{path.name} is not an Ed25519 key")
    return key
