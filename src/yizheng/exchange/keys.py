"""The own exchange keys of the platform: one to sign with in each algorithm, one to open what is sealed; made at first use.

The public halves are given to the partners on paper or in person; the private halves stay in the folder of secrets,
readable by the owner alone.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import cast

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings

from yizheng.documents.signing import key_files
from yizheng.exchange.national import Sm2Key, Sm2PublicKey, read_public, read_secret, write_secret

_SIGN, _OPEN, _NATIONAL = "sign.key", "open.key", "sign.key"


class UnreadableKey(ValueError):
    """A text that is no public key of the kind asked for; the message is Chinese."""


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """The private keys of this platform."""

    signing: Ed25519PrivateKey
    opening: X25519PrivateKey
    national: Sm2Key

    @property
    def public(self) -> tuple[str, str]:
        """The public halves as PEM: of the signing key and of the opening key."""
        return key_files.public_pem(self.signing.public_key()), key_files.public_pem(self.opening.public_key())


def own_keys() -> OwnKeys:
    """The keys of this installation. Two processes that begin at once use the same."""
    folder = Path(settings.SECRETS_DIR) / "exchange"
    key_files.ensure(folder, _make)
    signing, opening = (
        serialization.load_pem_private_key((folder / name).read_bytes(), password=None) for name in (_SIGN, _OPEN)
    )
    return OwnKeys(cast("Ed25519PrivateKey", signing), cast("X25519PrivateKey", opening), _national())


def _national() -> Sm2Key:
    """In a folder of its own, so that an installation that exchanged before there was one gets it too."""
    folder = Path(settings.SECRETS_DIR) / "exchange-sm2"
    key_files.ensure(folder, lambda made: key_files.write(made / _NATIONAL, write_secret(Sm2Key.generate())))
    return read_secret((folder / _NATIONAL).read_bytes())


def signing_key(pem: str) -> Ed25519PublicKey | Sm2PublicKey:
    """A partner's public key to check signatures with. Raises UnreadableKey."""
    key = read_public(pem) or _read(pem)
    if not isinstance(key, Ed25519PublicKey | Sm2PublicKey):
        raise UnreadableKey("签名公钥须是 Ed25519 或者 SM2 公钥（PEM 文本，以 BEGIN PUBLIC KEY 开头）")
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
    except (ValueError, UnicodeEncodeError, UnsupportedAlgorithm):
        return None


def _make(folder: Path) -> None:
    key_files.write_private(folder / _SIGN, Ed25519PrivateKey.generate())
    key_files.write_private(folder / _OPEN, X25519PrivateKey.generate())
