"""The platform's keys: a root certificate, and under it the seal that signs instruments and the witness.

All three are made together, written whole into a directory that gets its name last: a crash leaves none, and of two
processes that start at once both use the winner's. Files are 0600, the directory 0700.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings

BITS = 3072
ROOT_YEARS = 20
SIGNER_YEARS = 10
_ORGANISATION = "医政平台"
_ROOT = "医政平台根证书"
_SEAL = "医政平台电子签章"
_WITNESS = "医政平台封存见证"


@dataclass(frozen=True)
class SigningKeys:
    """A private key with its certificate, and the root that vouches for it."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate
    root: x509.Certificate


@dataclass(frozen=True)
class KeyRing:
    """The keys in `folder`; made on first use."""

    folder: Path

    def ensure(self) -> None:
        """Make the keys unless they are there. Safe to call from several processes at once."""
        if self.folder.is_dir():
            return
        self.folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=".signing-", dir=self.folder.parent))
        try:
            _make(draft)
            draft.rename(self.folder)
        except OSError:
            shutil.rmtree(draft, ignore_errors=True)
            if not self.folder.is_dir():
                raise
        _sync_directory(self.folder.parent)

    @property
    def root_file(self) -> Path:
        """The root certificate, PEM: what an outside reader is told to trust."""
        return self.folder / "root.crt"

    def root(self) -> x509.Certificate:
        """The root certificate."""
        self.ensure()
        return x509.load_pem_x509_certificate(self.root_file.read_bytes())

    def seal(self) -> SigningKeys:
        """The key pair that signs instruments and certificates."""
        return self._pair("seal")

    def witness(self) -> SigningKeys:
        """The key pair that countersigns the register's seals when they are written outside the database."""
        return self._pair("witness")

    def _pair(self, name: str) -> SigningKeys:
        self.ensure()
        key = serialization.load_pem_private_key((self.folder / f"{name}.key").read_bytes(), password=None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError(f"{name}.key is not an RSA key")
        certificate = x509.load_pem_x509_certificate((self.folder / f"{name}.crt").read_bytes())
        return SigningKeys(key, certificate, self.root())


@lru_cache(maxsize=4)
def _ring(folder: Path) -> KeyRing:
    return KeyRing(folder)


def key_ring() -> KeyRing:
    """The ring of this installation, below its secrets."""
    return _ring(Path(settings.SECRETS_DIR) / "signing")


def _make(folder: Path) -> None:
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    root = _certificate(_name(_ROOT), root_key, _name(_ROOT), root_key, ROOT_YEARS, authority=True)
    _write(folder, "root", root_key, root)
    for name, title in (("seal", _SEAL), ("witness", _WITNESS)):
        key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
        _write(folder, name, key, _certificate(_name(title), key, root.subject, root_key, SIGNER_YEARS))
    _sync_directory(folder)


def _name(title: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, title),
        ]
    )


def _certificate(
    subject: x509.Name,
    key: rsa.RSAPrivateKey,
    issuer: x509.Name,
    issuer_key: rsa.RSAPrivateKey,
    years: int,
    *,
    authority: bool = False,
) -> x509.Certificate:
    begin = datetime.now(UTC) - timedelta(hours=1)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=365 * years))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(_usage(authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
        .sign(issuer_key, hashes.SHA256())
    )


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_cert_sign=authority,
        crl_sign=authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _write(folder: Path, name: str, key: rsa.RSAPrivateKey, certificate: x509.Certificate) -> None:
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    for file, content in (
        (folder / f"{name}.key", private),
        (folder / f"{name}.crt", certificate.public_bytes(serialization.Encoding.PEM)),
    ):
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())


def _sync_directory(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
