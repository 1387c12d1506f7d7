"""The platform's keys: a root certificate, and under it the seal that signs instruments and the witness.

All three are made together.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from django.conf import settings

from yizheng.documents.signing import key_files

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
        key_files.ensure(self.folder, _make)

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


def key_ring() -> KeyRing:
    """The ring of this installation, below its secrets."""
    return KeyRing(Path(settings.SECRETS_DIR) / "signing")


def _make(folder: Path) -> None:
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
    root = _certificate(_name(_ROOT), root_key, _name(_ROOT), root_key, ROOT_YEARS, authority=True)
    _write(folder, "root", root_key, root)
    for name, title in (("seal", _SEAL), ("witness", _WITNESS)):
        key = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
        _write(folder, name, key, _certificate(_name(title), key, root.subject, root_key, SIGNER_YEARS))


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
    key_files.write_private(folder / f"{name}.key", key)
    key_files.write(folder / f"{name}.crt", certificate.public_bytes(serialization.Encoding.PEM))
