"""The own exchange keys of the platform: one to sign with, one to open what is sealed for it; made at first use.

The public halves are given to the partners on paper or in person; the private halves stay in the folder of secrets,
readable by the owner alone.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings

_SIGN, _OPEN = "sign.key", "open.key"


class UnreadableKey(ValueError):
    """A text that is no public key of the kind asked for; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The private keys of this platform."""

    signing: Ed25519PrivateKey
    opening: X25519PrivateKey

    @property
    def public(self) -> tuple[str, str]:
        """The public halves as PEM: of the signing key and of the opening key."""
        return _public(self.signing.public_key()), _public(self.opening.public_key())


def own_keys() -> OwnKeys:
    """The keys of this installation. Two processes that begin at once use the same."""
    folder = Path(settings.SECRETS_DIR) / "exchange"
    if not folder.is_dir():
        _make(folder)
    return OwnKeys(
        cast("Ed25519PrivateKey", _private(folder / _SIGN)), cast("X25519PrivateKey", _private(folder / _OPEN))
    )


def signing_key(pem: str) -> Ed25519PublicKey:
    """A partner's public key to check signatures with. Raises UnreadableKey."""
    key = _read(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise UnreadableKey("签名公钥须是 Ed25519 公钥（PEM 文本，以 BEGIN PUBLIC KEY 开头）")
    return key


def opening_key(pem: str) -> X25519PublicKey:
    """A partner's public key to seal packages for. Raises UnreadableKey."""
    key = _read(pem)
    if not isinstance(key, X25519PublicKey):
        raise UnreadableKey("加密公钥须是 X25519 公钥（PEM 文本，以 BEGIN PUBLIC KEY 开头）")
    return key


def _read(pem: str) -> object:
    try:
        return serialization.load_pem_public_key(pem.strip().encode())
    except (ValueError, UnicodeEncodeError):
        return None


def _private(path: Path) -> object:
    return serialization.load_pem_private_key(path.read_bytes(), password=None)


def _public(key: Ed25519PublicKey | X25519PublicKey) -> str:
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def _make(folder: Path) -> None:
    """Write both keys into a folder that gets its name last: a crash leaves none, and of two at once one wins."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".exchange-", dir=folder.parent))
    try:
        for name, key in ((_SIGN, Ed25519PrivateKey.generate()), (_OPEN, X25519PrivateKey.generate())):
            _write(draft / name, key)
        draft.rename(folder)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        if not folder.is_dir():
            raise


def _write(path: Path, key: Ed25519PrivateKey | X25519PrivateKey) -> None:
    content = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
